import { createHash, type KeyObject } from 'node:crypto';
import {
  DIGITAL_SIGNATURE_AND_KEY_AGREEMENT,
  EMAIL_PROTECTION,
  KEY_CERT_SIGN_AND_CRL_SIGN,
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  directoryName,
  dnsName,
  emailAddress,
  extendedKeyUsage,
  ipAddress,
  keyUsage,
  mail,
  name,
  nameConstraints,
  partsFor,
  publicKeyOf,
  rdn,
  rfc822Name,
  subjectAltName,
  subjectKeyIdentifier,
  type CertificateParts,
} from './certificate.ts';
import type { Der } from './der-writer.ts';

/** The parts of a mailbox's CA as the profile has them, written down a second time, from its description. */
export function honestAuthority(address: string, key: KeyObject, now: Date): CertificateParts {
  const publicKey = publicKeyOf(key);
  const subject = authorityNameOf(publicKey);
  return {
    ...partsFor(key, now, 7_305),
    issuer: subject,
    subject,
    publicKey,
    extensions: Object.values(authorityExtensions(address, publicKey)),
  };
}

/** The parts of a mailbox's certificate as the profile has them (EC). */
export function honestLeaf(address: string, key: KeyObject, authority: CertificateParts, now: Date): CertificateParts {
  const publicKey = publicKeyOf(key);
  return {
    ...partsFor(authority.signer, now, 825),
    issuer: authority.subject,
    subject: name(rdn(emailAddress(address)), rdn(mail(address)), rdn(commonName('Bob Example'))),
    publicKey,
    extensions: Object.values(leafExtensions(address, publicKey, authority.publicKey)),
  };
}

/** By name and in order, so that a test can change or leave out one. */
export function authorityExtensions(address: string, publicKey: Der) {
  return {
    basicConstraints: basicConstraints(true, 0),
    keyUsage: keyUsage(KEY_CERT_SIGN_AND_CRL_SIGN),
    extendedKeyUsage: extendedKeyUsage(EMAIL_PROTECTION),
    nameConstraints: nameConstraints(permittedNames(address), excludedNames()),
    subjectKeyIdentifier: subjectKeyIdentifier(publicKey),
  };
}

export function leafExtensions(address: string, publicKey: Der, authorityKey: Der) {
  return {
    basicConstraints: basicConstraints(false),
    keyUsage: keyUsage(DIGITAL_SIGNATURE_AND_KEY_AGREEMENT),
    extendedKeyUsage: extendedKeyUsage(EMAIL_PROTECTION),
    subjectAltName: subjectAltName([rfc822Name(address)]),
    subjectKeyIdentifier: subjectKeyIdentifier(publicKey),
    authorityKeyIdentifier: authorityKeyIdentifier(authorityKey),
  };
}

export function permittedNames(address: string): Der[] {
  return [rfc822Name(address), directoryName(name(rdn(emailAddress(address)), rdn(mail(address))))];
}

export function excludedNames(): Der[] {
  return [dnsName(''), ipAddress(new Uint8Array(8)), ipAddress(new Uint8Array(32))];
}

export function authorityNameOf(publicKey: Der): Der {
  return name(rdn(commonName(`Endymail ${fingerprintOf(publicKey)}`)));
}

function fingerprintOf(publicKey: Der): string {
  const bits = Array.from(createHash('sha256').update(publicKey).digest(), (byte) => byte.toString(2).padStart(8, '0'));
  const groups = bits.join('').padEnd(260, '0').match(/.{5}/g) ?? [];
  return groups.map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(parseInt(group, 2))).join('');
}
