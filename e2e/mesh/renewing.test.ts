import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentEpoch } from '@endymail/shared/identity';
import { err } from '@endymail/shared/result';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { followChain } from '../../main/agent/account/follow-chain.ts';
import { ownKeys } from '../../main/agent/account/own-keys.ts';
import { sequenceIn, takeOver } from './attacker.ts';
import {
  accountOf,
  calm,
  computer,
  founder,
  heldBy,
  household,
  joins,
  meets,
  meshAndBob,
  peopleOf,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable } from './lying-service.ts';

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
const later = (of: Computer, days: number): void => {
  of.now = new Date(of.now.getTime() + days * DAY_MS);
};
const linksSent = (): number => mesh.lying.calls.filter(({ name }) => name === 'appendLink').length;

/** The present epoch of each catalog, as a device of the account sees it. */
async function epochsOf(of: Computer): Promise<readonly number[]> {
  const { profile } = await takeOver(of);
  return [...profile.sequences.keys()].map((id) => currentEpoch(profile, id)?.epoch ?? 0);
}

describe('epochs', () => {
  it('[SEC-126] last 90 days: a device that approves others begins new ones then, and each reads on', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    later(first, 89);
    await sync(first);
    expect(new Set(await epochsOf(first))).toEqual(new Set([1]));
    later(first, 2);
    await sync(first);
    expect(new Set(await epochsOf(first))).toEqual(new Set([2]));
    await meets(first, bob);
    await sync(first);
    await sync(plain);
    expect(peopleOf(plain)).toEqual(['bob@example.org']);
    // Nothing more is due, and nothing more is signed.
    mesh.lying.calls.length = 0;
    await sync(first);
    await sync(plain);
    expect(linksSent()).toBe(0);
  });

  it('[SEC-126] are begun once where two devices find them due at once', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    later(first, 91);
    later(second, 91);
    // Both have made their own keys anew; then the second is overtaken on its way.
    let isFirst = true;
    mesh.lying.lies = {
      appendLink: (honest, caller) => async (input) => {
        const isRotation = input.body.link.length > 500;
        if (caller === 'second' && isFirst && isRotation) {
          isFirst = false;
          await sync(first);
        }
        return honest(input);
      },
    };
    await sync(second);
    mesh.lying.lies = {};
    expect(isFirst).toBe(false);
    await sync(first);
    await sync(second);
    expect(new Set(await epochsOf(first))).toEqual(new Set([2]));
    expect(await epochsOf(second)).toEqual(await epochsOf(first));
  });

  it('are begun when the person wants it', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    const seed = accountOf(first).device.kemSeed.reveal();
    valueOf(await first.agent.account.rotate());
    expect(new Set(await epochsOf(first))).toEqual(new Set([2]));
    expect(accountOf(first).device.kemSeed.reveal()).not.toEqual(seed);
    expect(codeOf(await plain.agent.account.rotate())).toBe('account-needs-admin');
    await meets(first, bob);
    await sync(first);
    await sync(plain);
    expect(peopleOf(plain)).toEqual(['bob@example.org']);
  });
});

describe('a device’s X-Wing key', () => {
  it('[SEC-127] is replaced before the epochs end, and the old one is nowhere here any more (R27)', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    const [stolen] = (await ownKeys(accountOf(plain).device)).kems;
    const thief = await takeOver(plain);
    later(first, 80);
    later(plain, 80);
    await sync(plain);
    expect(accountOf(plain).device.kemSeed.reveal()).not.toEqual(stolen.seed.reveal());
    expect(heldBy(plain)).not.toContain(Buffer.from(stolen.seed.reveal()).toString('base64'));
    mesh.lying.calls.length = 0;
    await sync(plain);
    expect(linksSent()).toBe(0);
    // The epochs of after are not open to who took the computer's keys before.
    later(first, 11);
    await sync(first);
    await sync(plain);
    const now = await takeOver(plain);
    const { id: sequence } = sequenceIn(now.profile, 'people');
    expect(currentEpoch(now.profile, sequence)?.epoch).toBe(2);
    expect(now.chain.keys.get(sequence)?.get(2)?.reveal()).toHaveLength(32);
    const wish = { account: now.profile.account, owner: thief.keys.signing.id, known: null, kept: thief.chain.keys };
    const seen = valueOf(await followChain(thief.client, { ...wish, kems: [stolen] }));
    expect(seen.keys.get(sequence)?.get(2)).toBeNull();
    // The computer itself reads everything again, of before and after, where nothing is kept beside its sealed state.
    await meets(first, bob);
    await sync(first);
    const again = plain.restarted();
    await sync(again);
    expect(peopleOf(again)).toEqual(['bob@example.org']);
  });

  it('[SEC-127] is replaced once, and nothing is lost, where the answer is lost and epochs begin meanwhile', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    later(plain, 80);
    mesh.lying.lies = {
      appendLink: (honest, caller) => async (input) => {
        const sent = await honest(input);
        return caller === 'plain' ? unreachable() : sent;
      },
    };
    expect(codeOf(await plain.agent.account.sync())).toBe('mesh-offline');
    mesh.lying.lies = {};
    later(first, 91);
    await meets(first, bob);
    await sync(first);
    const again = plain.restarted();
    await sync(again);
    expect(peopleOf(again)).toEqual(['bob@example.org']);
    expect(accountOf(again).device.nextKemSeed).toBeNull();
    expect([...accountOf(again).epochKeys.values()].every((keys) => keys.get(2) !== null)).toBe(true);
  });

  it('[SEC-127] is kept where the epochs began meanwhile, and the link for the other one was not first', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    later(first, 80);
    later(plain, 80);
    let isFirst = true;
    mesh.lying.lies = {
      appendLink: (honest, caller) => async (input) => {
        if (caller !== 'plain' || !isFirst) return honest(input);
        isFirst = false;
        valueOf(await first.agent.account.rotate());
        return err({ kind: 'problem', problem: { code: 'chain-moved' } });
      },
    };
    const seed = accountOf(plain).device.kemSeed.reveal();
    await sync(plain);
    const { device } = accountOf(plain);
    expect(device.kemSeed.reveal()).toEqual(seed);
    expect(device.nextKemSeed).toBeNull();
  });

  it('[SEC-127] ends a computer that was put back to before it was replaced', async () => {
    const { first, account } = await founder(mesh);
    const plain = computer(mesh, 'plain');
    await joins(first, plain, account);
    const old = plain.restarted();
    later(plain, 80);
    await sync(plain);
    expect(codeOf(await old.agent.account.sync())).toBe('account-copied');
    mesh.lying.calls.length = 0;
    expect(codeOf(await old.agent.account.sync())).toBe('account-copied');
    expect(mesh.lying.calls).toEqual([]);
    await sync(plain);
    expect(accountOf(plain).standing).toBe('member');
  });
});
