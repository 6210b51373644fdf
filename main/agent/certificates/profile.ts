import { createHash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_emailProtection,
  type Name,
} from '@peculiar/asn1-x509';
import type { MailAddress } from '@endymail/shared/mail';
import { derElements } from './der.ts';
import { anchorName, authorityName, mailboxName, personName } from './distinguished-names.ts';
import type { KeyAlgorithm } from './key-and-certificate.ts';

/**
 * What a certificate says, apart from serial number, validity and signature. Each of the four functions is the whole
 * profile of one kind of certificate: what is issued is made by it, and what is read is compared with it byte by byte.
 */
export interface CertificateContent {
  readonly issuer: Name;
  readonly subject: Name;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Extension[];
}

/** A mailbox's own CA: it can vouch for this mailbox and nothing else. */
export function mailboxAuthorityContent(o: { publicKey: Uint8Array; address: MailAddress }): CertificateContent {
  const name = authorityName(o.publicKey);
  return { issuer: name, subject: name, publicKey: o.publicKey, extensions: mailboxAuthorityExtensions(o) };
}

/** What a person signs and is encrypted to with. */
export function mailboxCertificateContent(o: {
  publicKey: Uint8Array;
  algorithm: KeyAlgorithm;
  authorityKey: Uint8Array;
  address: MailAddress;
  /** Clean already (display-name.ts). */
  name: string;
}): CertificateContent {
  return {
    issuer: authorityName(o.authorityKey),
    subject: personName(o.address, o.name),
    publicKey: o.publicKey,
    extensions: [
      critical(id_ce_basicConstraints, new BasicConstraints()),
      critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature | KEY_USE[o.algorithm])),
      emailProtection(),
      plain(id_ce_subjectAltName, new SubjectAlternativeName([new GeneralName({ rfc822Name: o.address })])),
      subjectKeyIdentifier(o.publicKey),
      authorityKeyIdentifier(o.authorityKey),
    ],
  };
}

/** The device's own CA, the only one that it trusts for correspondents. It has no mailbox, so it has no permitted names. */
export function anchorContent(publicKey: Uint8Array): CertificateContent {
  const name = anchorName(publicKey);
  return {
    issuer: name,
    subject: name,
    publicKey,
    extensions: [
      ...authorityUses(1),
      nameConstraints(new NameConstraints({ excludedSubtrees: everyHost() })),
      subjectKeyIdentifier(publicKey),
    ],
  };
}

/** The anchor's word for a correspondent's CA: same name and key as that CA, our constraints, our signature. */
export function crossCertificateContent(o: {
  publicKey: Uint8Array;
  anchorKey: Uint8Array;
  address: MailAddress;
}): CertificateContent {
  return {
    issuer: anchorName(o.anchorKey),
    subject: authorityName(o.publicKey),
    publicKey: o.publicKey,
    extensions: [...mailboxAuthorityExtensions(o), authorityKeyIdentifier(o.anchorKey)],
  };
}

const KEY_USE = Object.freeze({
  'ec-p256': KeyUsageFlags.keyAgreement,
  'rsa-3072': KeyUsageFlags.keyEncipherment,
} satisfies Record<KeyAlgorithm, KeyUsageFlags>);

function mailboxAuthorityExtensions(o: { publicKey: Uint8Array; address: MailAddress }): Extension[] {
  // The mailbox form of the constraint: the host form would permit every local part. RFC 5280 §4.2.1.10.
  const permittedSubtrees = new GeneralSubtrees([
    new GeneralSubtree({ base: new GeneralName({ rfc822Name: o.address }) }),
    new GeneralSubtree({ base: new GeneralName({ directoryName: mailboxName(o.address) }) }),
  ]);
  return [
    ...authorityUses(0),
    nameConstraints(new NameConstraints({ permittedSubtrees, excludedSubtrees: everyHost() })),
    subjectKeyIdentifier(o.publicKey),
  ];
}

function authorityUses(pathLenConstraint: number): Extension[] {
  return [
    critical(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint })),
    critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
    emailProtection(),
  ];
}

function emailProtection(): Extension {
  return plain(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_emailProtection]));
}

function nameConstraints(constraints: NameConstraints): Extension {
  return critical(id_ce_nameConstraints, constraints);
}

function everyHost(): GeneralSubtrees {
  return new GeneralSubtrees([
    new GeneralSubtree({ base: new GeneralName({ dNSName: '' }) }),
    new GeneralSubtree({ base: new GeneralName({ iPAddress: '0.0.0.0/0' }) }),
    new GeneralSubtree({ base: new GeneralName({ iPAddress: '::/0' }) }),
  ]);
}

function subjectKeyIdentifier(publicKey: Uint8Array): Extension {
  return plain(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey)));
}

function authorityKeyIdentifier(publicKey: Uint8Array): Extension {
  const keyId = new KeyIdentifier(keyIdentifier(publicKey));
  return plain(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: keyId }));
}

/** RFC 7093 §2 (1): the leftmost 160 bits of SHA-256 over the key's BIT STRING. */
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  const [info] = derElements(publicKey) ?? [];
  const [, bits] = info === undefined ? [] : (derElements(info.content) ?? []);
  if (bits === undefined) throw new Error('not a public key');
  // Behind the number of bits that are not used, which is zero in a key.
  return createHash('sha256').update(bits.content.subarray(1)).digest().subarray(0, 20);
}

function critical(extnID: string, value: object): Extension {
  return new Extension({ extnID, critical: true, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function plain(extnID: string, value: object): Extension {
  return new Extension({ extnID, extnValue: new OctetString(AsnConvert.serialize(value)) });
}
