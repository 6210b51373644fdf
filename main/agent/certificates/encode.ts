import { x509 } from './crypto-provider.ts';
import type { KeyAlgorithm } from './key-and-certificate.ts';
import { KEY_PARAMETERS, importSigningKey } from './key-pairs.ts';
import type { CertificateContent } from './profile.ts';
import type { Redacted } from '@endymail/shared/result';

/** What is in a certificate beside its content and its signature. */
export interface Issuance {
  /** Content bytes of the INTEGER. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Who signs. */
export interface Signer {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: Redacted<Uint8Array>;
}

/** Encodes and signs a certificate. Returns DER. */
export async function signCertificate(
  content: CertificateContent,
  issuance: Issuance,
  signer: Signer,
): Promise<Uint8Array> {
  const signingKey = await importSigningKey(signer.privateKey, signer.algorithm);
  const { hash } = KEY_PARAMETERS[signer.algorithm];
  const certificate = await x509.X509CertificateGenerator.create({
    ...parameters(content, issuance),
    signingKey,
    signingAlgorithm: { name: signingKey.algorithm.name, hash },
  });
  return new Uint8Array(certificate.rawData);
}

/**
 * Encodes a certificate around a signature that somebody else made: what the profile makes of this content.
 * `signature` as it stands in the certificate. Throws when it is not well-formed.
 */
export async function assembleCertificate(
  content: CertificateContent,
  issuance: Issuance,
  algorithm: KeyAlgorithm,
  signature: ArrayBuffer,
): Promise<Uint8Array> {
  const { name, hash } = KEY_PARAMETERS[algorithm];
  const certificate = await x509.X509CertificateGenerator.create({
    ...parameters(content, issuance),
    signature: algorithm === 'ec-p256' ? rawSignature(signature) : signature,
    signingAlgorithm: { name, hash },
  });
  return new Uint8Array(certificate.rawData);
}

function parameters(content: CertificateContent, { serial, notBefore, notAfter }: Issuance) {
  return {
    serialNumber: Buffer.from(serial).toString('hex'),
    issuer: new x509.Name(content.issuer),
    subject: new x509.Name(content.subject),
    notBefore,
    notAfter,
    publicKey: new Uint8Array(content.publicKey),
    extensions: [...content.extensions],
  };
}

/** r and s of P-256, 32 bytes each, out of the SEQUENCE that a certificate holds. Encoding it again shows whether it was DER. */
function rawSignature(signature: ArrayBuffer): ArrayBuffer {
  const raw = new x509.AsnEcSignatureFormatter().toWebSignature(KEY_PARAMETERS['ec-p256'], signature);
  if (raw === null) throw new Error('not an ECDSA signature');
  return raw;
}
