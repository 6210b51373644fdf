import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES, type Head } from '@endymail/shared/identity';
import { readRequest } from '@endymail/shared/connect';
import { Redacted, ok } from '@endymail/shared/result';
import { decodeCbor, encodeCbor, generateKemKey, isCborArray, signingKeyFromSeed } from '@endymail/shared/sealing';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { forgedOffer } from '../../shared/connect/testing/forging.ts';
import {
  accountOf,
  asksToJoin,
  belongingsOf,
  computer,
  founder,
  heldBy,
  joins,
  requestOf,
  startMesh,
  untilJoined,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable, type Lies } from './lying-service.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.weather = null;
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

const otherThan = (digits: string): string => (digits === '000000' ? '000001' : '000000');

const approve = (admin: Computer, id: string, digits: string, mayApprove = false) =>
  admin.agent.account.approve(id, new Redacted(digits), { mayApprove });

/** How joining ended: the code that the person is told. */
async function endOf(newcomer: Computer): Promise<string> {
  for (;;) {
    const view = valueOf(await newcomer.agent.account.joining());
    if (view.kind === 'ended') return view.why.code;
    if (view.kind === 'joined') return 'joined';
  }
}

const callsOf = (caller: string): readonly string[] => [
  ...new Set(mesh.lying.calls.filter((call) => call.caller === caller).map(({ name }) => name)),
];

/** The different bytes that a computer has sent in this step. */
const sentIn = (name: string): number =>
  new Set(
    mesh.lying.calls
      .filter((call) => call.name === name)
      .map(({ input }) => Buffer.from((input as { readonly body: Uint8Array }).body).toString('hex')),
  ).size;

/** The offer that a device makes to one that asks, with these digits and of this time. */
async function offerOf(by: Computer, to: Computer, digits: string, head: Head): Promise<Uint8Array> {
  const { id: account, device, service } = accountOf(by);
  const { message } = requestOf(to);
  const request = await readRequest({ account, serviceId: service.id, message });
  if (!request.ok) throw new Error(request.error);
  const signer = await signingKeyFromSeed(device.signingSeed);
  return forgedOffer({ request: request.value, digits: new Redacted(digits), signer, roles: ORDINARY_ROLES, head });
}

describe('a new device', () => {
  it('[SEC-90] takes over and uploads nothing where the service answers with an account of its own (R1)', async () => {
    const { first, account } = await founder(mesh);
    const { first: mallory, account: its } = await founder(mesh, 'mallory');
    const victim = computer(mesh, 'victim');
    const before = belongingsOf(victim);
    mesh.lying.lies = {
      accountOf: (honest, caller) => (input) => honest(caller === 'victim' ? { name: its.split('@')[0] ?? '' } : input),
    };
    const { id, digits } = await asksToJoin(victim, account);
    expect(valueOf(await first.agent.account.pending())).toEqual([]);
    const approving = approve(mallory, id, otherThan(digits), true);
    expect(await endOf(victim)).toBe('join-digits');
    expect(codeOf(await approving)).toBe('digits-wrong');
    expect(belongingsOf(victim)).toBe(before);
    expect(victim.state().account).toBeNull();
    expect(callsOf('victim')).toEqual(['accountOf', 'readChain', 'postRequest', 'readRequest', 'postReject']);
  });

  it('[SEC-91] looks at one answer to its request and no other (R2)', async () => {
    const { first, account } = await founder(mesh);
    const { first: mallory } = await founder(mesh, 'mallory');
    const newcomer = computer(mesh, 'newcomer');
    const { id, digits } = await asksToJoin(newcomer, account);
    let offer = new Uint8Array();
    mesh.lying.lies = {
      postOffer: (honest) => (input) => {
        offer = Uint8Array.from(input.body);
        return honest(input);
      },
    };
    const approving = approve(first, id, otherThan(digits));
    expect(await endOf(newcomer)).toBe('join-digits');
    expect(codeOf(await approving)).toBe('digits-wrong');
    // The right one comes too late: what ended has ended, on both sides.
    expect(codeOf(await approve(first, id, digits))).toBe('request-unknown');
    expect(codeOf(await approve(mallory, id, digits))).toBe('request-unknown');
    mesh.lying.lies = { readRequest: () => () => Promise.resolve(ok(new Map([['offer' as const, offer]]))) };
    expect(await endOf(newcomer)).toBe('join-digits');
    expect(newcomer.state().account).toBeNull();
  });

  it('[SEC-92] is not led into an old state of the account, in which a removed device still approves (R14)', async () => {
    const { first, account } = await founder(mesh);
    const [stolen, newcomer, other] = ['stolen', 'newcomer', 'other'].map((name) => computer(mesh, name));
    if (stolen === undefined || newcomer === undefined || other === undefined) throw new Error('three computers');
    const { device } = await joins(first, stolen, account, { mayApprove: true });
    const old = accountOf(stolen).chainHead;
    valueOf(await first.agent.account.remove(device.id, null));
    const before = belongingsOf(newcomer);
    const inThePast: Lies['readChain'] = (honest, caller) => async (input) => {
      const range = await honest(input);
      if (caller === 'first' || !range.ok) return range;
      return ok({ head: old, links: range.value.links.slice(0, Math.max(0, old.count - input.from)) });
    };
    mesh.lying.lies = { readChain: inThePast };
    const { id, digits } = await asksToJoin(newcomer, account);
    // Who removed the device has typed the right digits; the service goes on to show the time before.
    const approving = approve(first, id, digits);
    expect(codeOf(await approving)).toBe('approve-unanswered');
    expect(valueOf(await newcomer.agent.account.joining()).kind).toBe('waiting');
    expect(belongingsOf(newcomer)).toBe(before);
    expect(newcomer.state().account).toBeNull();
    // As soon as it shows the present, the device joins that account.
    mesh.lying.lies = {};
    expect(valueOf(await newcomer.agent.account.joining()).kind).toBe('confirming');
    valueOf(await first.agent.account.sync());
    expect((await untilJoined(newcomer)).name).toBe(account);

    // The removed device answers in that past, by a guess.
    mesh.lying.lies = { readChain: inThePast };
    const asked = await asksToJoin(other, account);
    const byGuess = await offerOf(stolen, other, otherThan(asked.digits), old);
    mesh.lying.lies.readRequest = () => () => Promise.resolve(ok(new Map([['offer' as const, byGuess]])));
    expect(await endOf(other)).toBe('join-digits');
    // And now, knowing the digits: it is no device of the account.
    mesh.lying.lies = {};
    const again = await asksToJoin(other, account);
    const byThief = await offerOf(stolen, other, again.digits, old);
    mesh.lying.lies = { readRequest: () => () => Promise.resolve(ok(new Map([['offer' as const, byThief]]))) };
    expect(await endOf(other)).toBe('join-false');
    expect(other.state().account).toBeNull();
  });
});

describe('an admin device', () => {
  it('[SEC-91] gives one offer however often it is started again and whatever is typed (R2)', async () => {
    const { first, account } = await founder(mesh);
    const newcomer = computer(mesh, 'newcomer');
    const { id, digits } = await asksToJoin(newcomer, account);
    // It never hears of the new device again: the program ends where it would.
    mesh.lying.lies = {
      readRequest: (honest, caller) => (input) => (caller === 'first' ? Promise.resolve(unreachable()) : honest(input)),
    };
    let admin = first;
    for (let start = 0; start < 12; start += 1) {
      admin = admin.restarted();
      const typed = String(start).padStart(6, '0');
      expect(codeOf(await approve(admin, id, typed === digits ? '999999' : typed))).toBe('mesh-offline');
    }
    expect(sentIn('postOffer')).toBe(1);
    expect(await endOf(newcomer)).toBe('join-digits');
  });

  it('[SEC-90] tests digits against the request that was opened, and no other (R2)', async () => {
    const { first, account } = await founder(mesh);
    const [one, other] = [computer(mesh, 'one'), computer(mesh, 'other')];
    const [asked, askedToo] = [await asksToJoin(one, account), await asksToJoin(other, account)];
    const approving = approve(first, askedToo.id, asked.digits === askedToo.digits ? '123456' : asked.digits);
    expect(await endOf(other)).toBe('join-digits');
    expect(codeOf(await approving)).toBe('digits-wrong');
    const right = approve(first, asked.id, asked.digits);
    await untilJoined(one);
    expect(valueOf(await right).device.name).toBe('one');
    expect(other.state().account).toBeNull();
  });

  it('[SEC-91] makes no sixth offer in a day while the service hides that five failed (R2)', async () => {
    const { first, account } = await founder(mesh);
    mesh.lying.lies = {
      readRequest: (honest, caller) => (input) => (caller === 'first' ? Promise.resolve(unreachable()) : honest(input)),
    };
    for (let guess = 0; guess < 5; guess += 1) {
      const { id, digits } = await asksToJoin(computer(mesh, `guess${String(guess)}`), account);
      expect(codeOf(await approve(first, id, otherThan(digits)))).toBe('mesh-offline');
    }
    const sixth = computer(mesh, 'sixth');
    const { id, digits } = await asksToJoin(sixth, account);
    expect(codeOf(await approve(first, id, digits))).toBe('approve-limit');
    expect(codeOf(await approve(first.restarted(), id, digits))).toBe('approve-limit');
    expect(sentIn('postOffer')).toBe(5);
    mesh.lying.lies = {};
    first.now = new Date(first.now.getTime() + 86_400_000 + 1_000);
    const approving = approve(first, id, digits);
    await untilJoined(sixth);
    expect(valueOf(await approving).device.name).toBe('sixth');
  });

  it('[SEC-90] does not see a request whose key for sealing the service has put in (R3)', async () => {
    const { first, account } = await founder(mesh);
    const newcomer = computer(mesh, 'newcomer');
    await asksToJoin(newcomer, account);
    const { publicKey } = await generateKemKey();
    mesh.lying.lies = {
      readRequests: (honest) => async (input) => {
        const listed = await honest(input);
        if (!listed.ok) return listed;
        return ok(
          listed.value.map(({ request, steps }) => {
            const parts = decodeCbor(request);
            if (!isCborArray(parts)) throw new Error('no request');
            return { request: encodeCbor(parts.with(2, publicKey)), steps };
          }),
        );
      },
    };
    const before = heldBy(first);
    expect(valueOf(await first.agent.account.pending())).toEqual([]);
    expect(heldBy(first)).toBe(before);
  });
});

it('[SEC-113] what was answered and did not arrive goes again with the next sync, without anybody typing', async () => {
  const { first, account } = await founder(mesh);
  const newcomer = computer(mesh, 'newcomer');
  const { id, digits } = await asksToJoin(newcomer, account);
  mesh.lying.lies = { postOffer: () => () => Promise.resolve(unreachable()) };
  expect(codeOf(await approve(first, id, digits))).toBe('mesh-offline');
  mesh.lying.lies = { postAnswer: () => () => Promise.resolve(unreachable()) };
  const admin = first.restarted();
  valueOf(await admin.agent.account.sync());
  expect(valueOf(await newcomer.agent.account.joining()).kind).toBe('confirming');
  expect(codeOf(await admin.agent.account.sync())).toBe('mesh-offline');
  mesh.lying.lies = {};
  valueOf(await admin.restarted().agent.account.sync());
  expect((await untilJoined(newcomer)).name).toBe(account);
  expect(sentIn('postOffer')).toBe(1);
});

describe('an invitation', () => {
  it('[SEC-93] lets one device in, and no second one, also after its computer was started again (R20)', async () => {
    const { first, account } = await founder(mesh);
    const { link } = valueOf(await first.agent.account.invite());
    const [guest, finder] = [computer(mesh, 'guest'), computer(mesh, 'finder')];
    valueOf(await guest.agent.account.join(link));
    valueOf(await finder.agent.account.join(link));
    const admin = first.restarted();
    for (let round = 0; round < 4; round += 1) {
      valueOf(await admin.agent.account.sync());
      await guest.agent.account.joining();
      await finder.agent.account.joining();
    }
    const members = [guest, finder].filter(({ state }) => state().account !== null);
    expect(members).toHaveLength(1);
    const devices = valueOf(await admin.agent.account.devices());
    expect(devices.map(({ isThis, mayApprove }) => [isThis, mayApprove])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(valueOf((await members[0]?.agent.account.show()) ?? ok(null))?.name).toBe(account);
  });

  it('[SEC-93] is answered by nobody but the device that made it (R20)', async () => {
    const { first, account } = await founder(mesh);
    const other = computer(mesh, 'other');
    await joins(first, other, account, { mayApprove: true });
    const { link } = valueOf(await first.agent.account.invite());
    const guest = computer(mesh, 'guest');
    valueOf(await guest.agent.account.join(link));
    valueOf(await other.agent.account.sync());
    expect(valueOf(await guest.agent.account.joining()).kind).toBe('waiting');
    expect(sentIn('postOffer')).toBe(1);
  });

  it('[SEC-93] has expired after ten minutes by the clock of its maker, whatever the service says (R20, R36)', async () => {
    const { first } = await founder(mesh);
    const { link } = valueOf(await first.agent.account.invite());
    const guest = computer(mesh, 'guest');
    valueOf(await guest.agent.account.join(link));
    first.now = new Date(first.now.getTime() + 10 * 60_000 + 1_000);
    valueOf(await first.agent.account.sync());
    expect(valueOf(await guest.agent.account.joining()).kind).toBe('waiting');
    expect(sentIn('postOffer')).toBe(0);
    expect(guest.state().account).toBeNull();
  });

  it('[SEC-90] of a stranger leads into no account of theirs under the name of another (R21)', async () => {
    const { first: mallory, account: theirs } = await founder(mesh, 'mallory');
    const { account } = await founder(mesh);
    const { link } = valueOf(await mallory.agent.account.invite());
    const victim = computer(mesh, 'victim');
    const before = heldBy(victim);
    const posing = new Redacted(link.reveal().replace(theirs, account));
    expect(codeOf(await victim.agent.account.join(posing))).toBe('join-false');
    expect(codeOf(await victim.agent.account.join(new Redacted('mesh:nothing')))).toBe('invitation-invalid');
    expect(heldBy(victim)).toBe(before);
  });

  it('[SEC-90] changes nothing where there is an account (R21)', async () => {
    const { first: mallory } = await founder(mesh, 'mallory');
    const { first } = await founder(mesh);
    const { link } = valueOf(await mallory.agent.account.invite());
    const before = heldBy(first);
    expect(codeOf(await first.agent.account.join(link))).toBe('account-exists');
    expect(heldBy(first)).toBe(before);
  });
});
