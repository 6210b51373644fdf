import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export { sha256, sha512 };

/**
 * HKDF-SHA-256 (RFC 5869), extract and expand: `bytes` bytes for one use, which `info` names. An empty `salt` is the
 * RFC's default, zeros.
 */
export function hkdf(key: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Uint8Array {
  return nobleHkdf(sha256, key, salt, info, bytes);
}

/** HMAC-SHA-512 (RFC 2104), 64 bytes. */
export function hmacSha512(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha512, key, message);
}
