import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import { concatBytes, equalBytes } from './bytes.ts';
import { hmacSha512, sha512 } from './digest.ts';
import { randomBytes, utf8 } from './engine.ts';

// CPACE-RISTR255-SHA512 of draft-irtf-cfrg-cpace, working copy of 2026-04-23, which the known answers are from.

/** Bytes of a CPace share: an encoded element of ristretto255. */
export const CPACE_SHARE_BYTES = 32;

const DOMAIN = utf8('CPaceRistretto255');
const DOMAIN_OF_KEY = utf8('CPaceRistretto255_ISK');
const DOMAIN_OF_MAC = utf8('CPaceMac');

/** The input block of SHA-512. The password fills one with zeros, so that its length does not show in the time. */
const HASH_BLOCK_BYTES = 128;

/** Twice the length of a scalar, so that what is left of the reduction is 2^-250 away from uniform. */
const WIDE_SCALAR_BYTES = 64;

const { Point } = ristretto255;
const { Fn } = Point;
type Element = ReturnType<typeof Point.fromBytes>;

/** What both sides must hold alike. */
export interface CpaceInput {
  /** The low-entropy secret, as bytes. */
  readonly password: Redacted<Uint8Array>;
  /** The draft's CI: what both know of the channel. */
  readonly channel: Uint8Array;
  /** Another one for every exchange. */
  readonly sid: Uint8Array;
}

/** What one side sends: its share, and data that is authenticated with it. */
export interface CpaceMessage {
  readonly share: Uint8Array;
  readonly associatedData: Uint8Array;
}

/**
 * Makes this side's share. The scalar is the side's secret until `cpaceFinish`; it goes into one exchange only.
 * `scalar` (32 bytes, little-endian, from 1 to the group's order less 1) is for known answers and for a side that
 * goes on after a restart; anything else throws.
 */
export function cpaceShare(
  input: CpaceInput,
  scalar: Redacted<Uint8Array> = newScalar(),
): { scalar: Redacted<Uint8Array>; share: Uint8Array } {
  return { scalar, share: generator(input).multiply(numberOf(scalar)).toBytes() };
}

/**
 * Ends the exchange on one side: gives the draft's ISK (64 bytes), which the two sides have alike only when password,
 * channel, sid and both messages were alike. It proves nothing until the other side's `cpaceMac` over it was seen.
 * Error `bad-share`: the other side's share is no element, is the identity, or is this side's own come back.
 */
export function cpaceFinish(exchange: {
  readonly scalar: Redacted<Uint8Array>;
  readonly sid: Uint8Array;
  readonly role: 'initiator' | 'responder';
  readonly own: CpaceMessage;
  readonly peer: CpaceMessage;
}): Result<Redacted<Uint8Array>, 'bad-share'> {
  const { sid, own, peer } = exchange;
  const element = elementOf(peer.share);
  if (element === null || equalBytes(own.share, peer.share)) return err('bad-share');
  const secret = element.multiply(numberOf(exchange.scalar)).toBytes();
  const [first, second] = exchange.role === 'initiator' ? [own, peer] : [peer, own];
  const transcript = [lvCat(first.share, first.associatedData), lvCat(second.share, second.associatedData)];
  return ok(new Redacted(sha512(concatBytes(lvCat(DOMAIN_OF_KEY, sid, secret), ...transcript))));
}

/**
 * The draft's explicit key confirmation (64 bytes) for the message of one side. A side sends the one for its own
 * message, and compares what it gets in constant time with the one for the other's.
 */
export function cpaceMac({
  isk,
  sid,
  share,
  associatedData,
}: CpaceMessage & { readonly isk: Redacted<Uint8Array>; readonly sid: Uint8Array }): Uint8Array {
  const key = sha512(concatBytes(DOMAIN_OF_MAC, sid, isk.reveal()));
  return hmacSha512(key, lvCat(share, associatedData));
}

/** The element that takes the place of the group's base, known only to who knows the password. */
function generator({ password, channel, sid }: CpaceInput): Element {
  const secret = password.reveal();
  const taken = lvCat(secret).length + lvCat(DOMAIN).length + 1;
  const zeros = new Uint8Array(Math.max(0, HASH_BLOCK_BYTES - taken));
  return elementFrom(sha512(lvCat(DOMAIN, secret, zeros, channel, sid)));
}

/** Element derivation (RFC 9496 §4.3.4) from 64 bytes. */
function elementFrom(bytes: Uint8Array): Element {
  const element = ristretto255_hasher.deriveToCurve?.(bytes);
  // The library's type is of all its groups, of which some have none.
  if (element === undefined) throw new TypeError('ristretto255 has no element derivation');
  return element;
}

function newScalar(): Redacted<Uint8Array> {
  // Little-endian as in the draft; from 1 on, since 0 would give the identity.
  const wide = randomBytes(WIDE_SCALAR_BYTES).reduceRight((number, byte) => number * 256n + BigInt(byte), 0n);
  return new Redacted(Fn.toBytes((wide % (Fn.ORDER - 1n)) + 1n));
}

/** The scalar as a number; throws unless it is 32 bytes and below the group's order. `multiply` refuses 0. */
function numberOf(scalar: Redacted<Uint8Array>): bigint {
  return Fn.fromBytes(scalar.reveal());
}

/** The element that `share` encodes; null when it encodes none, or the identity. */
function elementOf(share: Uint8Array): Element | null {
  try {
    const element = Point.fromBytes(share);
    return element.is0() ? null : element;
  } catch {
    return null;
  }
}

/** Each part behind its length, which is unsigned LEB128. */
function lvCat(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts.flatMap((part) => [leb128(part.length), part]));
}

function leb128(number: number): Uint8Array {
  const bytes: number[] = [];
  let rest = number;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
