import './metadata-reflection.ts';
import type { webcrypto } from 'node:crypto';
import { Crypto } from '@peculiar/webcrypto';
import * as x509 from '@peculiar/x509';

declare global {
  // The types of both libraries name these as a browser has them; Node has them under another name.
  type Algorithm = webcrypto.Algorithm;
  type AlgorithmIdentifier = webcrypto.AlgorithmIdentifier;
  type BufferSource = webcrypto.BufferSource;
  type Crypto = webcrypto.Crypto;
  type CryptoKey = webcrypto.CryptoKey;
  type CryptoKeyPair = webcrypto.CryptoKeyPair;
  type EcKeyGenParams = webcrypto.EcKeyGenParams;
  type EcdsaParams = webcrypto.EcdsaParams;
  type KeyUsage = webcrypto.KeyUsage;
  type SubtleCrypto = webcrypto.SubtleCrypto;
}

/**
 * The cryptography under every certificate: @peculiar/webcrypto, which answers on each runtime with the same set of
 * algorithms, also those that the runtime's own WebCrypto does not know (3DES, which old CMS and PKCS#12 stand on).
 * @peculiar/x509 is reached through this module alone, so that it never meets another provider.
 */
const provider = new Crypto();
x509.cryptoProvider.set(provider);

export const subtle: webcrypto.SubtleCrypto = provider.subtle;
export { x509 };
