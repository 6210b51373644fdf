import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkBundle, linkIn, makeRotate, type Bundle, type Profile } from '@endymail/shared/identity';
import { ok } from '@endymail/shared/result';
import { generateKemKey, hash32Of, newEpochKey, wrapEpochKey, type Hash32 } from '@endymail/shared/sealing';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import { encodeBundle } from '../../shared/identity/bundle.ts';
import { signLink } from '../../shared/identity/making/sign-link.ts';
import { nextHead } from '../../shared/identity/heads.ts';
import { takeOver, type Attacker } from './attacker.ts';
import { belongingsOf, heldBy, household, meets, peopleOf, startMesh, type Computer, type Mesh } from './computer.ts';
import type { Lies } from './lying-service.ts';

let mesh: Mesh;
let bob = '';

beforeAll(async () => {
  mesh = await startMesh();
  bob = await (await correspondent('bob@example.org')).part();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

const sentBy = (caller: string, name: string): number =>
  mesh.lying.calls.filter((call) => call.caller === caller && call.name === name).length;

/** A service that gives out other bundles than it took. */
const giving =
  (change: (bundle: Uint8Array, index: number) => Uint8Array | null): NonNullable<Lies['readBundles']> =>
  (honest) =>
  async (input) => {
    const range = await honest(input);
    if (!range.ok) return range;
    const changed = range.value.flatMap(({ index, bundle }) => {
      const given = change(bundle, index);
      return given === null ? [] : [{ index, bundle: given }];
    });
    return ok(changed);
  };

/** A computer that has to fetch everything again, after it changed something that it has not shared. */
async function fresh(of: Computer): Promise<Computer> {
  await meets(of, bob);
  return of.restarted();
}

/** That the person is told, nothing here changed, nothing was sent, and all goes on when the service is honest. */
async function expectRefused(victim: Computer, code = 'mesh-lied'): Promise<void> {
  const before = heldBy(victim);
  expect(codeOf(await victim.agent.account.sync())).toBe(code);
  expect(valueOf(await victim.agent.account.show())?.sync.problem?.code).toBe(code);
  expect(heldBy(victim)).toBe(before);
  expect(sentBy(victim.name, 'appendEntries')).toBe(0);
  mesh.lying.lies = {};
  valueOf(await victim.agent.account.sync());
  expect(peopleOf(victim)).toEqual(['bob@example.org']);
}

describe('the service', () => {
  it('[SEC-82] can not put in a wrap of a key that it knows (R3)', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    const { profile, chain, keys } = await takeOver(second);
    const victim = await fresh(second);
    mesh.lying.calls.length = 0;
    mesh.lying.lies = {
      readBundles: (honest) => async (input) => {
        const range = await honest(input);
        if (!range.ok) return range;
        const bundles = await Promise.all(
          range.value.map(async ({ index, bundle }) => ({
            index,
            bundle: await withKnownKey(profile, chain.links[index], bundle, keys.signing.id, keys.kems[0].publicKey),
          })),
        );
        return ok(bundles);
      },
    };
    await expectRefused(victim);
    expect(valueOf(await first.agent.account.show())?.standing).toBe('member');
  });

  it('[SEC-82] can not give one link the bundle of another (R3)', async () => {
    const { second } = await household(mesh, ['first', 'second']);
    const { client, profile } = await takeOver(second);
    const bundles = await client.readBundles({ account: profile.account, from: 0 });
    const all = new Map(bundles.ok ? bundles.value.map(({ index, bundle }) => [index, bundle]) : []);
    const victim = await fresh(second);
    mesh.lying.calls.length = 0;
    mesh.lying.lies = { readBundles: giving((_, index) => all.get(1 - index) ?? null) };
    expect(all.size).toBe(2);
    await expectRefused(victim);
  });

  it('[SEC-81] can not put in another key of a device for what is sealed to it (R3)', async () => {
    const { second } = await household(mesh, ['first', 'second']);
    const { publicKey } = await generateKemKey();
    const { profile, chain } = await takeOver(second);
    const victim = await fresh(second);
    mesh.lying.calls.length = 0;
    const swapped = await Promise.all(
      chain.links.map(async (link, index) => {
        const of = await linkIn(profile, link);
        return { index, of };
      }),
    );
    mesh.lying.lies = {
      readBundles: giving((bundle, index) => {
        const link = swapped[index]?.of;
        const read = link === undefined || link === null ? null : checkBundle(profile, link, bundle);
        if (read?.ok !== true) return bundle;
        return encodeBundle({ ...read.value, kemKeys: read.value.kemKeys.map((one) => ({ ...one, key: publicKey })) });
      }),
    };
    await expectRefused(victim);
  });

  it('[SEC-106] can not have a device write under the old keys by holding the new ones back (R11)', async () => {
    const { first, second, third } = await household(mesh, ['first', 'second', 'third']);
    await meets(second, bob);
    const gone = valueOf(await third.agent.account.show())?.device.id ?? '';
    valueOf(await first.agent.account.remove(gone, null));
    mesh.lying.calls.length = 0;
    const { links } = (await takeOver(first)).chain;
    mesh.lying.lies = { readBundles: giving((bundle, index) => (index === links.length - 1 ? null : bundle)) };
    await expectRefused(second);
    valueOf(await first.agent.account.sync());
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });
});

describe('an admin device that cheats', () => {
  it('[SEC-82] can not give two devices different keys for one epoch (R3)', async () => {
    const { first, second, cheat } = await household(mesh, ['first', 'second', 'cheat']);
    const by = await takeOver(cheat);
    const victimId = valueOf(await second.agent.account.show())?.device.id;
    const { link, bundle } = await rotation(by, async ({ profile, previous }, made) => ({
      ...made,
      wraps: await Promise.all(
        made.wraps.map(async (wrap) => {
          if (wrap.owner !== victimId) return wrap;
          const { sequence, epoch, owner } = wrap;
          const context = { account: profile.account, sequence, epoch, owner, previousLink: previous };
          const kem = by.chain.kemKeys.get(owner) ?? new Uint8Array();
          return { ...wrap, wrap: await wrapEpochKey(kem, newEpochKey(), context) };
        }),
      ),
    }));
    const { profile } = by;
    const posted = await by.client.appendLink({
      account: profile.account,
      body: { expected: profile.head, link, bundle },
    });
    expect(posted.ok).toBe(true);
    await meets(second, bob);
    const before = belongingsOf(second);
    mesh.lying.calls.length = 0;
    // It knows that it has not the key of the present epoch, writes nothing, and keeps what it has.
    expect(codeOf(await second.agent.account.sync())).toBe('mesh-lied');
    expect(sentBy('second', 'appendEntries')).toBe(0);
    expect(belongingsOf(second)).toBe(before);
    // The others go on, and an epoch of an honest device has everybody in it again.
    valueOf(await first.agent.account.sync());
    valueOf(await first.agent.account.remove(by.keys.signing.id, null));
    valueOf(await second.agent.account.sync());
    valueOf(await first.agent.account.sync());
    expect(peopleOf(first)).toEqual(['bob@example.org']);
  });

  it.each([
    [
      'leaves out an active device',
      (wraps: Bundle['wraps'], victim: string) => wraps.filter(({ owner }) => owner !== victim),
    ],
    [
      'wraps to a removed device',
      (wraps: Bundle['wraps'], _: string, removed: string) =>
        wraps.map((wrap, index) => (index === 0 ? { ...wrap, owner: removed as typeof wrap.owner } : wrap)),
    ],
  ] as const)('[SEC-81] is refused where a rotation %s, also with the service’s help (R10)', async (_, change) => {
    const { first, second, cheat, gone } = await household(mesh, ['first', 'second', 'cheat', 'gone']);
    const removed = valueOf(await gone.agent.account.show())?.device.id ?? '';
    valueOf(await first.agent.account.remove(removed, null));
    valueOf(await cheat.agent.account.sync());
    valueOf(await second.agent.account.sync());
    const by = await takeOver(cheat);
    const victimId = valueOf(await second.agent.account.show())?.device.id ?? '';
    const { link, bundle } = await rotation(by, (_place, made) =>
      Promise.resolve({ ...made, wraps: change(made.wraps, victimId, removed) }),
    );
    const { profile } = by;
    const refused = await by.client.appendLink({
      account: profile.account,
      body: { expected: profile.head, link, bundle },
    });
    expect(refused.ok).toBe(false);
    await meets(second, bob);
    mesh.lying.calls.length = 0;
    const index = profile.head.count;
    mesh.lying.lies = {
      readChain: (honest) => async (input) => {
        const range = await honest(input);
        if (!range.ok) return range;
        const more = [...range.value.links, ...(input.from <= index ? [link] : [])];
        return ok({ head: nextHead(range.value.head, link), links: more });
      },
      readBundles: (honest) => async (input) => {
        const range = await honest(input.from >= index ? { ...input, from: index } : input);
        return range.ok ? ok([...range.value, { index, bundle }]) : range;
      },
    };
    await expectRefused(second);
  });
});

interface Place {
  readonly profile: Profile;
  /** The hash of the head before the link. */
  readonly previous: Hash32;
}

/** A link that begins an epoch of every catalog, with a bundle that is changed before the link is signed. */
async function rotation(
  by: Attacker,
  change: (place: Place, made: Bundle) => Promise<Bundle>,
): Promise<{ readonly link: Uint8Array; readonly bundle: Uint8Array }> {
  const { profile, chain, keys } = by;
  const sequences = [...profile.sequences.values()];
  const heads = new Map(
    await Promise.all(
      sequences.map(async ({ id, catalog }) => [id, (await by.readingOf(catalog)).state.head] as const),
    ),
  );
  const made = await makeRotate({
    profile,
    admin: keys.signing,
    sequences: sequences.map(({ id }) => id),
    heads,
    epochKeys: new Map(sequences.map(({ id }) => [id, by.epochKeyOf(id)])),
    kemKeys: chain.kemKeys,
    nowSeconds: Math.floor(Date.now() / 1_000),
  });
  const link = await linkIn(made.profile, made.link);
  const read = link === null || made.bundle === null ? null : checkBundle(made.profile, link, made.bundle);
  if (link === null || read?.ok !== true) throw new Error('no rotation');
  const bundle = encodeBundle(await change({ profile, previous: profile.head.hash }, read.value));
  return { link: await signLink(profile.account, keys.signing, { ...link, bundle: hash32Of(bundle) }), bundle };
}

/** A bundle in which every key for a device is one that whoever made the bundle knows. */
async function withKnownKey(
  profile: Profile,
  bytes: Uint8Array | undefined,
  bundle: Uint8Array,
  owner: string,
  kem: Uint8Array,
): Promise<Uint8Array> {
  const link = bytes === undefined ? null : await linkIn(profile, bytes);
  const read = link === null ? null : checkBundle(profile, link, bundle);
  if (link === null || read?.ok !== true) return bundle;
  const known = newEpochKey();
  const wraps = await Promise.all(
    read.value.wraps.map(async (wrap) => {
      if (wrap.owner !== owner) return wrap;
      const { sequence, epoch } = wrap;
      const context = { account: profile.account, sequence, epoch, owner: wrap.owner, previousLink: link.previous };
      return { ...wrap, wrap: await wrapEpochKey(kem, known, context) };
    }),
  );
  return encodeBundle({ ...read.value, wraps });
}
