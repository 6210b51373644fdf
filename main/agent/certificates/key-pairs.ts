import type { webcrypto } from 'node:crypto';
import { Redacted } from '@endymail/shared/result';
import { subtle } from './crypto-provider.ts';
import type { KeyAlgorithm } from './key-and-certificate.ts';

/** A new key: SubjectPublicKeyInfo and PKCS#8, both DER. */
export interface KeyPairBytes {
  readonly publicKey: Uint8Array;
  readonly privateKey: Redacted<Uint8Array>;
}

/** How each kind of key is made and signs. */
export const KEY_PARAMETERS = Object.freeze({
  'ec-p256': Object.freeze({ name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }),
  'rsa-3072': Object.freeze({
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3_072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  }),
} satisfies Record<KeyAlgorithm, object>);

export async function generateKeyPair(algorithm: KeyAlgorithm): Promise<KeyPairBytes> {
  const pair = await subtle.generateKey(KEY_PARAMETERS[algorithm], true, ['sign', 'verify']);
  const [publicKey, privateKey] = await Promise.all([
    subtle.exportKey('spki', pair.publicKey),
    subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { publicKey: new Uint8Array(publicKey), privateKey: new Redacted(new Uint8Array(privateKey)) };
}

export function importSigningKey(
  privateKey: Redacted<Uint8Array>,
  algorithm: KeyAlgorithm,
): Promise<webcrypto.CryptoKey> {
  return subtle.importKey('pkcs8', privateKey.reveal(), KEY_PARAMETERS[algorithm], false, ['sign']);
}
