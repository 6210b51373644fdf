import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_ENTRY, itemIdOfPerson } from '@endymail/shared/catalog';
import { currentEpoch, firstChainHead, firstSequenceHead, nextHead, type Head } from '@endymail/shared/identity';
import { Redacted, ok } from '@endymail/shared/result';
import { decodeCbor, isCborArray, type SequenceId } from '@endymail/shared/sealing';
import { address, codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import { behind } from '../../shared/catalog/sequence-state.ts';
import { forged, signed } from '../../shared/catalog/testing/forge.ts';
import { sequenceIn, takeOver, type Attacker } from './attacker.ts';
import {
  ALICE,
  accountOf,
  asksToJoin,
  belongingsOf,
  computer,
  deviceOf,
  founder,
  heldBy,
  household,
  joins,
  meets,
  peopleOf,
  startMesh,
  untilJoined,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable, type Lies } from './lying-service.ts';

let mesh: Mesh;
let bob = '';
let carol = '';

beforeAll(async () => {
  mesh = await startMesh();
  bob = await (await correspondent('bob@example.org')).part();
  carol = await (await correspondent('carol@example.org')).part();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

const sync = async (of: Computer) => valueOf(await of.agent.account.sync());

/** Has the real service take entries, as a device with a right to write can. */
async function append(by: Attacker, sequence: SequenceId, entries: readonly Uint8Array[]): Promise<void> {
  const { account } = by.profile;
  const { head } = (await by.readingOf('people')).state;
  const sent = await by.client.appendEntries({ account, sequence, body: { expected: head, entries: [...entries] } });
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
}

/** What is sealed in an entry. */
function sealedIn(entry: Uint8Array): Uint8Array {
  const statement = decodeCbor(entry);
  if (typeof statement !== 'object' || statement === null || !('tag' in statement)) throw new Error('no statement');
  const parts = statement.value;
  const payload = isCborArray(parts) && parts[2] instanceof Uint8Array ? decodeCbor(parts[2]) : null;
  if (payload === null || !isCborArray(payload) || !(payload[2] instanceof Uint8Array)) throw new Error('no entry');
  return payload[2];
}

const headOf = (start: Head, statements: readonly Uint8Array[]): Head => statements.reduce(nextHead, start);

/** A service that shows the chain as it was before its last link. */
const olderChain: Lies['readChain'] = (honest) => async (input) => {
  const all = await honest({ ...input, from: 0 });
  if (!all.ok) return all;
  const links = all.value.links.slice(0, -1);
  return ok({ head: headOf(firstChainHead(input.account), links), links: links.slice(input.from) });
};

/** A service that shows every catalog as it was before its last entry. */
const olderCatalogs: Lies['readEntries'] = (honest) => async (input) => {
  const all = await honest({ ...input, from: 0 });
  if (!all.ok) return all;
  const entries = all.value.entries.slice(0, -1);
  const { account, sequence } = input;
  return ok({ head: headOf(firstSequenceHead(account, sequence), entries), entries: entries.slice(input.from) });
};

/** That the person is told, and that everything here is as it was. */
async function expectRefused(victim: Computer, code = 'mesh-lied'): Promise<void> {
  const before = heldBy(victim);
  expect(codeOf(await victim.agent.account.sync())).toBe(code);
  expect(valueOf(await victim.agent.account.show())?.sync.problem?.code).toBe(code);
  expect(heldBy(victim)).toBe(before);
}

describe('entries', () => {
  it('[SEC-102] of one device, signed anew by another, do not open, and the reading goes on (R28)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    await meets(first, bob);
    await sync(first);
    const by = await takeOver(second);
    const { id: sequence } = sequenceIn(by.profile, 'people');
    const range = await by.client.readEntries({ account: by.profile.account, sequence, from: 0 });
    if (!range.ok) throw new Error('no entries');
    const { state } = await by.readingOf('people');
    await append(by, sequence, [
      await signed({ state, signer: by.keys.signing }, sealedIn(range.value.entries[0] ?? new Uint8Array())),
    ]);
    await meets(first, carol);
    expect((await sync(first)).ignored).toEqual([{ deviceId: by.keys.signing.id, count: 1 }]);
    expect((await sync(second)).ignored).toEqual([{ deviceId: by.keys.signing.id, count: 1 }]);
    expect(peopleOf(second)).toEqual(['bob@example.org', 'carol@example.org']);
  });

  it('[SEC-102] that do not open are skipped and counted by who sent them, however many there are (R32)', async () => {
    const { first, second, flood } = await household(mesh, ['first', 'second', 'flood']);
    const by = await takeOver(flood);
    const { id: sequence } = sequenceIn(by.profile, 'people');
    let { state } = await by.readingOf('people');
    const garbage: Uint8Array[] = [];
    for (let index = 0; index < 200; index += 1) {
      const entry = await signed({ state, signer: by.keys.signing }, new Uint8Array([index]));
      garbage.push(entry);
      state = behind(state, entry);
    }
    for (let at = 0; at < garbage.length; at += 50) await append(by, sequence, garbage.slice(at, at + 50));
    await meets(second, bob);
    expect((await sync(second)).ignored).toEqual([{ deviceId: by.keys.signing.id, count: 200 }]);
    expect((await sync(first)).ignored).toEqual([{ deviceId: by.keys.signing.id, count: 200 }]);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it('[SEC-105] of a device that uses a number of its own twice have no effect, and show (R26)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    await meets(second, bob);
    await sync(second);
    const by = await takeOver(second);
    const { id: sequence } = sequenceIn(by.profile, 'people');
    const { state } = await by.readingOf('people');
    const present = currentEpoch(by.profile, sequence);
    if (present === null) throw new Error('no epoch');
    const content = {
      change: { event: 'delete' as const, id: itemIdOfPerson(address('bob@example.org')), parent: null },
      counter: 1,
      ownPrevious: NO_ENTRY,
      chain: by.profile.head,
      time: 1_800_000_000,
    };
    const key = by.epochKeyOf(sequence);
    await append(by, sequence, [await forged({ ...present, state, signer: by.keys.signing, key, content })]);
    expect((await sync(first)).ignored).toEqual([{ deviceId: by.keys.signing.id, count: 1 }]);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it.each(['a link', 'an entry of another catalog'])('[SEC-100] are not %s in their place (R28)', async (what) => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const by = await takeOver(first);
    const { id: people } = sequenceIn(by.profile, 'people');
    const { id: settings } = sequenceIn(by.profile, 'settings');
    const other = await by.client.readEntries({ account: by.profile.account, sequence: settings, from: 0 });
    const link = by.chain.links[1];
    const instead = what === 'a link' ? link : other.ok ? other.value.entries[0] : undefined;
    if (instead === undefined) throw new Error('nothing to show');
    await meets(first, bob);
    await sync(first);
    mesh.lying.lies = {
      readEntries: (honest) => async (input) => {
        const range = await honest(input);
        if (!range.ok || input.sequence !== people) return range;
        // It lies consistently: what it states is the head of what it shows.
        const entries = range.value.entries.map(() => instead);
        return ok({ head: headOf(firstSequenceHead(input.account, people), entries), entries });
      },
    };
    await expectRefused(second);
    mesh.lying.lies = {};
    await sync(second);
    expect(peopleOf(second)).toEqual(['bob@example.org']);
  });

  it('[SEC-79] and links are no requests to join (R28)', async () => {
    const { first } = await household(mesh, ['first']);
    const link = (await takeOver(first)).chain.links[0] ?? new Uint8Array();
    mesh.lying.lies = { readRequests: () => () => Promise.resolve(ok([{ request: link, steps: new Map() }])) };
    expect(valueOf(await first.agent.account.pending())).toEqual([]);
  });
});

describe('what the service shows', () => {
  it('[SEC-114] is refused where it is an older chain (R13)', async () => {
    const { first, account } = await founder(mesh);
    const [second, third] = [computer(mesh, 'second'), computer(mesh, 'third')];
    await joins(first, second, account);
    // The last link adds a device that has written nothing yet: no entry speaks of it.
    mesh.lying.lies = {
      appendEntries: (honest, caller) => (input) =>
        caller === 'third' ? Promise.resolve(unreachable()) : honest(input),
    };
    const { id, digits } = await asksToJoin(third, account);
    const approving = first.agent.account.approve(id, new Redacted(digits), { mayApprove: false });
    await expect(untilJoined(third)).rejects.toThrow('mesh-offline');
    valueOf(await approving);
    mesh.lying.lies = {};
    await sync(second);
    mesh.lying.lies = { readChain: olderChain };
    await expectRefused(second);
    // Also where nothing is kept beside the sealed state.
    await expectRefused(second.restarted());
    mesh.lying.lies = {};
    await sync(second);
  });

  it('[SEC-114] is refused where it is an older catalog (R13)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    await meets(first, bob);
    await sync(first);
    await sync(second);
    mesh.lying.lies = { readEntries: olderCatalogs };
    await expectRefused(second);
    await expectRefused(second.restarted());
    mesh.lying.lies = {};
    await sync(second);
    expect(peopleOf(second)).toEqual(['bob@example.org']);
  });

  it('[SEC-114] is refused where it is another account of the same name (R34)', async () => {
    const { first } = await household(mesh, ['first']);
    const { first: other } = await founder(mesh, 'other');
    const { id } = accountOf(other);
    mesh.lying.lies = { readChain: (honest) => (input) => honest({ ...input, account: id }) };
    await expectRefused(first.restarted());
  });
});

describe('a computer', () => {
  it('[SEC-105] whose data of a week ago was put back stops, says so, and keeps everything (R26)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const weekOld = second.restarted();
    await meets(second, bob);
    await sync(second);
    await meets(weekOld, carol);
    const before = belongingsOf(weekOld);
    mesh.lying.calls.length = 0;
    expect(codeOf(await weekOld.agent.account.sync())).toBe('account-copied');
    expect(codeOf(await weekOld.restarted().agent.account.sync())).toBe('account-copied');
    expect(belongingsOf(weekOld)).toBe(before);
    expect(mesh.lying.calls.filter(({ name }) => name.startsWith('append'))).toEqual([]);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it('[SEC-105] that was copied does not go on twice (R26)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const clone = second.restarted();
    await meets(second, bob);
    await meets(clone, carol);
    await sync(second);
    expect(codeOf(await clone.agent.account.sync())).toBe('account-copied');
    await sync(second);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
    expect(peopleOf(clone)).toEqual(['carol@example.org']);
  });

  it('[SEC-85] that was away for a year brings back no old key, and loses none (R31)', async () => {
    const { first, away, third } = await household(mesh, ['first', 'away', 'third']);
    const old = away.state().mailboxes[0];
    valueOf(await first.agent.account.remove(await deviceOf(third), null));
    const renewed = first.state().mailboxes[0]?.current.certificate;
    const YEAR_MS = 365 * 86_400_000;
    first.now = new Date(first.now.getTime() + YEAR_MS);
    away.now = first.now;
    await sync(first);
    await meets(away, bob);
    await sync(away);
    await sync(first);
    for (const { state } of [first, away]) {
      const [mailbox] = state().mailboxes.filter(({ address: of }) => of === ALICE);
      expect(mailbox?.current.certificate).toEqual(renewed);
      expect(mailbox?.former.map(({ certificate }) => certificate)).toEqual([old?.current.certificate]);
    }
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });
});
