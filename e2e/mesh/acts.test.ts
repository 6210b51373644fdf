import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '@endymail/shared/result';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { makeRemoveDevice } from '../../shared/identity/making/make-epochs.ts';
import { makeAnnounce } from '../../shared/identity/making/make-act.ts';
import { presentKeys } from '../../main/agent/account/approve.ts';
import { nextHead } from '../../shared/identity/heads.ts';
import { takeOver } from './attacker.ts';
import {
  ALICE,
  accountOf,
  calm,
  deviceOf,
  household,
  joins,
  meets,
  meshAndBob,
  peopleOf,
  type Computer,
  type Mesh,
} from './computer.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let mesh: Mesh;
let bob = '';

beforeAll(async () => {
  ({ mesh, bob } = await meshAndBob());
});

afterEach(() => {
  calm(mesh);
});

afterAll(() => mesh.stop());

const sync = async (of: Computer) => valueOf(await of.agent.account.sync());
const shown = async (of: Computer) => valueOf(await of.agent.account.show());
const statesOf = async (of: Computer) =>
  valueOf(await of.agent.account.devices()).map(({ name, state }) => `${name} ${state}`);

/** It is this much later everywhere. */
function later(ms: number, ...all: readonly Computer[]): void {
  mesh.clock.aheadMs += ms;
  for (const one of all) one.now = new Date(one.now.getTime() + ms);
}

/** An account in which the words were confirmed, so that no device has them, and everybody is old enough. */
async function settled<Name extends string>(names: readonly [Name, ...Name[]]) {
  const all = await household(mesh, names);
  const one = all[names[0]];
  valueOf(await one.agent.account.confirmWords(valueOf(await one.agent.account.words())));
  const computers: readonly Computer[] = Object.values<Computer>(all);
  later(10 * DAY_MS, ...computers);
  for (const each of computers) await sync(each);
  return { ...all, computers };
}

describe('the removal of a device that may approve others, without the words', () => {
  it('[SEC-130] is announced, shown on every device, and done by itself after 72 hours', async () => {
    const { first, second, third, computers } = await settled(['first', 'second', 'third']);
    const gone = await deviceOf(first);
    expect(codeOf(await second.agent.account.remove(gone, null))).toBe('device-needs-words');
    const act = valueOf(await second.agent.account.announceRemoval(gone));
    expect(act).toMatchObject({ deviceName: 'first', byName: 'second', mayCancel: true });
    expect(Date.parse(act.holdsFrom) - Date.parse(act.announcedAt)).toBe(3 * DAY_MS);
    for (const [one, mayCancel] of [
      [first, true],
      [third, false],
    ] as const) {
      await sync(one);
      expect((await shown(one))?.acts).toMatchObject([{ id: act.id, deviceName: 'first', mayCancel }]);
    }
    expect(codeOf(await second.agent.account.remove(gone, null))).toBe('act-waits');
    later(2 * DAY_MS, ...computers);
    for (const one of computers) await sync(one);
    expect(await statesOf(third)).toContain('first active');
    later(DAY_MS + HOUR_MS, ...computers);
    await sync(second);
    await sync(third);
    expect(await statesOf(third)).toContain('first removed');
    expect((await shown(third))?.acts).toEqual([]);
    expect(codeOf(await first.agent.account.sync())).toBe('account-removed');
    // What is left to do stays until it is said to be done.
    const tasks = (await shown(second.restarted()))?.tasks ?? [];
    expect(tasks).toMatchObject([
      { code: 'give-new-files', deviceName: '', addresses: [ALICE] },
      { code: 'change-passwords' },
    ]);
    for (const { id } of tasks) valueOf(await second.agent.account.taskDone(id));
    expect((await shown(second))?.tasks).toEqual([]);
  });

  it('[SEC-132] is called off by an older device, not by a younger one, and stays off', async () => {
    const { first, second, third, computers } = await settled(['first', 'second', 'third']);
    const { id } = valueOf(await second.agent.account.announceRemoval(await deviceOf(first)));
    expect(codeOf(await third.agent.account.cancelAct(id))).toBe('act-not-older');
    valueOf(await first.agent.account.cancelAct(id));
    later(5 * DAY_MS, ...computers);
    for (const one of computers) await sync(one);
    expect(await statesOf(third)).toContain('first active');
    expect(codeOf(await second.agent.account.cancelAct(id))).toBe('act-unknown');
  });

  it('[SEC-131] is announced by no device that is younger than 72 hours', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    expect(codeOf(await second.agent.account.announceRemoval(await deviceOf(first)))).toBe('act-too-young');
    expect(codeOf(await second.agent.account.suspend(await deviceOf(first), null))).toBe('act-too-young');
  });
});

/** The links by which whoever has a computer's keys announces and carries out at once that another one is removed. */
async function datedBack(by: Computer, gone: string, announcedMs: number, doneMs: number) {
  const thief = await takeOver(by);
  const device = [...thief.profile.devices.values()].find(({ id }) => id === gone);
  if (device === undefined) throw new Error('it is none');
  const announced = await makeAnnounce({
    profile: thief.profile,
    admin: thief.keys.signing,
    device: device.id,
    nowSeconds: Math.floor(announcedMs / 1_000),
  });
  const removed = await makeRemoveDevice({
    profile: announced.profile,
    signer: thief.keys.signing,
    device: device.id,
    act: thief.profile.head.count,
    heads: accountOf(by).syncedHeads,
    epochKeys: presentKeys(thief.chain, 7),
    kemKeys: thief.chain.kemKeys,
    nowSeconds: Math.floor(doneMs / 1_000),
  });
  return { thief, announced, removed };
}

describe('who shortens the wait', () => {
  it('[SEC-130] by dating back is refused by the service', async () => {
    const { first, second } = await settled(['first', 'second']);
    const now = second.now.getTime();
    const { thief, announced, removed } = await datedBack(second, await deviceOf(first), now - 3 * DAY_MS, now);
    const { account, head } = thief.profile;
    const body = { expected: head, link: announced.link, bundle: null };
    expect(await thief.client.appendLink({ account, body })).toMatchObject({
      error: { problem: { code: 'clock' } },
    });
    const honest = await datedBack(second, await deviceOf(first), now, now + 3 * DAY_MS);
    const timely = { expected: head, link: honest.announced.link, bundle: null };
    expect(await thief.client.appendLink({ account, body: timely })).toMatchObject({ ok: true });
    const { link, bundle, profile } = honest.removed;
    const early = { expected: honest.announced.profile.head, link, bundle };
    expect(await thief.client.appendLink({ account, body: early })).toMatchObject({
      error: { problem: { code: 'clock' } },
    });
    expect(profile.head.count).toBe(removed.profile.head.count);
  });

  it('[SEC-130] with a service that helps is believed by no device that asked in that time', async () => {
    const { first, second, third } = await settled(['first', 'second', 'third']);
    const now = second.now.getTime();
    const { thief, announced, removed } = await datedBack(second, await deviceOf(first), now - 3 * DAY_MS, now);
    const links = [announced.link, removed.link];
    const bundle = removed.bundle ?? new Uint8Array();
    mesh.lying.lies = {
      readChain: (honest) => async (input) => {
        const range = await honest(input);
        if (!range.ok) return range;
        const head = links.reduce(nextHead, range.value.head);
        const known = Math.max(0, input.from - range.value.head.count);
        return ok({ head, links: [...range.value.links, ...links.slice(known)] });
      },
      readBundles: (honest) => async (input) => {
        const range = await honest(input);
        const index = thief.profile.head.count + 1;
        return range.ok ? ok([...range.value, { index, bundle }]) : range;
      },
    };
    for (const one of [first, third]) {
      expect(codeOf(await one.agent.account.sync())).toBe('act-early');
      expect(accountOf(one).standing).toBe('member');
      expect((await shown(one))?.sync.problem?.code).toBe('act-early');
    }
    // It holds once the computer itself has waited, and not before.
    later(3 * DAY_MS - 2 * HOUR_MS, third);
    expect(codeOf(await third.agent.account.sync())).toBe('act-early');
    later(HOUR_MS + HOUR_MS, third);
    expect(codeOf(await third.agent.account.sync())).not.toBe('act-early');
  });
});

describe('a suspended device', () => {
  it('[SEC-133] learns nothing new, says so, and has everything once it is resumed', async () => {
    const { first, second } = await settled(['first', 'second']);
    const id = await deviceOf(first);
    expect(valueOf(await second.agent.account.suspend(id, null)).state).toBe('suspended');
    await meets(second, bob);
    await sync(second);
    expect(codeOf(await first.agent.account.sync())).toBe('account-suspended');
    expect((await shown(first))?.device.state).toBe('suspended');
    expect(peopleOf(first)).toEqual([]);
    const thief = accountOf(first);
    expect(thief.standing).toBe('member');
    expect(codeOf(await first.agent.account.resume(await deviceOf(second), null))).toBe('account-suspended');
    expect(valueOf(await second.agent.account.resume(id, null)).state).toBe('active');
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
    expect((await shown(first))?.device.state).toBe('active');
  });
});

describe('a computer whose data was copied', () => {
  it('[SEC-134] stops, may forget the account once it takes no part in it, and joins anew under other keys', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    expect(codeOf(await second.agent.account.leave())).toBe('account-member');
    const copy = second.restarted();
    await meets(second, bob);
    await sync(second);
    expect(codeOf(await copy.agent.account.sync())).toBe('account-copied');
    const before = await deviceOf(copy);
    valueOf(await first.agent.account.remove(before, valueOf(await first.agent.account.words())));
    valueOf(await copy.agent.account.leave());
    expect(await shown(copy)).toBeNull();
    const name = (await shown(first))?.name ?? '';
    await joins(first, copy, name);
    expect(await deviceOf(copy)).not.toBe(before);
    expect(peopleOf(copy)).toEqual(['bob@example.org']);
  });
});
