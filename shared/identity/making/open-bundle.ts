import { err, ok, type Redacted, type Result } from '../../result/index.ts';
import {
  keyCheck,
  openPreviousEpoch,
  unwrapEpochKey,
  type Hash32,
  type KemKey,
  type SequenceId,
} from '../../sealing/index.ts';
import type { Bundle, Owner } from '../bundle.ts';
import type { Epoch, Profile } from '../profile.ts';

/** The keys of epochs, by sequence and number. */
export type EpochKeys = ReadonlyMap<SequenceId, ReadonlyMap<number, Redacted<Uint8Array>>>;

/** `wrong-key`: what it wraps is not the key that the chain states: whoever made it lies, or it was made for another place. */
export type KeyFault = 'wrong-key';

/**
 * Opens what a bundle wraps to this owner, and adds it to the keys that are known. A key is taken only where it matches
 * the chain's key check. `profile`: with the link in it; `previousLink`: the hash of the head before the link.
 */
export async function openBundle(
  keys: EpochKeys,
  of: {
    readonly profile: Profile;
    readonly previousLink: Hash32;
    readonly bundle: Bundle;
    readonly owner: Owner;
    readonly kem: KemKey;
  },
): Promise<Result<EpochKeys, KeyFault>> {
  const { profile, bundle, owner, kem, previousLink } = of;
  const { account } = profile;
  const next = new Map([...keys].map(([sequence, known]) => [sequence, new Map(known)]));
  for (const { sequence, epoch, wrap } of bundle.wraps.filter((one) => one.owner === owner)) {
    const stated = epochIn(profile, sequence, epoch);
    if (stated === null) return err('wrong-key');
    const key = await unwrapEpochKey(kem, { account, sequence, epoch, owner, previousLink }, wrap);
    if (!key.ok || keyCheck(key.value, { account, sequence, epoch }) !== stated.keyCheck) return err('wrong-key');
    const known = next.get(sequence) ?? new Map<number, Redacted<Uint8Array>>();
    next.set(sequence, known.set(epoch, key.value));
  }
  return ok(next);
}

/**
 * Opens the keys of the epochs before, where those of the ones after are known: `bundles` are those of the chain, in any
 * order. A key that is not the one of the chain is left out, and what was written under it stays closed.
 */
export async function openHistory(
  keys: EpochKeys,
  of: { readonly profile: Profile; readonly bundles: readonly Bundle[] },
): Promise<EpochKeys> {
  const { profile, bundles } = of;
  const { account } = profile;
  const next = new Map([...keys].map(([sequence, known]) => [sequence, new Map(known)]));
  const sealed = bundles
    .flatMap(({ previous }) => previous)
    // From the present backwards: each key opens the one before it.
    .toSorted((left, right) => right.epoch - left.epoch);
  for (const { sequence, epoch, previousEpoch, sealed: bytes } of sealed) {
    const known = next.get(sequence);
    const key = known?.get(epoch);
    const stated = epochIn(profile, sequence, previousEpoch);
    if (known === undefined || key === undefined || stated === null || known.has(previousEpoch)) continue;
    const opened = await openPreviousEpoch(key, { account, sequence, epoch, previousEpoch }, bytes);
    const isRight =
      opened.ok && keyCheck(opened.value, { account, sequence, epoch: previousEpoch }) === stated.keyCheck;
    if (isRight) known.set(previousEpoch, opened.value);
  }
  return next;
}

const epochIn = (profile: Profile, sequence: SequenceId, epoch: number): Epoch | null =>
  profile.sequences.get(sequence)?.epochs.find((one) => one.epoch === epoch) ?? null;
