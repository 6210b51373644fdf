import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { linkIn } from '@endymail/shared/identity';
import { err, ok } from '@endymail/shared/result';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import { personItem } from '../../main/agent/account/items-of-state.ts';
import { sequenceIn, showing, takeOver, written } from './attacker.ts';
import {
  ALICE,
  accountOf,
  belongingsOf,
  deviceOf,
  heldBy,
  household,
  meets,
  peopleOf,
  startMesh,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable } from './lying-service.ts';

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
  mesh.lying.weather = null;
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

const sync = async (of: Computer) => valueOf(await of.agent.account.sync());
const remove = async (by: Computer, id: string) => by.agent.account.remove(id, null);

interface LinkSent {
  readonly body: { readonly expected: { readonly count: number }; readonly link: Uint8Array };
}

/** The different links that were signed for each place in the chain. */
function linksSigned(): ReadonlyMap<number, ReadonlySet<string>> {
  const signed = new Map<number, Set<string>>();
  for (const { name, input } of mesh.lying.calls) {
    if (name !== 'appendLink') continue;
    const { body } = input as LinkSent;
    const place = signed.get(body.expected.count) ?? new Set();
    signed.set(body.expected.count, place.add(Buffer.from(body.link).toString('hex')));
  }
  return signed;
}

describe('what is written after a removal', () => {
  it('[SEC-101] by the removed device, with the service’s help, has no effect, also for who was away (R7)', async () => {
    const { first, second, stolen } = await household(mesh, ['first', 'second', 'stolen']);
    await meets(stolen, carol);
    const item = stolen.state().people.map(personItem)[0];
    if (item === undefined) throw new Error('it knows nobody');
    const thief = await takeOver(stolen);
    const { id: sequence } = sequenceIn(thief.profile, 'people');
    const late = await written(thief, await thief.readingOf('people'), [item]);
    // The second computer is away while the first removes the stolen one.
    valueOf(await remove(first, thief.keys.signing.id));
    mesh.lying.lies = { readEntries: showing(sequence, late) };
    const { ignored } = await sync(second);
    expect(ignored).toEqual([{ deviceId: thief.keys.signing.id, count: 1 }]);
    expect(peopleOf(second)).toEqual([]);
    expect(peopleOf(first)).toEqual([]);
  });

  it('[SEC-101] by an honest device that did not know of it, is written again by that device and lost by nobody (R7)', async () => {
    const { first, second, third } = await household(mesh, ['first', 'second', 'third']);
    await meets(second, bob);
    const before = accountOf(second).chainHead;
    // To the second computer the service shows the time before, and takes what it writes behind what it has.
    const gone = await deviceOf(third);
    valueOf(await remove(first, gone));
    mesh.lying.lies = {
      readChain: (honest, caller) => async (input) => {
        const range = await honest(input);
        if (caller !== 'second' || !range.ok) return range;
        return ok({ head: before, links: range.value.links.slice(0, Math.max(0, before.count - input.from)) });
      },
      readEntries: (honest, caller) => async (input) => {
        const known = accountOf(second).syncedHeads.get(input.sequence);
        if (caller !== 'second' || known?.count !== input.from) return honest(input);
        return input.sequence === peopleSequence ? honest(input) : ok({ head: known, entries: [] });
      },
    };
    const { profile } = await takeOver(first);
    const { id: peopleSequence } = sequenceIn(profile, 'people');
    await sync(second);
    expect(peopleOf(second)).toEqual(['bob@example.org']);
    // The first sees an entry under the epoch that is over, and takes nothing from it.
    await sync(first);
    expect(peopleOf(first)).toEqual([]);
    mesh.lying.lies = {};
    await sync(second);
    expect(peopleOf(second)).toEqual(['bob@example.org']);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });
});

describe('two removals', () => {
  it('[SEC-81] at once leave both devices out of every epoch (R10)', async () => {
    const { first, second, one, other } = await household(mesh, ['first', 'second', 'one', 'other']);
    const [gone, goneToo] = [await deviceOf(one), await deviceOf(other)];
    // The words are on the first computer alone; the second removes with a paper that has them.
    const words = valueOf(await first.agent.account.words());
    let isFirst = true;
    mesh.lying.lies = {
      appendLink: (honest, caller) => async (input) => {
        if (caller === 'first' && isFirst) {
          isFirst = false;
          valueOf(await second.agent.account.remove(goneToo, words));
        }
        return honest(input);
      },
    };
    valueOf(await first.agent.account.remove(gone, words));
    await sync(second);
    await meets(second, bob);
    await sync(second);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
    const devices = valueOf(await first.agent.account.devices());
    expect(devices.filter(({ state }) => state === 'active').map(({ name }) => name)).toEqual(['first', 'second']);
    const { chain, client, profile } = await takeOver(first);
    const bundles = await client.readBundles({ account: profile.account, from: 0 });
    if (!bundles.ok) throw new Error('no bundles');
    const last = chain.links.length - 1;
    const link = await linkIn(profile, chain.links[last] ?? new Uint8Array());
    expect(link?.body.kind).toBe('remove-device');
    const wraps = Buffer.from(bundles.value.find(({ index }) => index === last)?.bundle ?? []);
    for (const id of [gone, goneToo]) expect(wraps.includes(Buffer.from(id, 'hex'))).toBe(false);
    expect(wraps.includes(Buffer.from(await deviceOf(second), 'hex'))).toBe(true);
    for (const removed of [one, other]) expect(codeOf(await removed.agent.account.sync())).toBe('account-removed');
    for (const places of linksSigned().values()) expect(places.size).toBeLessThanOrEqual(2);
  });

  it('[SEC-81] of each other leave one of them, and it is whole (R10)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const words = valueOf(await first.agent.account.words());
    const [one, other] = [await deviceOf(first), await deviceOf(second)];
    const before = belongingsOf(first);
    let isFirst = true;
    mesh.lying.lies = {
      appendLink: (honest, caller) => async (input) => {
        if (caller === 'first' && isFirst) {
          isFirst = false;
          valueOf(await second.agent.account.remove(one, words));
        }
        return honest(input);
      },
    };
    // What a service says is no proof; what it shows then is.
    expect(codeOf(await first.agent.account.remove(other, words))).toBe('mesh-refused');
    expect(codeOf(await first.agent.account.sync())).toBe('account-removed');
    expect(belongingsOf(first)).toBe(before);
    await sync(second);
    expect(valueOf(await second.agent.account.devices()).map(({ name, state }) => [name, state])).toEqual([
      ['second', 'active'],
      ['first', 'removed'],
    ]);
  });
});

describe('that a device was removed', () => {
  it('[SEC-111] is not believed from the word of the service, whatever call it is said to (R33)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const refused = () => () =>
      Promise.resolve(err({ kind: 'problem' as const, problem: { code: 'device-refused' as const } }));
    await meets(second, bob);
    const before = heldBy(second);
    for (const name of ['readEntries', 'readChain', 'readRequests'] as const) {
      mesh.lying.lies = { [name]: refused };
      const said = name === 'readRequests' ? second.agent.account.pending() : second.agent.account.sync();
      expect(codeOf<unknown>(await said), name).toBe('mesh-refused');
      expect(heldBy(second), name).toBe(before);
    }
    mesh.lying.lies = { appendEntries: refused };
    expect(codeOf(await second.agent.account.sync())).toBe('mesh-refused');
    expect(accountOf(second).standing).toBe('member');
    mesh.lying.lies = {};
    await sync(second);
    await sync(first);
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it('[SEC-111] is believed from the link, and nothing here is deleted (R33)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    await meets(second, bob);
    await sync(second);
    const before = belongingsOf(second);
    valueOf(await remove(first, await deviceOf(second)));
    expect(codeOf(await second.agent.account.sync())).toBe('account-removed');
    expect(belongingsOf(second)).toBe(before);
    mesh.lying.calls.length = 0;
    expect(codeOf(await second.restarted().agent.account.sync())).toBe('account-removed');
    expect(mesh.lying.calls).toEqual([]);
  });
});

describe('the keys of the mailboxes', () => {
  it('[SEC-112] are new after a removal whose answer was lost, and reach the others (R5)', async () => {
    const { first, second, stolen } = await household(mesh, ['first', 'second', 'stolen']);
    const old = first.state().mailboxes[0]?.current.certificate;
    mesh.lying.lies = {
      appendLink: (honest) => async (input) => {
        await honest(input);
        return unreachable();
      },
    };
    expect(codeOf(await remove(first, await deviceOf(stolen)))).toBe('mesh-offline');
    expect(first.state().mailboxes[0]?.current.certificate).toEqual(old);
    mesh.lying.lies = {};
    const again = first.restarted();
    await sync(again);
    const renewed = again.state().mailboxes[0];
    expect(renewed?.current.certificate).not.toEqual(old);
    expect(renewed?.former[0]?.certificate).toEqual(old);
    await sync(second);
    expect(second.state().mailboxes.find(({ address }) => address === ALICE)?.current.certificate).toEqual(
      renewed?.current.certificate,
    );
    // The person, who was told that it did not arrive, asks once more.
    const { device, renewed: addresses } = valueOf(await remove(again, await deviceOf(stolen)));
    expect([device.state, addresses]).toEqual(['removed', [ALICE]]);
    expect(again.state().mailboxes[0]?.current.certificate).toEqual(renewed?.current.certificate);
  });
});

describe('what a device signs', () => {
  it('[SEC-110] for a place in the chain it signs once, though the service says that it was not first (R30)', async () => {
    const { first, third } = await household(mesh, ['first', 'second', 'third']);
    const gone = await deviceOf(third);
    mesh.lying.calls.length = 0;
    for (const code of ['chain-moved', 'unavailable', 'link-refused'] as const) {
      mesh.lying.lies = { appendLink: () => () => Promise.resolve(err({ kind: 'problem', problem: { code } })) };
      const said = codeOf(await remove(first, gone));
      expect(['mesh-lied', 'mesh-offline', 'mesh-refused']).toContain(said);
    }
    for (const [, links] of linksSigned()) expect(links.size).toBe(1);
    expect(linksSigned().size).toBe(1);
    // The act goes through as it was signed, once the service takes it.
    mesh.lying.lies = {};
    valueOf(await remove(first.restarted(), gone));
    expect([...linksSigned().values()].map((links) => links.size)).toEqual([1]);
  });

  it('[SEC-110] for a place in a catalog it signs once, though the service says that it was not first (R30)', async () => {
    const { first } = await household(mesh, ['first']);
    await meets(first, bob);
    mesh.lying.calls.length = 0;
    mesh.lying.lies = {
      appendEntries: () => () => Promise.resolve(err({ kind: 'problem', problem: { code: 'sequence-moved' } })),
    };
    expect(codeOf(await first.agent.account.sync())).toBe('mesh-lied');
    expect(codeOf(await first.restarted().agent.account.sync())).toBe('mesh-lied');
    const sent = new Set(
      mesh.lying.calls
        .filter(({ name }) => name === 'appendEntries')
        .map(({ input }) =>
          JSON.stringify(input, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value)),
        ),
    );
    expect(sent.size).toBe(1);
    mesh.lying.lies = {};
    await sync(first);
    expect(valueOf(await first.agent.account.show())?.sync.problem).toBeNull();
  });
});
