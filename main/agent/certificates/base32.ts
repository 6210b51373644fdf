const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS_PER_CHAR = 5;

/** RFC 4648 §6, without padding: easy to read aloud, and no two letters that look alike in upper case. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let pendingBits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    pendingBits += 8;
    while (pendingBits >= BITS_PER_CHAR) {
      pendingBits -= BITS_PER_CHAR;
      text += ALPHABET.charAt((pending >> pendingBits) & 0x1f);
    }
  }
  if (pendingBits > 0) text += ALPHABET.charAt((pending << (BITS_PER_CHAR - pendingBits)) & 0x1f);
  return text;
}
