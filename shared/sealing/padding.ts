import { concatBytes } from './bytes.ts';

/** Sizes of padded plain texts, so that a ciphertext tells little of what is in it. */
const SIZES: readonly number[] = [256, 512, 768, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
const SIZE_MAX = 65_536;

/** Bytes of the length in front, big-endian. */
const LENGTH_BYTES = 4;

/** The most bytes that can be padded. */
export const CONTENT_MAX_BYTES = SIZE_MAX - LENGTH_BYTES;

/**
 * `length ‖ content ‖ zeros`, padded to the next size. `atLeastBytes` is the size below which the result must not come
 * to lie (a deletion is as large as what it deletes). Throws when there is no such size.
 */
export function padded(content: Uint8Array, atLeastBytes = 0): Uint8Array {
  const needed = Math.max(LENGTH_BYTES + content.length, atLeastBytes);
  const size = SIZES.find((candidate) => candidate >= needed);
  if (size === undefined) throw new RangeError(`Not more than ${CONTENT_MAX_BYTES} bytes can be padded`);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, content.length);
  bytes.set(content, LENGTH_BYTES);
  return bytes;
}

/** The content of a padded plain text; null for a size that is none, a length that does not fit, and other padding. */
export function unpadded(plaintext: Uint8Array): Uint8Array | null {
  if (!SIZES.includes(plaintext.length)) return null;
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (end > plaintext.length || plaintext.subarray(end).some((byte) => byte !== 0)) return null;
  return concatBytes(plaintext.subarray(LENGTH_BYTES, end));
}
