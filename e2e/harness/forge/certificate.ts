import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  ia5String,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  set,
  smallInteger,
  time,
  utf8String,
  type Der,
} from './der-writer.ts';

/** Everything in a certificate, each part free to be wrong. RFC 5280 §4.1. */
export interface CertificateParts {
  readonly version: Der;
  readonly serial: Der;
  readonly issuer: Der;
  readonly notBefore: Der;
  readonly notAfter: Der;
  readonly subject: Der;
  readonly publicKey: Der;
  readonly extensions: readonly Der[];
  readonly signer: KeyObject;
  readonly digest: 'sha256' | 'sha384' | 'sha1' | 'md5';
  /** Put after the extensions. */
  readonly trailer: readonly Der[];
}

/** What of it does not matter in most tests. */
export function partsFor(signer: KeyObject, now: Date, days: number) {
  const begin = Math.floor(now.getTime() / 1_000) * 1_000 - DAY_MS;
  return {
    version: context(0, smallInteger(2)),
    serial: integer(randomSerial()),
    notBefore: time(new Date(begin)),
    notAfter: time(new Date(begin + days * DAY_MS)),
    signer,
    digest: 'sha256',
    trailer: [],
  } as const;
}

/** Encodes and signs whatever it is given. Returns DER, as far as the parts are. */
export function forgeCertificate(parts: CertificateParts): Uint8Array {
  const algorithm = signatureAlgorithm(parts.signer, parts.digest);
  const tbs = sequence(
    parts.version,
    parts.serial,
    algorithm,
    parts.issuer,
    sequence(parts.notBefore, parts.notAfter),
    parts.subject,
    parts.publicKey,
    ...(parts.extensions.length > 0 ? [context(3, sequence(...parts.extensions))] : []),
    ...parts.trailer,
  );
  const digest = parts.signer.asymmetricKeyType === 'ed25519' ? null : parts.digest;
  return new Uint8Array(sequence(tbs, algorithm, bitString(sign(digest, tbs, parts.signer))));
}

/** 20 bytes, positive, without a leading zero. */
export function randomSerial(): Uint8Array {
  return Buffer.concat([Buffer.from([0x5a]), randomBytes(19)]);
}

// Names

export const OID_EMAIL_ADDRESS = '1.2.840.113549.1.9.1';
export const OID_MAIL = '0.9.2342.19200300.100.1.3';
const OID_COMMON_NAME = '2.5.4.3';

export const name = (...rdns: readonly Der[]): Der => sequence(...rdns);
export const rdn = (...attributes: readonly Der[]): Der => set(...attributes);
export const attribute = (type: string, value: Der): Der => sequence(objectIdentifier(type), value);

export const emailAddress = (address: string): Der => attribute(OID_EMAIL_ADDRESS, ia5String(address));
export const mail = (address: string): Der => attribute(OID_MAIL, ia5String(address));
export const commonName = (text: string): Der => attribute(OID_COMMON_NAME, utf8String(text));

export const rfc822Name = (address: string): Der => contextPrimitive(1, Buffer.from(address, 'latin1'));
export const dnsName = (host: string): Der => contextPrimitive(2, Buffer.from(host, 'latin1'));
export const directoryName = (directory: Der): Der => context(4, directory);
export const ipAddress = (bytes: Der): Der => contextPrimitive(7, bytes);

// Extensions

export function extension(type: string, critical: boolean, value: Der): Der {
  return sequence(objectIdentifier(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** `pathLength` null: none; `authority` false: an end entity. */
export function basicConstraints(authority: boolean, pathLength: number | null = null): Der {
  const path = pathLength === null ? [] : [smallInteger(pathLength)];
  return extension('2.5.29.19', true, authority ? sequence(boolean(true), ...path) : sequence());
}

export const KEY_CERT_SIGN_AND_CRL_SIGN = bitString(Buffer.from([0x06]), 1);
export const DIGITAL_SIGNATURE_AND_KEY_AGREEMENT = bitString(Buffer.from([0x88]), 3);
export const DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT = bitString(Buffer.from([0xa0]), 5);

export const keyUsage = (bits: Der): Der => extension('2.5.29.15', true, bits);

export const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

export const extendedKeyUsage = (...purposes: readonly string[]): Der =>
  extension('2.5.29.37', false, sequence(...purposes.map(objectIdentifier)));

export const subjectAltName = (names: readonly Der[], critical = false): Der =>
  extension('2.5.29.17', critical, sequence(...names));

export function nameConstraints(permitted: readonly Der[], excluded: readonly Der[], critical = true): Der {
  const subtrees = (number: number, bases: readonly Der[]) =>
    bases.length > 0 ? [context(number, ...bases.map((base) => sequence(base)))] : [];
  return extension('2.5.29.30', critical, sequence(...subtrees(0, permitted), ...subtrees(1, excluded)));
}

export const subjectKeyIdentifier = (publicKey: Der): Der =>
  extension('2.5.29.14', false, octetString(keyIdentifier(publicKey)));

export const authorityKeyIdentifier = (publicKey: Der): Der =>
  extension('2.5.29.35', false, sequence(contextPrimitive(0, keyIdentifier(publicKey))));

// Keys

export function newKey(kind: 'ec-p256' | 'ec-p384' | 'rsa-2048' | 'rsa-3072' | 'ed25519' = 'ec-p256'): KeyObject {
  switch (kind) {
    case 'ec-p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'ec-p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    case 'rsa-2048':
      return generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    case 'rsa-3072':
      return generateKeyPairSync('rsa', { modulusLength: 3_072 }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
  }
}

/** SubjectPublicKeyInfo, DER. */
export function publicKeyOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}

/** RFC 7093 §2 (1). The key of each kind used here is the last element of its SubjectPublicKeyInfo. */
function keyIdentifier(publicKey: Der): Der {
  const { length } = publicKey;
  const header = length === 91 ? 26 : length === 422 ? 24 : 12;
  return createHash('sha256').update(publicKey.subarray(header)).digest().subarray(0, 20);
}

const DAY_MS = 86_400_000;

function signatureAlgorithm(signer: KeyObject, digest: CertificateParts['digest']): Der {
  const ec = {
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha1: '1.2.840.10045.4.1',
    md5: '1.2.840.10045.4.1',
  };
  const rsa = {
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha1: '1.2.840.113549.1.1.5',
    md5: '1.2.840.113549.1.1.4',
  };
  if (signer.asymmetricKeyType === 'rsa') return sequence(objectIdentifier(rsa[digest]), nothing());
  return sequence(objectIdentifier(signer.asymmetricKeyType === 'ed25519' ? '1.3.101.112' : ec[digest]));
}
