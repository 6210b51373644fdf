import { concatBytes, fromHex, toHex } from './bytes.ts';
import { sha256 } from './digest.ts';

/** A signing key, and the device that has it: SHA-256 of its SubjectPublicKeyInfo, as lower-case hex. */
export type KeyId = string & { readonly __keyId: true };

/** 32 bytes of SHA-256, as lower-case hex. */
export type Hash32 = string & { readonly __hash32: true };

/** The 16 random bytes that name a sequence, as lower-case hex. */
export type SequenceId = string & { readonly __sequenceId: true };

/** The 64-byte content digest of an account's root key (see udf.ts), as lower-case hex. */
export type AccountId = string & { readonly __accountId: true };

const HASH_BYTES = 32;
const SEQUENCE_BYTES = 16;
const ACCOUNT_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;

/** RFC 8410 §4: SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING } around the 32 bytes of an Ed25519 key. */
const SPKI_PREFIX = fromHex('302a300506032b6570032100');

/** The SubjectPublicKeyInfo (RFC 8410) of an Ed25519 key of 32 bytes. Throws on another length. */
export function publicKeyInfo(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError('An Ed25519 key has 32 bytes');
  return concatBytes(SPKI_PREFIX, publicKey);
}

const hexOf = (value: unknown, bytes: number): string | null =>
  value instanceof Uint8Array && value.length === bytes ? toHex(value) : null;

/** The id of an Ed25519 key of 32 bytes. Throws on another length. */
export const keyIdOf = (publicKey: Uint8Array): KeyId => toHex(sha256(publicKeyInfo(publicKey))) as KeyId;

/** SHA-256 of `bytes`. */
export const hash32Of = (bytes: Uint8Array): Hash32 => toHex(sha256(bytes)) as Hash32;

// The four below take what stands in a decoded payload, and give null for all that is not so many bytes.
export const parseKeyId = (value: unknown): KeyId | null => hexOf(value, HASH_BYTES) as KeyId | null;
export const parseHash32 = (value: unknown): Hash32 | null => hexOf(value, HASH_BYTES) as Hash32 | null;
export const parseSequenceId = (value: unknown): SequenceId | null => hexOf(value, SEQUENCE_BYTES) as SequenceId | null;
export const parseAccountId = (value: unknown): AccountId | null => hexOf(value, ACCOUNT_BYTES) as AccountId | null;

// The bytes of an id, as they go over the wire.
export const keyIdBytes = (id: KeyId): Uint8Array => fromHex(id);
export const hash32Bytes = (hash: Hash32): Uint8Array => fromHex(hash);
export const sequenceIdBytes = (id: SequenceId): Uint8Array => fromHex(id);
export const accountIdBytes = (id: AccountId): Uint8Array => fromHex(id);
