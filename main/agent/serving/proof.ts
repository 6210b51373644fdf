import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Redacted } from '@endymail/shared/result';

/**
 * How two processes show each other that they can read a file that only the owner can: the token in it is the key of an
 * HMAC-SHA-256 over what both have drawn. Each names its side, so that nobody's proof can be given back to them; both
 * nonces are in it, so that none serves twice.
 */
export type Side = 'serving' | 'client';

/** Of the token and of each nonce. */
export const SECRET_BYTES = 32;

export type Token = Redacted<Buffer>;

export interface Nonces {
  readonly serving: Uint8Array;
  readonly client: Uint8Array;
}

export const newToken = (): Token => new Redacted(randomBytes(SECRET_BYTES));

export const newNonce = (): Uint8Array => Uint8Array.from(randomBytes(SECRET_BYTES));

/** The proof of this side. */
export function proofOf(side: Side, token: Token, { serving, client }: Nonces): Uint8Array {
  const mac = createHmac('sha256', token.reveal());
  // All parts have a fixed length but the first, which ends with a byte that is in none of its values.
  return Uint8Array.from(mac.update(`endymail agent 1 ${side}\0`).update(serving).update(client).digest());
}

/** Compares in a time that tells nothing. */
export function isProofOf(side: Side, token: Token, nonces: Nonces, given: Uint8Array): boolean {
  const expected = proofOf(side, token, nonces);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
