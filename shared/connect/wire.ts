import * as v from 'valibot';
import type { Head } from '../identity/index.ts';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  isCborArray,
  parseHash32,
  parseKeyId,
  parseSequenceId,
  type AccountId,
  type CborValue,
  type Hash32,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { MESSAGE_MAX_BYTES } from './limits.ts';

/** The version of every payload, and of every context. */
export const VERSION = 1;

/** `C(label, account, …)` of docs/protocol.md §1: authenticated and not sent. */
const contextOf = (label: string, account: AccountId, ...parts: readonly CborValue[]): Uint8Array =>
  encodeCbor([label, VERSION, accountIdBytes(account), ...parts]);

/** The contexts of connecting a device, each with a label of its own. */
export const CONTEXTS = Object.freeze({
  channel: (account: AccountId) => contextOf('endymail/connect', account),
  sid: (account: AccountId, core: Uint8Array) => contextOf('endymail/sid', account, core),
  invitation: (account: AccountId) => contextOf('endymail/invitation', account),
  request: (account: AccountId) => contextOf('endymail/request', account),
  step: (step: 'offer' | 'confirm' | 'answer' | 'reject', account: AccountId, request: RequestId) =>
    contextOf(`endymail/${step}`, account, hash32Bytes(request)),
  description: (account: AccountId, request: RequestId) =>
    contextOf('endymail/description', account, hash32Bytes(request)),
  sealedAnswer: (account: AccountId, request: RequestId, admin: Uint8Array) =>
    contextOf('endymail/answer', account, hash32Bytes(request), admin),
});

const HASH_BYTES = 32;

/** Exactly so many bytes. */
export const bytesOf = (length: number): v.GenericSchema<unknown, Uint8Array> =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);

/** Up to so many bytes. */
export const bytesUpTo = (length: number): v.GenericSchema<unknown, Uint8Array> =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= length);

/** A message of an exchange, or a statement in one. */
export const message = bytesUpTo(MESSAGE_MAX_BYTES);

/** A secret of exactly so many bytes. */
export const secretOf = (length: number) =>
  v.pipe(
    bytesOf(length),
    v.transform((bytes) => new Redacted(bytes)),
  );

/** A length, an index, an epoch, a time in seconds since 1970, or bits. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const version = v.literal(VERSION);

/** An id, or another value that `parse` reads. */
export const parsedBy = <T>(parse: (value: unknown) => T | null): v.GenericSchema<unknown, T> =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== null) return value;
      addIssue();
      return NEVER;
    }),
  );

export const hash32 = parsedBy(parseHash32);
export const keyId = parsedBy(parseKeyId);
export const sequenceId = parsedBy(parseSequenceId);
export const random32 = bytesOf(HASH_BYTES);

/** A head as one field of something stored. */
export const head = v.pipe(
  v.strictTuple([count, hash32]),
  v.transform(([length, hash]): Head => ({ count: length, hash })),
);

/** A head as two fields of its payload. */
export const headFields = (head: Head): readonly [number, Uint8Array] => [head.count, hash32Bytes(head.hash)];

export const headOf = (length: number, hash: Hash32): Head => ({ count: length, hash });

const isNewer = (value: unknown): boolean => typeof value === 'number' && value > VERSION;

/**
 * Reads a payload. `versionIn` finds its version, where it has one of its own beside its statement's. Errors: `newer`,
 * `malformed`.
 */
export function decodePayload<T>(
  schema: v.GenericSchema<unknown, T>,
  bytes: Uint8Array,
  versionIn: (fields: readonly CborValue[]) => unknown = () => null,
): Result<T, 'malformed' | 'newer'> {
  const value = decodeCbor(bytes);
  if (isCborArray(value) && isNewer(versionIn(value))) return err('newer');
  const parsed = v.safeParse(schema, value);
  return parsed.success ? ok(parsed.output) : err('malformed');
}

/** Reads a payload that begins with its version. */
export const decodeVersioned = <T>(
  schema: v.GenericSchema<unknown, T>,
  bytes: Uint8Array,
): Result<T, 'malformed' | 'newer'> => decodePayload(schema, bytes, ([first]) => first);
