import * as noble from '@noble/hashes/utils.js';

/** The parts one behind the other, as new bytes. */
export const concatBytes: (...parts: Uint8Array[]) => Uint8Array = noble.concatBytes;

const HEX_DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** So many bytes at once, as each of their digits is a parameter. */
const HEX_BLOCK_BYTES = 4_096;

/**
 * Lower-case hex. Made in one piece: a text that grew digit by digit is kept by the engine as a tree of its parts, which
 * takes some twenty times the memory, and tens of thousands of hashes are kept.
 */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length > HEX_BLOCK_BYTES) {
    return toHex(bytes.subarray(0, HEX_BLOCK_BYTES)) + toHex(bytes.subarray(HEX_BLOCK_BYTES));
  }
  const digits: number[] = [];
  for (const byte of bytes) digits.push(HEX_DIGITS[byte >> 4] ?? 0, HEX_DIGITS[byte & 0xf] ?? 0);
  return String.fromCharCode(...digits);
}

/** The bytes that are written in hex. Throws on what is no hex: it is for ids and constants, not for what comes in. */
export const fromHex: (hex: string) => Uint8Array = noble.hexToBytes;

/** Whether two byte strings are the same, in a time that depends on their lengths alone. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  // By the index, as whatever is read passes here: an iterator takes six times as long.
  for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

// RFC 4648 §5
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]));
const LETTER_BITS = 6;
const BYTE_BITS = 8;

/** `bytes` in base64url (RFC 4648 §5) without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << BYTE_BITS) | byte;
    heldBits += BYTE_BITS;
    while (heldBits >= LETTER_BITS) {
      heldBits -= LETTER_BITS;
      text += ALPHABET.charAt(held >> heldBits);
      held &= (1 << heldBits) - 1;
    }
  }
  return heldBits === 0 ? text : text + ALPHABET.charAt(held << (LETTER_BITS - heldBits));
}

/** The bytes whose base64url `text` is; null for every other spelling of them (padding, other letters, spare bits). */
export function fromBase64Url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * LETTER_BITS) / BYTE_BITS));
  let held = 0;
  let heldBits = 0;
  let length = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return null;
    held = (held << LETTER_BITS) | value;
    heldBits += LETTER_BITS;
    if (heldBits >= BYTE_BITS) {
      heldBits -= BYTE_BITS;
      bytes[length] = held >> heldBits;
      length += 1;
      held &= (1 << heldBits) - 1;
    }
  }
  return heldBits < LETTER_BITS && held === 0 ? bytes : null;
}
