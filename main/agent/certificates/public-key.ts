import { createPublicKey, type KeyObject } from 'node:crypto';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { KeyAlgorithm } from './key-and-certificate.ts';

const RSA_BITS = 3_072;
const RSA_EXPONENT = 65_537n;

// SubjectPublicKeyInfo of every P-256 key with an uncompressed point (RFC 5480 §2): all but the 64 bytes of the point.
const P256_HEADER = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const P256_BYTES = P256_HEADER.length + 64;

/**
 * Which of our two kinds a public key (SubjectPublicKeyInfo, DER) is. Any other kind, strength, point encoding, or an
 * encoding that is not the canonical one is refused: one key has one encoding, hence one fingerprint.
 */
export function publicKeyAlgorithm(publicKey: Uint8Array): Result<KeyAlgorithm, Failure> {
  const key = importPublicKey(publicKey);
  if (key?.asymmetricKeyType === 'ec' && isP256(publicKey)) return ok('ec-p256');
  if (key?.asymmetricKeyType === 'rsa' && isRsa3072(key, publicKey)) return ok('rsa-3072');
  return err(failure('certificate-profile', undefined, 'The key is neither EC P-256 nor RSA-3072.'));
}

// OpenSSL checks on import that a point is on its curve.
function importPublicKey(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function isP256(publicKey: Uint8Array): boolean {
  return publicKey.length === P256_BYTES && P256_HEADER.equals(publicKey.subarray(0, P256_HEADER.length));
}

function isRsa3072(key: KeyObject, publicKey: Uint8Array): boolean {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {};
  return (
    modulusLength === RSA_BITS &&
    publicExponent === RSA_EXPONENT &&
    key.export({ format: 'der', type: 'spki' }).equals(publicKey)
  );
}
