import { concatBytes, toHex } from './bytes.ts';
import { sha512 } from './digest.ts';
import { utf8 } from './engine.ts';
import { accountIdBytes, type AccountId, publicKeyInfo } from './ids.ts';

// Uniform Data Fingerprints (draft-hallambaker-mesh-udf), content digests with SHA-2-512 only.

/** A content digest: what a fingerprint is written from. */
export interface ContentDigest {
  /** The algorithm, and in steps how many zero bits the digest ends with (the draft's proof of work). */
  readonly type: number;
  /** SHA-512, 64 bytes. */
  readonly digest: Uint8Array;
}

/** What a person typed as a fingerprint: upper-case letters without hyphens. */
export interface Fingerprint {
  readonly prefix: string;
}

/** The type of a digest that ends with fewer than 20 zero bits. */
const TYPE_SHA2_512 = 96;
/** From so many zero bits at its end on, a digest's type is one higher each. */
const WORK_BITS: readonly number[] = [20, 30, 40, 50];

/** IANA's name of a SubjectPublicKeyInfo. The values differ from the reference implementation's, whose DER does. */
const KEY_CONTENT_TYPE = 'application/pkix-keyinfo';

// RFC 4648 §6
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LETTER_BITS = 5;
const BYTE_BITS = 8;
const GROUP_LETTERS = 4;

/** 28 letters, of which 8 bits are the type. */
const SHOWN_BITS = 140;
/** The draft's least precision, 128 bits, in whole letters: with fewer, another key can be found that fits. */
const TYPED_MIN_LETTERS = 26;
/** A type and 64 bytes in whole letters. */
const ALL_LETTERS = 104;

// Types 96 to 100 begin with M.
const FINGERPRINT = new RegExp(`^[Mm][A-Za-z2-7]{${TYPED_MIN_LETTERS - 1},${ALL_LETTERS - 1}}$`);
const GROUP = new RegExp(`.{${GROUP_LETTERS}}(?=.)`, 'g');

/** The digest of `data` under its content type. */
export function contentDigest(contentType: string, data: Uint8Array): ContentDigest {
  return ofDigest(sha512(concatBytes(utf8(`${contentType}:`), sha512(data))));
}

/** The fingerprint of a digest to `bits` bits, type included: 5 bits a letter, groups of four with hyphens between. */
export function udfText(digest: ContentDigest, bits = SHOWN_BITS): string {
  return letters(digest)
    .slice(0, Math.floor(bits / LETTER_BITS))
    .replace(GROUP, '$&-');
}

/** The id of the account whose root key (Ed25519, 32 bytes) this is. */
export function accountIdOf(rootPublicKey: Uint8Array): AccountId {
  return toHex(contentDigest(KEY_CONTENT_TYPE, publicKeyInfo(rootPublicKey)).digest) as AccountId;
}

/** What people see of an account: the first 28 letters of its fingerprint. */
export function fingerprintText(account: AccountId): string {
  return udfText(ofDigest(accountIdBytes(account)));
}

/**
 * Reads an account's fingerprint as a person wrote it; case, hyphens and white space do not matter. Null for fewer
 * than 26 letters, more than there are, any other character, and what begins like no account's fingerprint.
 */
export function parseFingerprint(text: string): Fingerprint | null {
  const written = text.replace(/[\s-]/g, '');
  return FINGERPRINT.test(written) ? { prefix: written.toUpperCase() } : null;
}

/** Whether `text` is this account's fingerprint, in all letters that it has. */
export function matchesFingerprint(account: AccountId, text: string): boolean {
  const fingerprint = parseFingerprint(text);
  return fingerprint !== null && letters(ofDigest(accountIdBytes(account))).startsWith(fingerprint.prefix);
}

/** The type is not sent with a digest: its zero bits say it. */
function ofDigest(digest: Uint8Array): ContentDigest {
  const zeros = trailingZeroBits(digest);
  return { type: TYPE_SHA2_512 + WORK_BITS.filter((bits) => zeros >= bits).length, digest };
}

function trailingZeroBits(bytes: Uint8Array): number {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  if (last === -1) return bytes.length * BYTE_BITS;
  const byte = bytes[last] ?? 0;
  return (bytes.length - 1 - last) * BYTE_BITS + Math.log2(byte & -byte);
}

/** Type and digest in Base32, without padding. */
function letters({ type, digest }: ContentDigest): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of [type, ...digest]) {
    held = (held << BYTE_BITS) | byte;
    heldBits += BYTE_BITS;
    for (; heldBits >= LETTER_BITS; held &= (1 << heldBits) - 1) {
      heldBits -= LETTER_BITS;
      text += ALPHABET.charAt(held >> heldBits);
    }
  }
  // 65 bytes are 104 letters with nothing left.
  return text;
}
