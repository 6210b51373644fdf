import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { itemIdOfConfirmation, itemOf, type ConfirmationItem } from '@endymail/shared/catalog';
import { Redacted, ok } from '@endymail/shared/result';
import { parseKeyId, fromHex } from '@endymail/shared/sealing';
import { personItem } from '../../main/agent/account/items-of-state.ts';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { sequenceIn, showing, takeOver, written, type Attacker } from './attacker.ts';
import {
  accountOf,
  calm,
  computer,
  deviceOf,
  founder,
  heldBy,
  joins,
  meets,
  meshAndBob,
  peopleOf,
  type Computer,
  type Mesh,
} from './computer.ts';

let mesh: Mesh;
let bob = '';

beforeAll(async () => {
  ({ mesh, bob } = await meshAndBob());
});

afterEach(() => {
  calm(mesh);
});

afterAll(() => mesh.stop());

const DAY_MS = 86_400_000;
const sync = async (of: Computer) => valueOf(await of.agent.account.sync());
const later = (days: number, ...all: readonly Computer[]): void => {
  for (const of of all) of.now = new Date(of.now.getTime() + days * DAY_MS);
};

/** Two computers that may approve others, and one that may not; all have seen everything. */
async function threeComputers() {
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  const plain = computer(mesh, 'plain');
  await joins(first, second, account, { mayApprove: true });
  await joins(first, plain, account);
  for (const one of [first, second, plain, first, second]) await sync(one);
  return { first, second, plain };
}

async function confirmationIn(by: Attacker, device: string): Promise<ConfirmationItem | null> {
  const { fold } = await by.readingOf('devices');
  const id = parseKeyId(fromHex(device));
  const item = id === null ? undefined : itemOf(fold, itemIdOfConfirmation(id))?.item;
  return item?.kind === 'confirmation' ? item : null;
}

describe('a device that may approve others', () => {
  it('[SEC-128] says how far it sees the account, every seven days and after each change of devices', async () => {
    const { first, second, plain } = await threeComputers();
    const id = await deviceOf(first);
    const said = await confirmationIn(await takeOver(second), id);
    expect(said?.chain).toEqual(accountOf(first).chainHead);
    expect(await confirmationIn(await takeOver(second), await deviceOf(plain))).toBeNull();
    later(6, first);
    await sync(first);
    expect(await confirmationIn(await takeOver(second), id)).toEqual(said);
    later(1, first);
    await sync(first);
    const again = await confirmationIn(await takeOver(second), id);
    expect(again?.time).toBe((said?.time ?? 0) + 7 * 86_400);
    valueOf(await first.agent.account.rotate());
    expect((await confirmationIn(await takeOver(second), id))?.chain).toEqual(accountOf(first).chainHead);
    const { confirmedAt } = await sync(second);
    expect(confirmedAt).toBe(new Date((again?.time ?? 0) * 1_000).toISOString());
  });

  it('[SEC-129] is never stopped where it is the only one', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    later(400, first, plain);
    await meets(plain, bob);
    // It hears of the first one for the first time in more than a year.
    await sync(first);
    await sync(plain);
    const { confirmedAt } = await sync(first);
    expect(confirmedAt).toBeNull();
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });
});

describe('where no other device has confirmed what is shown', () => {
  it.each([
    [13, null],
    [15, 'account-unconfirmed'],
    [31, 'account-unconfirmed'],
  ] as const)('[SEC-129] for %i days, others’ changes of keys are taken over: %s', async (days, code) => {
    const { second, plain } = await threeComputers();
    later(days, second);
    await meets(plain, bob);
    await sync(plain);
    const people = peopleOf(second);
    const synced = await second.agent.account.sync();
    if (code === null) {
      expect(synced.ok).toBe(true);
      return;
    }
    expect(codeOf(synced)).toBe(code);
    expect(peopleOf(second)).toEqual(people);
    expect(valueOf(await second.agent.account.show())?.sync.problem?.code).toBe(code);
    // The person has looked, and wants it.
    valueOf(await second.agent.account.syncAnyway());
    expect(peopleOf(second)).toEqual(['bob@example.org']);
  });

  it('[SEC-129] what the device itself does is not stopped, nor is it stopped where nothing is changed', async () => {
    const { first, second, plain } = await threeComputers();
    later(100, second);
    await meets(second, bob);
    await sync(second);
    valueOf(await second.agent.account.rotate());
    await sync(plain);
    expect(peopleOf(plain)).toEqual(['bob@example.org']);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it('[SEC-129] a removed device and a service that shows the time before get no further than two weeks (R13)', async () => {
    const { first, second, plain } = await threeComputers();
    await meets(plain, bob);
    const item = plain.state().people.map(personItem)[0];
    if (item === undefined) throw new Error('it knows nobody');
    const thief = await takeOver(plain);
    const { id: people } = sequenceIn(thief.profile, 'people');
    const late = await written(thief, await thief.readingOf('people'), [item]);
    const { chainHead, syncedHeads } = accountOf(second);
    valueOf(await first.agent.account.remove(thief.keys.signing.id, null));
    const more = showing(people, late);
    mesh.lying.lies = {
      readChain: (honest) => (input) =>
        input.from === chainHead.count ? Promise.resolve(ok({ head: chainHead, links: [] })) : honest(input),
      readEntries: (_, caller) =>
        more((input) => {
          const head = syncedHeads.get(input.sequence);
          if (head === undefined) throw new Error('it has not read that');
          return Promise.resolve(ok({ head, entries: [] }));
        }, caller),
    };
    const before = heldBy(second);
    later(15, second);
    expect(codeOf(await second.agent.account.sync())).toBe('account-unconfirmed');
    expect(heldBy(second)).toBe(before);
    // The truth is taken over as soon as it is shown.
    mesh.lying.lies = {};
    later(15, first);
    await sync(first);
    await sync(second);
    expect(peopleOf(second)).toEqual([]);
    expect(accountOf(second).chainHead).toEqual(accountOf(first).chainHead);
  });

  it('[SEC-128] nothing confirms but what such a device itself wrote: no other’s word, none again, no removed one’s', async () => {
    const { first, second, plain } = await threeComputers();
    const id = await deviceOf(first);
    const before = (await sync(second)).confirmedAt;
    const thief = await takeOver(plain);
    const said = await confirmationIn(thief, id);
    if (said === null) throw new Error('it has said nothing');
    const { id: devices } = sequenceIn(thief.profile, 'devices');
    const later15 = said.time + 15 * 86_400;
    const own = { ...said, device: thief.keys.signing.id, time: later15 };
    const forged = await written(thief, await thief.readingOf('devices'), [said, own, { ...said, time: later15 }]);
    mesh.lying.lies = { readEntries: showing(devices, forged) };
    const { confirmedAt } = await sync(second.restarted());
    expect(new Date(confirmedAt ?? 0).getTime()).toBeLessThanOrEqual(new Date(before ?? 0).getTime());
    mesh.lying.lies = {};
    // The first says something later, and is removed then.
    later(10, first);
    await sync(first);
    const words = valueOf(await first.agent.account.words()).reveal();
    expect((await sync(second)).confirmedAt).not.toBe(before);
    valueOf(await second.agent.account.remove(id, new Redacted(words)));
    expect((await sync(second)).confirmedAt).toBeNull();
  });
});
