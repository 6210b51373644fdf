import { createHash } from 'node:crypto';
import path from 'node:path';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { readNssDatabase, type NssObject } from './nss-database.ts';

/** What Thunderbird's own certificate store holds; the roots that come with the program are not in it. */
export interface CertificateStore {
  readonly certificates: readonly StoredCertificate[];
}

export interface StoredCertificate {
  readonly der: Uint8Array;
  /** The nickname; null where it has none. */
  readonly label: string | null;
  /** It is a trust anchor for certificates of mail addresses. */
  readonly trustedForMail: boolean;
  readonly hasPrivateKey: boolean;
}

/**
 * Reads the certificate store of a profile (`cert9.db`, `key4.db`), while Thunderbird runs too. A profile without one
 * has no certificates. Private keys are not read, only whether they are there.
 * Errors: `profile-unreadable`, `profile-malformed`.
 */
export function readCertificateStore(profilePath: string): Promise<Result<CertificateStore, Failure>> {
  return Promise.resolve(readStore(profilePath));
}

function readStore(profilePath: string): Result<CertificateStore, Failure> {
  const objects = readNssDatabase(path.join(profilePath, 'cert9.db'), 'nssPublic', (database) =>
    database.objects([ATTRIBUTE.class, ATTRIBUTE.value, ATTRIBUTE.label, ATTRIBUTE.id, ...TRUST_ATTRIBUTES]),
  );
  if (!objects.ok) return objects;
  const keys = readNssDatabase(path.join(profilePath, 'key4.db'), 'nssPrivate', (database) =>
    database.objects([ATTRIBUTE.class, ATTRIBUTE.id]),
  );
  if (!keys.ok) return keys;
  const keyIds = new Set(
    (keys.value ?? []).filter((key) => ulong(key, ATTRIBUTE.class) === CLASS.privateKey).map((key) => hexId(key)),
  );
  const trust = trustTable(objects.value ?? []);
  const certificates = (objects.value ?? []).flatMap((object): StoredCertificate[] => {
    const der = object.get(ATTRIBUTE.value);
    if (ulong(object, ATTRIBUTE.class) !== CLASS.certificate || der === undefined || der.length === 0) return [];
    const id = hexId(object);
    return [
      {
        der,
        label: labelOf(object),
        trustedForMail: trust(object, der),
        hasPrivateKey: id !== '' && keyIds.has(id),
      },
    ];
  });
  return ok({ certificates });
}

/** PKCS #11 object classes. `trust` came with version 3.2; `nssTrust` is what NSS had of its own before (pkcs11n.h). */
const CLASS = Object.freeze({ certificate: 0x01, privateKey: 0x03, trust: 0x0b, nssTrust: 0xce534353 });

/** PKCS #11 attributes, and NSS' own (pkcs11n.h: CKA_NSS_TRUST_BASE is 0xce536350). */
const ATTRIBUTE = Object.freeze({
  class: 0x00,
  label: 0x03,
  value: 0x11,
  issuer: 0x81,
  serial: 0x82,
  id: 0x102,
  trustForMail: 0x62f,
  hashOfCertificate: 0x635,
  hashAlgorithm: 0x8c,
  nssTrustForMail: 0xce53635b,
  nssSha1OfCertificate: 0xce5363b4,
});

const TRUST_ATTRIBUTES = [
  ATTRIBUTE.issuer,
  ATTRIBUTE.serial,
  ATTRIBUTE.trustForMail,
  ATTRIBUTE.hashOfCertificate,
  ATTRIBUTE.hashAlgorithm,
  ATTRIBUTE.nssTrustForMail,
  ATTRIBUTE.nssSha1OfCertificate,
];

/** PKCS #11 3.2, CKT_TRUST_ANCHOR. */
const TRUST_ANCHOR = 2;
/** pkcs11n.h, CKT_NSS_TRUSTED_DELEGATOR: what certutil calls C. */
const NSS_TRUSTED_DELEGATOR = 0xce534352;
/** PKCS #11 CKM_SHA256: the hash that NSS names a certificate by in a trust object. */
const MECHANISM_SHA256 = 0x250;

/**
 * Trust stands in objects of its own that name the certificate by issuer and serial. NSS before 3.12x (Debian 12's
 * tools) writes one form, the NSS of Thunderbird 153 the other, and a store may hold both for one certificate: then
 * Thunderbird goes by the newer form (seen: the older said trusted, the newer not; it was not trusted).
 */
function trustTable(objects: readonly NssObject[]): (certificate: NssObject, der: Uint8Array) => boolean {
  const [newer, older] = [CLASS.trust, CLASS.nssTrust].map((wanted) => {
    const found = objects.filter((object) => ulong(object, ATTRIBUTE.class) === wanted);
    return new Map(found.map((object) => [issuerAndSerial(object), object]));
  });
  return (certificate, der) => {
    const name = issuerAndSerial(certificate);
    const now = newer?.get(name);
    if (now !== undefined) {
      return (
        ulong(now, ATTRIBUTE.trustForMail) === TRUST_ANCHOR && isOf(now, der, 'sha256', ATTRIBUTE.hashOfCertificate)
      );
    }
    const before = older?.get(name);
    return (
      before !== undefined &&
      ulong(before, ATTRIBUTE.nssTrustForMail) === NSS_TRUSTED_DELEGATOR &&
      isOf(before, der, 'sha1', ATTRIBUTE.nssSha1OfCertificate)
    );
  };
}

/** A trust object that carries the hash of another certificate of this issuer and serial does not hold for this one. */
function isOf(trust: NssObject, der: Uint8Array, algorithm: 'sha256' | 'sha1', attribute: number): boolean {
  const hash = trust.get(attribute);
  if (hash === undefined) return true;
  if (algorithm === 'sha256' && ulong(trust, ATTRIBUTE.hashAlgorithm) !== MECHANISM_SHA256) return true;
  return createHash(algorithm).update(der).digest().equals(hash);
}

/** sdb.c stores a CK_ULONG as four bytes, big-endian. */
function ulong(object: NssObject, attribute: number): number | null {
  const bytes = object.get(attribute);
  return bytes?.length === 4 ? Buffer.from(bytes).readUInt32BE() : null;
}

const hexOf = (object: NssObject, attribute: number): string =>
  Buffer.from(object.get(attribute) ?? new Uint8Array()).toString('hex');

const hexId = (object: NssObject): string => hexOf(object, ATTRIBUTE.id);

const issuerAndSerial = (object: NssObject): string =>
  `${hexOf(object, ATTRIBUTE.issuer)} ${hexOf(object, ATTRIBUTE.serial)}`;

function labelOf(object: NssObject): string | null {
  const label = Buffer.from(object.get(ATTRIBUTE.label) ?? new Uint8Array()).toString('utf8');
  return label === '' ? null : label;
}
