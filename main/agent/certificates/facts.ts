import { createHash, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Name } from '@peculiar/asn1-x509';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { messageOf } from '../../files/system-error.ts';
import { derElements, type DerElement } from './der.ts';
import { OID_COMMON_NAME } from './distinguished-names.ts';
import { keyFingerprint } from './fingerprint.ts';
import { CERTIFICATE_MAX_BYTES } from './limits.ts';

/** What a certificate says of itself. The bytes are those that stand in it. */
export interface CertificateFacts {
  /** Content bytes of the INTEGER, with the leading zero if there is one. */
  readonly serial: Uint8Array;
  /** The same in lower-case hex. */
  readonly serialHex: string;
  /** Name, DER. */
  readonly issuer: Uint8Array;
  /** Name, DER. */
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Empty when the subject has none. */
  readonly commonName: string;
}

/** Reads a certificate of anybody's. It is only taken apart: nothing in it is checked. Errors: `certificate-profile`. */
export function parseCertificate(der: Uint8Array): Result<CertificateFacts, Failure> {
  if (der.length > CERTIFICATE_MAX_BYTES) return unreadable('It is larger than a certificate of a mailbox can be.');
  const fields = tbsFields(der);
  if (fields === null) return unreadable('It is not a version 3 certificate in DER.');
  try {
    const { validFromDate: notBefore, validToDate: notAfter } = new X509Certificate(der);
    if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return unreadable('It has no validity.');
    return ok({
      serial: fields.serial.content,
      serialHex: Buffer.from(fields.serial.content).toString('hex'),
      issuer: fields.issuer.whole,
      subject: fields.subject.whole,
      publicKey: fields.publicKey.whole,
      notBefore,
      notAfter,
      commonName: commonNameIn(fields.subject.whole),
    });
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

/** The first one of several. Throws when the name can not be read. */
function commonNameIn(name: Uint8Array): string {
  const attributes = AsnConvert.parse(name, Name).flatMap((relative) => [...relative]);
  return attributes.find(({ type }) => type === OID_COMMON_NAME)?.value.toString() ?? '';
}

/** One plan asks a dozen times about the same certificate, and its bytes are never changed. */
const factsOf = new WeakMap<Uint8Array, CertificateFacts>();

/** Reads a certificate that we made or checked before. */
export function certificateFacts(der: Uint8Array): CertificateFacts {
  const known = factsOf.get(der);
  if (known !== undefined) return known;
  const facts = parseCertificate(der);
  if (!facts.ok) throw new Error(`a stored certificate can not be read: ${facts.error.detail ?? facts.error.code}`);
  factsOf.set(der, facts.value);
  return facts.value;
}

/** Names a certificate: SHA-256 of its DER, lower-case hex. */
export function certificateId(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** The name of a certificate in a client's store. It holds the serial: `certutil -D` takes any one of two equal names. */
export function certificateNickname(der: Uint8Array): string {
  return `endymail-${certificateFacts(der).serialHex}`;
}

/** What two people compare: the whole SHA-256 of the CA's key, base32 in groups of four, as in `ABCD-EFGH-…`. */
export function authorityFingerprint(der: Uint8Array): string {
  return keyFingerprint(certificateFacts(der).publicKey).replace(/.{4}(?=.)/g, '$&-');
}

/** Whether two thirds of the validity have passed. */
export function renewalDue(der: Uint8Array, now: Date): boolean {
  const { notBefore, notAfter } = certificateFacts(der);
  const begin = notBefore.getTime();
  return now.getTime() >= begin + ((notAfter.getTime() - begin) * 2) / 3;
}

interface TbsFields {
  readonly serial: DerElement;
  readonly issuer: DerElement;
  readonly subject: DerElement;
  readonly publicKey: DerElement;
}

// RFC 5280 §4.1: version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
function tbsFields(der: Uint8Array): TbsFields | null {
  const [certificate, ...rest] = derElements(der) ?? [];
  if (certificate === undefined || rest.length > 0) return null;
  const [tbs] = derElements(certificate.content) ?? [];
  if (tbs === undefined) return null;
  const [, serial, , issuer, , subject, publicKey] = derElements(tbs.content) ?? [];
  return serial && issuer && subject && publicKey ? { serial, issuer, subject, publicKey } : null;
}

function unreadable(detail: string): Result<never, Failure> {
  return err(failure('certificate-profile', 'A certificate could not be read. It was not used.', detail));
}
