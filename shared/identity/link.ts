import * as v from 'valibot';
import { err, ok, type Result } from '../result/index.ts';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  isCborArray,
  keyIdBytes,
  sequenceIdBytes,
  type AccountId,
  type CborValue,
  type Hash32,
  type KeyId,
  type SequenceId,
} from '../sealing/public.ts';
import { areSorted, bytesOf, bytesUpTo, count, hash32, keyId, listUpTo, sequenceId } from './fields.ts';
import type { Head } from './heads.ts';
import { CHAIN_LIMITS } from './limits.ts';

/** One step in the life of an account (docs/protocol.md §4), as its signer wrote it. */
export interface Link {
  readonly index: number;
  readonly previous: Hash32;
  /** Seconds since 1970, by the signer's clock. */
  readonly time: number;
  readonly body: LinkBody;
  /** SHA-256 of the bundle that travels beside it; null: there is none. */
  readonly bundle: Hash32 | null;
}

export type LinkBody =
  | {
      readonly kind: 'create';
      /** Ed25519. */
      readonly root: Uint8Array;
      readonly recoveryKem: Hash32;
      readonly sequences: readonly StatedSequence[];
      readonly device: StatedDevice;
      readonly epochs: readonly StatedEpoch[];
    }
  | { readonly kind: 'add-device'; readonly device: StatedDevice; readonly request: Hash32 | null }
  | {
      readonly kind: 'remove-device';
      readonly device: KeyId;
      /** Of every sequence: what the device appends beyond is void. */
      readonly heads: readonly StatedHead[];
      readonly epochs: readonly StatedEpoch[];
      /** Index of the link that announced it, where it was announced. */
      readonly act?: number;
    }
  | {
      readonly kind: 'change-role';
      readonly device: KeyId;
      /** 0: suspended. */
      readonly roles: number;
      readonly heads: readonly StatedHead[];
      readonly epochs: readonly StatedEpoch[];
    }
  | { readonly kind: 'announce'; readonly device: KeyId }
  /** `act`: index of the link that announced it. */
  | { readonly kind: 'cancel'; readonly act: number }
  | { readonly kind: 'replace-keys'; readonly device: KeyId; readonly kem: Hash32 }
  | { readonly kind: 'rotate'; readonly heads: readonly StatedHead[]; readonly epochs: readonly StatedEpoch[] }
  | { readonly kind: 'close' };

export interface StatedSequence {
  /** The number of a catalog. */
  readonly catalog: number;
  readonly sequence: SequenceId;
  readonly roles: number;
}

export interface StatedDevice {
  /** Ed25519. */
  readonly publicKey: Uint8Array;
  readonly kem: Hash32;
  readonly roles: number;
  /** The statement by which the device accepts its roles. */
  readonly reverse: Uint8Array;
  /** 16 bytes; null where digits were typed. */
  readonly invitation: Uint8Array | null;
}

export interface StatedHead {
  readonly sequence: SequenceId;
  readonly head: Head;
}

export interface StatedEpoch {
  readonly sequence: SequenceId;
  readonly epoch: number;
  readonly keyCheck: Hash32;
}

const VERSION = 1;
const KIND = Object.freeze({
  create: 0,
  'add-device': 1,
  'remove-device': 2,
  'replace-keys': 3,
  'change-role': 4,
  rotate: 5,
  close: 10,
  announce: 11,
  cancel: 12,
});
/** What is announced: the removal of an admin device. */
const ANNOUNCED_REMOVAL = 1;
const REVERSE_MAX_BYTES = 1_024;
const INVITATION_BYTES = 16;
const KEY_BYTES = 32;

/** What a link is signed for: an account, and being a link. */
export const linkContext = (account: AccountId): Uint8Array =>
  encodeCbor(['endymail/link', VERSION, accountIdBytes(account)]);

const device = v.pipe(
  v.strictTuple([
    bytesOf(KEY_BYTES),
    hash32,
    count,
    bytesUpTo(REVERSE_MAX_BYTES),
    v.nullable(bytesOf(INVITATION_BYTES)),
  ]),
  v.transform(([publicKey, kem, roles, reverse, invitation]): StatedDevice => ({
    publicKey,
    kem,
    roles,
    reverse,
    invitation,
  })),
);

const sequence = v.pipe(
  v.strictTuple([count, sequenceId, count]),
  v.transform(([catalog, id, roles]): StatedSequence => ({ catalog, sequence: id, roles })),
);

const heads = v.pipe(
  listUpTo(
    CHAIN_LIMITS.sequences,
    v.pipe(
      v.strictTuple([sequenceId, count, hash32]),
      v.transform(([id, number, hash]): StatedHead => ({ sequence: id, head: { count: number, hash } })),
    ),
  ),
  v.check((list) => areSorted(list.map((one) => one.sequence))),
);

const epochs = v.pipe(
  listUpTo(
    CHAIN_LIMITS.sequences,
    v.pipe(
      v.strictTuple([sequenceId, count, hash32]),
      v.transform(([id, epoch, keyCheck]): StatedEpoch => ({ sequence: id, epoch, keyCheck })),
    ),
  ),
  v.check((list) => areSorted(list.map((one) => one.sequence))),
);

const BODIES: ReadonlyMap<number, v.GenericSchema<unknown, LinkBody>> = new Map<
  number,
  v.GenericSchema<unknown, LinkBody>
>([
  [
    KIND.create,
    v.pipe(
      v.strictTuple([
        bytesOf(KEY_BYTES),
        hash32,
        v.pipe(listUpTo(CHAIN_LIMITS.sequences, sequence), v.nonEmpty()),
        device,
        epochs,
      ]),
      v.transform(([root, recoveryKem, sequences, first, list]): LinkBody => {
        return { kind: 'create', root, recoveryKem, sequences, device: first, epochs: list };
      }),
    ),
  ],
  [
    KIND['add-device'],
    v.pipe(
      v.strictTuple([device, v.nullable(hash32)]),
      v.transform(([added, request]): LinkBody => ({ kind: 'add-device', device: added, request })),
    ),
  ],
  [
    KIND['remove-device'],
    v.pipe(
      v.union([v.strictTuple([keyId, heads, epochs]), v.strictTuple([keyId, heads, epochs, count])]),
      v.transform(([id, at, next, act]): LinkBody => {
        const body: LinkBody = { kind: 'remove-device', device: id, heads: at, epochs: next };
        return act === undefined ? body : { ...body, act };
      }),
    ),
  ],
  [
    KIND['change-role'],
    v.pipe(
      v.strictTuple([keyId, count, heads, epochs]),
      v.transform(([id, roles, at, next]): LinkBody => {
        return { kind: 'change-role', device: id, roles, heads: at, epochs: next };
      }),
    ),
  ],
  [
    KIND.announce,
    v.pipe(
      v.strictTuple([v.literal(ANNOUNCED_REMOVAL), keyId]),
      v.transform(([, id]): LinkBody => ({ kind: 'announce', device: id })),
    ),
  ],
  [
    KIND.cancel,
    v.pipe(
      v.strictTuple([count]),
      v.transform(([act]): LinkBody => ({ kind: 'cancel', act })),
    ),
  ],
  [
    KIND['replace-keys'],
    v.pipe(
      v.strictTuple([keyId, hash32]),
      v.transform(([id, kem]): LinkBody => ({ kind: 'replace-keys', device: id, kem })),
    ),
  ],
  [
    KIND.rotate,
    v.pipe(
      v.strictTuple([heads, v.pipe(epochs, v.nonEmpty())]),
      v.transform(([at, next]): LinkBody => ({ kind: 'rotate', heads: at, epochs: next })),
    ),
  ],
  [
    KIND.close,
    v.pipe(
      v.strictTuple([]),
      v.transform((): LinkBody => ({ kind: 'close' })),
    ),
  ],
]);

const envelope = v.strictTuple([v.literal(VERSION), count, hash32, count, count, v.unknown(), v.nullable(hash32)]);

/** Reads the payload of a link. `newer`: a version or kind that this Endymail does not know. */
export function decodeLink(payload: Uint8Array): Result<Link, 'malformed' | 'newer'> {
  const decoded = decodeCbor(payload);
  if (isCborArray(decoded) && typeof decoded[0] === 'number' && decoded[0] > VERSION) return err('newer');
  const parsed = v.safeParse(envelope, decoded);
  if (!parsed.success) return err('malformed');
  const [, index, previous, time, kind, wire, bundle] = parsed.output;
  const schema = BODIES.get(kind);
  if (schema === undefined) return err('newer');
  const body = v.safeParse(schema, wire);
  return body.success ? ok({ index, previous, time, body: body.output, bundle }) : err('malformed');
}

/** The payload of a link. Lists are put in order here. */
export function encodeLink({ index, previous, time, body, bundle }: Link): Uint8Array {
  return encodeCbor([
    VERSION,
    index,
    hash32Bytes(previous),
    time,
    KIND[body.kind],
    bodyOnWire(body),
    bundle === null ? null : hash32Bytes(bundle),
  ]);
}

function bodyOnWire(body: LinkBody): CborValue {
  switch (body.kind) {
    case 'create':
      return [
        body.root,
        hash32Bytes(body.recoveryKem),
        body.sequences
          .toSorted((left, right) => left.catalog - right.catalog)
          .map((one) => [one.catalog, sequenceIdBytes(one.sequence), one.roles]),
        deviceOnWire(body.device),
        epochsOnWire(body.epochs),
      ];
    case 'add-device':
      return [deviceOnWire(body.device), body.request === null ? null : hash32Bytes(body.request)];
    case 'remove-device':
      return [
        keyIdBytes(body.device),
        headsOnWire(body.heads),
        epochsOnWire(body.epochs),
        ...(body.act === undefined ? [] : [body.act]),
      ];
    case 'change-role':
      return [keyIdBytes(body.device), body.roles, headsOnWire(body.heads), epochsOnWire(body.epochs)];
    case 'announce':
      return [ANNOUNCED_REMOVAL, keyIdBytes(body.device)];
    case 'cancel':
      return [body.act];
    case 'replace-keys':
      return [keyIdBytes(body.device), hash32Bytes(body.kem)];
    case 'rotate':
      return [headsOnWire(body.heads), epochsOnWire(body.epochs)];
    case 'close':
      return [];
  }
}

const deviceOnWire = (stated: StatedDevice): CborValue => [
  stated.publicKey,
  hash32Bytes(stated.kem),
  stated.roles,
  stated.reverse,
  stated.invitation,
];

const bySequence = <T extends { readonly sequence: SequenceId }>(list: readonly T[]): readonly T[] =>
  list.toSorted((left, right) => (left.sequence < right.sequence ? -1 : 1));

const headsOnWire = (list: readonly StatedHead[]): CborValue =>
  bySequence(list).map(({ sequence: id, head }) => [sequenceIdBytes(id), head.count, hash32Bytes(head.hash)]);

const epochsOnWire = (list: readonly StatedEpoch[]): CborValue =>
  bySequence(list).map(({ sequence: id, epoch, keyCheck }) => [sequenceIdBytes(id), epoch, hash32Bytes(keyCheck)]);
