import { createHash } from 'node:crypto';
import { base32 } from './base32.ts';

/** SHA-256 over the SubjectPublicKeyInfo (DER), whole, in base32: 52 characters. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return base32(createHash('sha256').update(publicKey).digest());
}
