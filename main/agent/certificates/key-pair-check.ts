import { createPrivateKey, createPublicKey } from 'node:crypto';
import { parseCertificate } from './facts.ts';
import type { KeyAndCertificate } from './key-and-certificate.ts';
import { publicKeyAlgorithm } from './public-key.ts';

/** Whether the certificate can be read, its key is one of our kinds, and the private key is the one that belongs to it. */
export function isKeyPair({ certificate, privateKey }: KeyAndCertificate): boolean {
  const facts = parseCertificate(certificate);
  if (!facts.ok || !publicKeyAlgorithm(facts.value.publicKey).ok) return false;
  try {
    const key = createPrivateKey({ key: Buffer.from(privateKey.reveal()), format: 'der', type: 'pkcs8' });
    return createPublicKey(key).export({ format: 'der', type: 'spki' }).equals(facts.value.publicKey);
  } catch {
    // OpenSSL throws on what is no key.
    return false;
  }
}
