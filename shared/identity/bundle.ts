import * as v from 'valibot';
import { err, ok, type Result } from '../result/index.ts';
import {
  decodeCbor,
  encodeCbor,
  fromHex,
  hash32Of,
  isCborArray,
  sequenceIdBytes,
  toHex,
  type Hash32,
  type KeyId,
  type SequenceId,
} from '../sealing/public.ts';
import { areSorted, bytesOf, bytesUpTo, count, listUpTo, sequenceId } from './fields.ts';
import { CHAIN_LIMITS } from './limits.ts';
import type { Link } from './link.ts';
import { wasActive, type Profile } from './profile.ts';
import { hasRoles } from './roles.ts';

/** Whom a key is wrapped to: a device by its id, or recovery by the hash of its X-Wing key. */
export type Owner = KeyId | Hash32;

/** What travels beside a link: keys to wrap to, and epoch keys wrapped (docs/protocol.md §4). */
export interface Bundle {
  readonly kemKeys: readonly { readonly owner: Owner; readonly key: Uint8Array }[];
  readonly wraps: readonly Wrap[];
  readonly previous: readonly PreviousKey[];
}

export interface Wrap {
  readonly sequence: SequenceId;
  readonly epoch: number;
  readonly owner: Owner;
  /** 1,168 bytes. */
  readonly wrap: Uint8Array;
}

export interface PreviousKey {
  readonly sequence: SequenceId;
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly sealed: Uint8Array;
}

/** Why a bundle is not the one of its link. */
export type BundleFault =
  | 'malformed'
  | 'newer'
  /** Its hash is not the one in the link, or the link has none. */
  | 'other-bundle'
  /** An X-Wing key whose hash is not in the chain. */
  | 'bad-kem-key'
  /** It wraps to somebody who has no right to the key, or not to somebody who has. */
  | 'bad-recipients'
  /** The key of an epoch that was is not sealed under the next one. */
  | 'bad-previous';

const VERSION = 1;
const OWNER_BYTES = 32;
const KEM_KEY_BYTES = 1_216;
const WRAP_BYTES = 1_168;
const SEALED_KEY_MAX_BYTES = 512;
const WRAPS_MAX = 1_000;

const owner = v.pipe(
  bytesOf(OWNER_BYTES),
  // A device's id and the hash of recovery's key are both the SHA-256 of a key.
  v.transform((bytes): Owner => toHex(bytes) as Owner),
);

const bundleSchema = v.strictTuple([
  v.literal(VERSION),
  listUpTo(
    2,
    v.pipe(
      v.strictTuple([owner, bytesOf(KEM_KEY_BYTES)]),
      v.transform(([of, key]) => ({ owner: of, key })),
    ),
  ),
  listUpTo(
    WRAPS_MAX,
    v.pipe(
      v.strictTuple([sequenceId, count, owner, bytesOf(WRAP_BYTES)]),
      v.transform(([sequence, epoch, of, wrap]): Wrap => ({ sequence, epoch, owner: of, wrap })),
    ),
  ),
  listUpTo(
    CHAIN_LIMITS.sequences,
    v.pipe(
      v.strictTuple([sequenceId, count, count, bytesUpTo(SEALED_KEY_MAX_BYTES)]),
      v.transform(([sequence, epoch, previousEpoch, sealed]): PreviousKey => {
        return { sequence, epoch, previousEpoch, sealed };
      }),
    ),
  ),
]);

const wrapOrder = ({ sequence, epoch, owner: of }: Wrap): string =>
  `${sequence} ${String(epoch).padStart(16, '0')} ${of}`;

const byOrder = <T>(list: readonly T[], order: (one: T) => string): readonly T[] =>
  list.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));

/** The bytes of a bundle. Lists are put in order here. */
export function encodeBundle({ kemKeys, wraps, previous }: Bundle): Uint8Array {
  return encodeCbor([
    VERSION,
    byOrder(kemKeys, (one) => one.owner).map((one) => [fromHex(one.owner), one.key]),
    byOrder(wraps, wrapOrder).map((one) => [sequenceIdBytes(one.sequence), one.epoch, fromHex(one.owner), one.wrap]),
    byOrder(previous, (one) => one.sequence).map((one) => [
      sequenceIdBytes(one.sequence),
      one.epoch,
      one.previousEpoch,
      one.sealed,
    ]),
  ]);
}

/**
 * Reads a bundle where it is exactly the one that its link must have: bound by its hash, its keys those of the chain, its
 * recipients those with the right and nobody else. `profile`: with the link in it, as its last one or before others.
 */
export function checkBundle(profile: Profile, link: Link, bytes: Uint8Array): Result<Bundle, BundleFault> {
  if (link.bundle === null || hash32Of(bytes) !== link.bundle) return err('other-bundle');
  if (bytes.length > CHAIN_LIMITS.bundleMaxBytes) return err('malformed');
  const decoded = decodeCbor(bytes);
  if (isCborArray(decoded) && typeof decoded[0] === 'number' && decoded[0] > VERSION) return err('newer');
  const parsed = v.safeParse(bundleSchema, decoded);
  if (!parsed.success) return err('malformed');
  const [, kemKeys, wraps, previous] = parsed.output;
  const isInOrder =
    areSorted(kemKeys.map((one) => one.owner)) &&
    areSorted(wraps.map(wrapOrder)) &&
    areSorted(previous.map((one) => one.sequence));
  if (!isInOrder) return err('malformed');
  const wanted = wantedOf(profile, link);
  const areKeysRight =
    kemKeys.length === wanted.kemKeys.size &&
    kemKeys.every((one) => wanted.kemKeys.get(one.owner) === hash32Of(one.key));
  if (!areKeysRight) return err('bad-kem-key');
  const recipients = wraps.map(({ sequence, epoch, owner: of }) => `${sequence} ${String(epoch)} ${of}`);
  const areRecipientsRight =
    recipients.length === wanted.recipients.size && recipients.every((one) => wanted.recipients.has(one));
  if (!areRecipientsRight) return err('bad-recipients');
  const isHistoryThere =
    previous.length === wanted.previous.size &&
    previous.every((one) => wanted.previous.get(one.sequence) === one.epoch && one.previousEpoch === one.epoch - 1);
  return isHistoryThere ? ok({ kemKeys, wraps, previous }) : err('bad-previous');
}

interface Wanted {
  /** Whose X-Wing keys come with it, with the hash in the chain. */
  readonly kemKeys: ReadonlyMap<Owner, Hash32>;
  /** `sequence epoch owner` of every wrap. */
  readonly recipients: ReadonlySet<string>;
  /** The sequences that begin a later epoch, with that epoch. */
  readonly previous: ReadonlyMap<SequenceId, number>;
}

function wantedOf(profile: Profile, { index, body }: Link): Wanted {
  const begun = [...profile.sequences.values()].flatMap((sequence) =>
    sequence.epochs.filter(({ link }) => link === index).map(({ epoch }) => ({ sequence, epoch })),
  );
  const forAll = begun.flatMap(({ sequence, epoch }) =>
    [
      profile.recoveryKem,
      ...[...profile.devices.values()]
        .filter((device) => wasActive(device, index) && hasRoles(device.roles, sequence.roles))
        .map(({ id }) => id),
    ].map((of) => `${sequence.id} ${String(epoch)} ${of}`),
  );
  const later = begun.filter(({ epoch }) => epoch > 1).map(({ sequence, epoch }) => [sequence.id, epoch] as const);
  if (body.kind === 'replace-keys') {
    return { kemKeys: new Map([[body.device, body.kem]]), recipients: new Set(), previous: new Map() };
  }
  const added = [...profile.devices.values()].find((device) => device.addedAt === index);
  if (body.kind === 'create' && added !== undefined) {
    const kemKeys = new Map<Owner, Hash32>([
      // Not the chain's present one: it may have been replaced since.
      [added.id, body.device.kem],
      [profile.recoveryKem, profile.recoveryKem],
    ]);
    return { kemKeys, recipients: new Set(forAll), previous: new Map() };
  }
  if (body.kind === 'add-device' && added !== undefined) {
    const readable = [...profile.sequences.values()].filter(({ roles }) => hasRoles(added.roles, roles));
    const recipients = readable.map(({ id, epochs }) => `${id} ${String(epochAt(epochs, index))} ${added.id}`);
    return { kemKeys: new Map([[added.id, body.device.kem]]), recipients: new Set(recipients), previous: new Map() };
  }
  return { kemKeys: new Map(), recipients: new Set(forAll), previous: new Map(later) };
}

/** The epoch that was the present one when a link was made. */
const epochAt = (epochs: readonly { readonly epoch: number; readonly link: number }[], index: number): number =>
  epochs.findLast(({ link }) => link < index)?.epoch ?? 1;
