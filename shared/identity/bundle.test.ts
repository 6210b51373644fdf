import { describe, expect, it } from 'vitest';
import {
  encodeCbor,
  fromHex,
  hash32Of,
  kemHash,
  newEpochKey,
  recoveryKemOf,
  sequenceIdBytes,
  wrapEpochKey,
  type CborValue,
  type KemKey,
} from '../sealing/index.ts';
import { checkBundle, encodeBundle, type Bundle, type Owner } from './bundle.ts';
import { CHAIN_LIMITS } from './limits.ts';
import type { Link } from './link.ts';
import { makeRemoveDevice, makeRotate } from './making/make-epochs.ts';
import { openBundle, openHistory, type EpochKeys } from './making/open-bundle.ts';
import { currentEpoch, sequenceOf, type Profile } from './profile.ts';
import { ALL_ROLES, ORDINARY_ROLES } from './roles.ts';
import { emptyHeads, newAccount, newDevice, NOW, withDevice, withLink, type TestAccount } from './testing/account.ts';
import { extendProfile, linkIn, verifyChain } from './verify.ts';

/** The profile, link and bundle at one place of a test's chain. */
async function placeAt(
  account: TestAccount,
  index: number,
): Promise<{ profile: Profile; link: Link; bytes: Uint8Array }> {
  const profile = await verifyChain(account.profile.account, account.links.slice(0, index + 1));
  if (!profile.ok) throw new Error(profile.error);
  const link = await linkIn(profile.value, account.links[index] ?? new Uint8Array());
  const bytes = account.bundles[index];
  if (link === null || bytes === null || bytes === undefined) throw new Error('no such place');
  return { profile: profile.value, link, bytes };
}

async function bundleAt(
  account: TestAccount,
  index: number,
): Promise<{ profile: Profile; link: Link; bundle: Bundle }> {
  const { profile, link, bytes } = await placeAt(account, index);
  const bundle = checkBundle(profile, link, bytes);
  if (!bundle.ok) throw new Error(bundle.error);
  return { profile, link, bundle: bundle.value };
}

/** The keys that an owner gets from all bundles. */
async function keysOf(account: TestAccount, owner: Owner, kem: KemKey): Promise<EpochKeys> {
  let keys: EpochKeys = new Map();
  const bundles: Bundle[] = [];
  for (const index of account.links.keys()) {
    const { profile, link, bundle } = await bundleAt(account, index);
    bundles.push(bundle);
    const opened = await openBundle(keys, { profile, previousLink: link.previous, bundle, owner, kem });
    if (!opened.ok) throw new Error(opened.error);
    keys = opened.value;
  }
  return openHistory(keys, { profile: account.profile, bundles });
}

const countOf = (keys: EpochKeys): number => [...keys.values()].reduce((sum, known) => sum + known.size, 0);

it('gives every device the keys of its roles, recovery all of them, and a later device what was before', async () => {
  const second = await newDevice();
  const before = await newAccount();
  const { profile, first, epochKeys, kemKeys } = before;
  const rotated = await makeRotate({
    profile,
    admin: first.signing,
    sequences: [...profile.sequences.keys()],
    heads: emptyHeads(profile),
    epochKeys,
    kemKeys,
    nowSeconds: NOW,
  });
  const later = { ...withLink(before, rotated), epochKeys: rotated.epochKeys };
  const account = await withDevice(later, second, ORDINARY_ROLES);
  expect(countOf(await keysOf(account, first.signing.id, first.kem))).toBe(12);
  // All but `authorities`, in two epochs each.
  const ofSecond = await keysOf(account, second.signing.id, second.kem);
  expect(countOf(ofSecond)).toBe(10);
  expect(ofSecond.has(sequenceOf(account.profile, 'authorities')?.id ?? ('' as never))).toBe(false);
  const recovery = await recoveryKemOf(account.recoverySecret);
  expect(countOf(await keysOf(account, kemHash(recovery.publicKey), recovery))).toBe(12);
});

it('gives a removed device nothing of what comes after', async () => {
  const second = await newDevice();
  const before = await withDevice(await newAccount(), second, ORDINARY_ROLES);
  const { profile, first, epochKeys, kemKeys } = before;
  const heads = emptyHeads(profile);
  const removed = await makeRemoveDevice({
    profile,
    signer: first.signing,
    device: second.signing.id,
    heads,
    epochKeys,
    kemKeys,
    nowSeconds: NOW,
  });
  const account = withLink(before, removed);
  const known = await keysOf(account, second.signing.id, second.kem);
  for (const [sequence, keys] of known)
    expect(keys.has(currentEpoch(account.profile, sequence)?.epoch ?? 0)).toBe(false);
  expect(countOf(await keysOf(account, first.signing.id, first.kem))).toBe(12);
});

it('[SEC-81] a bundle has the same recipients by a profile with links more', async () => {
  const [second, third] = [await newDevice(), await newDevice()];
  const two = await withDevice(await newAccount(), second, ORDINARY_ROLES);
  const { first, epochKeys, kemKeys } = two;
  const rotated = await makeRotate({
    profile: two.profile,
    admin: first.signing,
    sequences: [...two.profile.sequences.keys()],
    heads: emptyHeads(two.profile),
    epochKeys,
    kemKeys,
    nowSeconds: NOW,
  });
  const three = await withDevice({ ...withLink(two, rotated), epochKeys: rotated.epochKeys }, third, ORDINARY_ROLES);
  const removed = await makeRemoveDevice({
    profile: three.profile,
    signer: first.signing,
    device: second.signing.id,
    heads: emptyHeads(three.profile),
    epochKeys: three.epochKeys,
    kemKeys: three.kemKeys,
    nowSeconds: NOW,
  });
  const account = withLink(three, removed);
  for (const index of account.links.keys()) {
    const { profile, link, bytes } = await placeAt(account, index);
    const then = checkBundle(profile, link, bytes);
    expect(then.ok).toBe(true);
    expect(checkBundle(account.profile, link, bytes)).toEqual(then);
  }
});

describe('[SEC-81] a bundle is refused', () => {
  async function withSecond(): Promise<{ account: TestAccount; profile: Profile; link: Link; bundle: Bundle }> {
    const account = await withDevice(await newAccount(), await newDevice(), ALL_ROLES);
    return { account, ...(await bundleAt(account, 1)) };
  }

  /** The verdict where the link would name the hash of this bundle. */
  const verdict = (profile: Profile, link: Link, bundle: Bundle): string | null => {
    const bytes = encodeBundle(bundle);
    const checked = checkBundle(profile, { ...link, bundle: hash32Of(bytes) }, bytes);
    return checked.ok ? null : checked.error;
  };

  it('when it is that of another link, or cut', async () => {
    const { account, profile, link } = await withSecond();
    const [first, second] = account.bundles;
    expect(checkBundle(profile, link, first ?? new Uint8Array())).toEqual({ ok: false, error: 'other-bundle' });
    expect(checkBundle(profile, link, (second ?? new Uint8Array()).slice(1))).toEqual({
      ok: false,
      error: 'other-bundle',
    });
  });

  it('when it brings another X-Wing key than the link states, or none', async () => {
    const { profile, link, bundle } = await withSecond();
    const key = (await newDevice()).kem.publicKey;
    const kemKeys = bundle.kemKeys.map(({ owner }) => ({ owner, key }));
    expect(verdict(profile, link, { ...bundle, kemKeys })).toBe('bad-kem-key');
    expect(verdict(profile, link, { ...bundle, kemKeys: [] })).toBe('bad-kem-key');
  });

  it('when it lacks a recipient, or has one more', async () => {
    const { profile, link, bundle } = await withSecond();
    expect(verdict(profile, link, { ...bundle, wraps: bundle.wraps.slice(1) })).toBe('bad-recipients');
    const [one] = bundle.wraps;
    if (one === undefined) throw new Error('no wrap');
    const stranger = { ...one, owner: (await newDevice()).signing.id };
    expect(verdict(profile, link, { ...bundle, wraps: [...bundle.wraps, stranger] })).toBe('bad-recipients');
    expect(verdict(profile, link, { ...bundle, wraps: bundle.wraps.with(0, stranger) })).toBe('bad-recipients');
    const earlier = { ...one, epoch: one.epoch - 1 };
    expect(verdict(profile, link, { ...bundle, wraps: bundle.wraps.with(0, earlier) })).toBe('bad-recipients');
  });

  it('when a rotation lacks an active device or contains a removed one', async () => {
    const second = await newDevice();
    const before = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const { profile, first, epochKeys, kemKeys } = before;
    const removal = { profile, device: second.signing.id, heads: emptyHeads(profile), epochKeys, kemKeys };
    const removed = await makeRemoveDevice({ ...removal, signer: first.signing, nowSeconds: NOW });
    const account = withLink(before, removed);
    const { profile: after, link, bundle } = await bundleAt(account, 2);
    const withoutFirst = bundle.wraps.filter(({ owner }) => owner !== first.signing.id);
    expect(verdict(after, link, { ...bundle, wraps: withoutFirst })).toBe('bad-recipients');
    const [one] = bundle.wraps;
    if (one === undefined) throw new Error('no wrap');
    const kept = [...bundle.wraps, { ...one, owner: second.signing.id }];
    expect(verdict(after, link, { ...bundle, wraps: kept })).toBe('bad-recipients');
    const { previous } = bundle;
    const [sealed, next] = previous;
    if (sealed === undefined || next === undefined) throw new Error('no keys of epochs before');
    const wrong = [
      previous.slice(1),
      previous.with(0, { ...sealed, epoch: 3, previousEpoch: 2 }),
      previous.with(0, { ...sealed, previousEpoch: 0 }),
    ];
    for (const list of wrong) expect(verdict(after, link, { ...bundle, previous: list })).toBe('bad-previous');
    expect(verdict(after, link, { ...bundle, previous: previous.with(1, sealed) })).toBe('malformed');
  });

  it('when it is larger than one may be, newer, out of order, or says something twice', async () => {
    const { profile, link, bundle } = await withSecond();
    const written = (bytes: Uint8Array): unknown => checkBundle(profile, { ...link, bundle: hash32Of(bytes) }, bytes);
    const wraps = bundle.wraps.map((one) => [sequenceIdBytes(one.sequence), one.epoch, fromHex(one.owner), one.wrap]);
    const keys = bundle.kemKeys.map(({ owner, key }) => [fromHex(owner), key]);
    expect(written(encodeCbor([1, keys, wraps, []]))).toMatchObject({ ok: true });
    const malformed: readonly CborValue[] = [
      [1, keys, wraps.toReversed(), []],
      [1, keys, [...wraps, ...wraps.slice(-1)], []],
      [1, [...keys, ...keys], wraps, []],
      [1, keys, wraps],
      [0, keys, wraps, []],
    ];
    for (const one of malformed) expect(written(encodeCbor(one))).toEqual({ ok: false, error: 'malformed' });
    expect(written(encodeCbor([2, []]))).toEqual({ ok: false, error: 'newer' });
    const large = Array.from({ length: 900 }, (_, index): CborValue => {
      const owner = new Uint8Array(32);
      new DataView(owner.buffer).setUint16(0, index);
      return [new Uint8Array(16), 1, owner, new Uint8Array(1_168)];
    });
    expect(encodeCbor([1, keys, large, []]).length).toBeGreaterThan(CHAIN_LIMITS.bundleMaxBytes);
    expect(written(encodeCbor([1, keys, large, []]))).toEqual({ ok: false, error: 'malformed' });
    expect(written(encodeCbor([1, keys, large.slice(100), []]))).toEqual({ ok: false, error: 'bad-recipients' });
  });

  it('when it brings the key of an epoch before where none is begun', async () => {
    const { profile, link, bundle } = await withSecond();
    const [one] = bundle.wraps;
    if (one === undefined) throw new Error('no wrap');
    const previous = [{ sequence: one.sequence, epoch: 1, previousEpoch: 0, sealed: new Uint8Array(60) }];
    expect(verdict(profile, link, { ...bundle, previous })).toBe('bad-previous');
  });

  it('[SEC-82] in the part that seals another key as that of the epoch before', async () => {
    const account = await newAccount();
    const { profile, first, epochKeys, kemKeys } = account;
    const [sequence] = profile.sequences.keys();
    if (sequence === undefined) throw new Error('no sequences');
    const rotation = { profile, admin: first.signing, sequences: [sequence], heads: emptyHeads(profile), kemKeys };
    const right = await makeRotate({ ...rotation, epochKeys, nowSeconds: NOW });
    const another = new Map([[sequence, newEpochKey()]]);
    const wrong = await makeRotate({ ...rotation, epochKeys: another, nowSeconds: NOW });
    const epochsKnown = async (made: typeof right): Promise<readonly number[]> => {
      const { profile: after, bundle } = await bundleAt(withLink(account, made), 1);
      const newest = made.epochKeys.get(sequence);
      if (newest === undefined) throw new Error('no key');
      const keys = new Map([[sequence, new Map([[2, newest]])]]);
      return [...((await openHistory(keys, { profile: after, bundles: [bundle] })).get(sequence)?.keys() ?? [])];
    };
    expect(await epochsKnown(right)).toEqual([2, 1]);
    expect(await epochsKnown(wrong)).toEqual([2]);
  });

  it('[SEC-82] when a wrap holds a key that the chain does not state, whoever made it', async () => {
    const { account, profile, link, bundle } = await withSecond();
    const second = [...account.profile.devices.keys()].at(-1);
    const device = await newDevice();
    const [one] = bundle.wraps;
    if (one === undefined || second === undefined) throw new Error('no wrap');
    const known = newEpochKey();
    const context = {
      account: profile.account,
      sequence: one.sequence,
      epoch: one.epoch,
      owner: device.signing.id,
      previousLink: link.previous,
    };
    const wrap = await wrapEpochKey(device.kem.publicKey, known, context);
    const forged: Bundle = { ...bundle, wraps: [{ ...one, owner: device.signing.id, wrap }] };
    const of = { profile, previousLink: link.previous, owner: device.signing.id, kem: device.kem };
    expect(await openBundle(new Map(), { ...of, bundle: forged })).toEqual({ ok: false, error: 'wrong-key' });
  });

  it('[SEC-82] when a wrap was made for another device, catalog, epoch or link', async () => {
    const { account, profile, link } = await withSecond();
    const first = account.first;
    const { bundle } = await bundleAt(account, 0);
    const begun = await placeAt(account, 0);
    const mine = bundle.wraps.filter(({ owner }) => owner === first.signing.id);
    const [one, other] = mine;
    if (one === undefined || other === undefined) throw new Error('no wraps');
    const of = { profile: begun.profile, owner: first.signing.id, kem: first.kem };
    const swapped: Bundle = { ...bundle, wraps: [{ ...one, wrap: other.wrap }] };
    const previousLink = begun.link.previous;
    expect(await openBundle(new Map(), { ...of, previousLink, bundle: swapped })).toEqual({
      ok: false,
      error: 'wrong-key',
    });
    const right: Bundle = { ...bundle, wraps: [one] };
    expect((await openBundle(new Map(), { ...of, previousLink, bundle: right })).ok).toBe(true);
    const elsewhere = await openBundle(new Map(), { ...of, profile, previousLink: link.previous, bundle: right });
    expect(elsewhere).toEqual({ ok: false, error: 'wrong-key' });
  });
});

it('a chain is the same after a restart, link by link', async () => {
  const account = await withDevice(await newAccount(), await newDevice(), ORDINARY_ROLES);
  const first = await verifyChain(account.profile.account, account.links.slice(0, 1));
  if (!first.ok) throw new Error(first.error);
  expect(await extendProfile(first.value, account.links[1] ?? new Uint8Array())).toEqual({
    ok: true,
    value: account.profile,
  });
});
