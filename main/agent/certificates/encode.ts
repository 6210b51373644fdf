import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  Extensions,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { Redacted } from '@endymail/shared/result';
import { subtle, x509 } from './crypto-provider.ts';
import { derElement } from './der.ts';
import type { KeyAlgorithm } from './key-and-certificate.ts';
import { KEY_PARAMETERS, importSigningKey } from './key-pairs.ts';
import type { CertificateContent } from './profile.ts';

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
  { algorithm, privateKey }: Signer,
): Promise<Uint8Array> {
  const signingKey = await importSigningKey(privateKey, algorithm);
  const tbs = toBeSigned(content, issuance, algorithm);
  const raw = await subtle.sign(KEY_PARAMETERS[algorithm], signingKey, tbs);
  return signed(tbs, algorithm, algorithm === 'ec-p256' ? derSignature(raw) : raw);
}

/**
 * Encodes a certificate around a signature that somebody else made: what the profile makes of this content.
 * `signature` as it stands in the certificate. Throws when it is not well-formed.
 */
export function assembleCertificate(
  content: CertificateContent,
  issuance: Issuance,
  algorithm: KeyAlgorithm,
  signature: ArrayBuffer,
): Uint8Array {
  const tbs = toBeSigned(content, issuance, algorithm);
  return signed(tbs, algorithm, algorithm === 'ec-p256' ? derSignature(rawSignature(signature)) : signature);
}

/** RFC 5758 §3.2: ECDSA has no parameters. RFC 4055 §5: RSA has NULL. */
const SIGNATURE_ALGORITHMS = Object.freeze({
  'ec-p256': new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
  'rsa-3072': new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.11', parameters: null }),
} satisfies Record<KeyAlgorithm, AlgorithmIdentifier>);

/** TBSCertificate, DER. */
function toBeSigned(
  { issuer, subject, publicKey, extensions }: CertificateContent,
  { serial, notBefore, notAfter }: Issuance,
  algorithm: KeyAlgorithm,
): Uint8Array<ArrayBuffer> {
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: new Uint8Array(serial).buffer,
    signature: SIGNATURE_ALGORITHMS[algorithm],
    issuer,
    validity: new Validity({ notBefore, notAfter }),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
    extensions: new Extensions([...extensions]),
  });
  return new Uint8Array(AsnConvert.serialize(tbs));
}

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
/** X.690 §8.6.2.2: a signature is whole bytes. */
const NO_UNUSED_BITS = Uint8Array.of(0);

/** RFC 5280 §4.1, Certificate. What was signed stands in it byte for byte. */
function signed(tbs: Uint8Array, algorithm: KeyAlgorithm, signature: ArrayBuffer): Uint8Array {
  const signatureAlgorithm = new Uint8Array(AsnConvert.serialize(SIGNATURE_ALGORITHMS[algorithm]));
  return derElement(
    SEQUENCE,
    tbs,
    signatureAlgorithm,
    derElement(BIT_STRING, NO_UNUSED_BITS, new Uint8Array(signature)),
  );
}

const ecdsa = new x509.AsnEcSignatureFormatter();

/** The SEQUENCE of r and s that a certificate holds, out of the 64 bytes that WebCrypto makes. */
function derSignature(raw: ArrayBuffer): ArrayBuffer {
  const der = ecdsa.toAsnSignature(KEY_PARAMETERS['ec-p256'], raw);
  if (der === null) throw new Error('not an ECDSA signature');
  return der;
}

/** The other way round. Encoding it again shows whether it was DER. */
function rawSignature(der: ArrayBuffer): ArrayBuffer {
  const raw = ecdsa.toWebSignature(KEY_PARAMETERS['ec-p256'], der);
  if (raw === null) throw new Error('not an ECDSA signature');
  return raw;
}
