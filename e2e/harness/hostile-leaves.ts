import { createPrivateKey, type KeyObject } from 'node:crypto';
import { certificateFacts, type KeyAndCertificate } from '@endymail/main/agent/certificates';
import type { MailAddress } from '@endymail/shared/mail';
import { Redacted } from '@endymail/shared/result';
import {
  EMAIL_PROTECTION,
  KEY_CERT_SIGN_AND_CRL_SIGN,
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  directoryName,
  emailAddress,
  extendedKeyUsage,
  forgeCertificate,
  keyUsage,
  mail,
  name,
  newKey,
  partsFor,
  publicKeyOf,
  rdn,
  rfc822Name,
  subjectAltName,
  subjectKeyIdentifier,
} from './forge/certificate.ts';
import type { Der } from './forge/der-writer.ts';
import { leafExtensions } from './forge/profile.ts';

/** A certificate with which bob would like to be taken for carol, and the key to it. */
export interface HostileLeaf {
  /** What is wrong with it, in a few words. */
  readonly shape: string;
  readonly key: KeyAndCertificate;
  /** CAs that go with it, DER: bob would put them into the mail beside the leaf. */
  readonly extra?: readonly Uint8Array[];
}

export interface HostileOptions {
  /** Bob's own CA, constrained to his mailbox: its key is his. */
  readonly authority: KeyAndCertificate;
  readonly bob: MailAddress;
  readonly carol: MailAddress;
  readonly now: Date;
}

/**
 * Every shape of a certificate for carol that bob can make with the key of his CA: twelve leaves that the constraints
 * must catch, and two CAs that he may try to put under or beside his own.
 */
export function hostileLeaves(o: HostileOptions): Promise<HostileLeaf[]> {
  const forger = forgerOf(o);
  return Promise.resolve([
    ...leafShapes(o).map(({ shape, ...names }) => ({ shape, key: forger.leaf(names) })),
    subAuthority(o, forger),
    twinRoot(o, forger),
  ]);
}

interface LeafNames {
  readonly subject: Der;
  /** Null: no SAN at all. */
  readonly altNames: readonly Der[] | null;
}

/** The twelve: bob's name as far as it must be there, and carol's wherever a program might look for it. */
function leafShapes({ bob, carol }: HostileOptions): readonly (LeafNames & { readonly shape: string })[] {
  const cn = rdn(commonName('Carol Example'));
  const prefix = [rdn(emailAddress(bob)), rdn(mail(bob))];
  const honest = name(...prefix, cn);
  const sanBob = [rfc822Name(bob)];
  const carols = name(rdn(emailAddress(carol)), rdn(mail(carol)));
  return [
    { shape: 'SAN of another mailbox', subject: honest, altNames: [rfc822Name(carol)] },
    {
      shape: 'second emailAddress in the subject',
      subject: name(...prefix, rdn(emailAddress(carol)), cn),
      altNames: sanBob,
    },
    { shape: 'second mail in the subject', subject: name(...prefix, rdn(mail(carol)), cn), altNames: sanBob },
    {
      shape: 'SAN directoryName with the good prefix and another address',
      subject: honest,
      altNames: [...sanBob, directoryName(name(...prefix, rdn(emailAddress(carol)), rdn(mail(carol))))],
    },
    { shape: 'SAN directoryName of another', subject: honest, altNames: [...sanBob, directoryName(carols)] },
    { shape: 'no SAN', subject: name(rdn(emailAddress(carol)), rdn(mail(carol)), cn), altNames: null },
    {
      shape: 'another address before the prefix',
      subject: name(rdn(emailAddress(carol)), ...prefix, cn),
      altNames: sanBob,
    },
    {
      shape: 'multi-valued RDN, the other address first',
      subject: name(rdn(emailAddress(carol), emailAddress(bob)), rdn(mail(carol), mail(bob)), cn),
      altNames: sanBob,
    },
    {
      shape: 'multi-valued RDN, the other address last',
      subject: name(rdn(emailAddress(bob), emailAddress(carol)), rdn(mail(bob), mail(carol)), cn),
      altNames: sanBob,
    },
    { shape: 'mail replaced', subject: name(rdn(emailAddress(bob)), rdn(mail(carol)), cn), altNames: sanBob },
    { shape: 'empty subject', subject: name(), altNames: [rfc822Name(carol)] },
    {
      shape: 'empty SAN directoryName',
      subject: name(rdn(emailAddress(carol)), rdn(mail(carol)), cn),
      altNames: [...sanBob, directoryName(name())],
    },
  ];
}

/** A CA of bob's own under his CA, without constraints, and a faultless leaf for carol under it. Pathlen 0 forbids it. */
function subAuthority(o: HostileOptions, { issuerKey, issuer, authorityKey }: Forger): HostileLeaf {
  const key = newKey();
  const subject = name(rdn(commonName('Mail')));
  const certificate = forgeCertificate({
    ...partsFor(issuerKey, o.now, 3_650),
    issuer,
    subject,
    publicKey: publicKeyOf(key),
    extensions: [...unconstrainedAuthority(publicKeyOf(key)), authorityKeyIdentifier(authorityKey)],
  });
  const leaf = honestFor(o, { issuerKey: key, issuer: subject, authorityKey: publicKeyOf(key) });
  return { shape: 'a CA of his own under pathlen 0', key: leaf, extra: [certificate] };
}

/** Bob's CA once more: same name and key, later, and without constraints. */
function twinRoot(o: HostileOptions, forger: Forger): HostileLeaf {
  const { issuerKey, issuer, authorityKey } = forger;
  const later = new Date(o.now.getTime() + 60 * 60 * 1_000);
  const twin = forgeCertificate({
    ...partsFor(issuerKey, later, 7_000),
    issuer,
    subject: issuer,
    publicKey: authorityKey,
    extensions: unconstrainedAuthority(authorityKey),
  });
  return { shape: 'an unconstrained twin of his CA', key: honestFor(o, forger), extra: [twin] };
}

/** Who signs, under which name. */
interface Issuer {
  readonly issuerKey: KeyObject;
  readonly issuer: Der;
  readonly authorityKey: Der;
}

interface Forger extends Issuer {
  leaf(names: LeafNames): KeyAndCertificate;
}

function forgerOf(o: HostileOptions): Forger {
  const { subject, publicKey } = certificateFacts(o.authority.certificate);
  const issuerKey = createPrivateKey({
    key: Buffer.from(o.authority.privateKey.reveal()),
    format: 'der',
    type: 'pkcs8',
  });
  const issuer: Issuer = { issuerKey, issuer: subject, authorityKey: publicKey };
  return { ...issuer, leaf: (names) => forgeLeaf(o, issuer, names) };
}

/** A leaf for carol with nothing wrong in it but who issued it. */
function honestFor(o: HostileOptions, issuer: Issuer): KeyAndCertificate {
  return forgeLeaf(o, issuer, {
    subject: name(rdn(emailAddress(o.carol)), rdn(mail(o.carol)), rdn(commonName('Carol Example'))),
    altNames: [rfc822Name(o.carol)],
  });
}

function forgeLeaf(
  o: HostileOptions,
  { issuerKey, issuer, authorityKey }: Issuer,
  names: LeafNames,
): KeyAndCertificate {
  const key = newKey();
  const publicKey = publicKeyOf(key);
  const extensions = leafExtensions(o.bob, publicKey, authorityKey);
  const emptySubject = names.subject.length === name().length;
  const certificate = forgeCertificate({
    ...partsFor(issuerKey, o.now, 825),
    issuer,
    subject: names.subject,
    publicKey,
    extensions: [
      extensions.basicConstraints,
      extensions.keyUsage,
      extensions.extendedKeyUsage,
      // RFC 5280 §4.2.1.6: critical where the subject is empty.
      ...(names.altNames ? [subjectAltName(names.altNames, emptySubject)] : []),
      extensions.subjectKeyIdentifier,
      extensions.authorityKeyIdentifier,
    ],
  });
  const privateKey = new Redacted(new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })));
  return { certificate, privateKey };
}

/** The extensions of a CA that is limited by nothing. */
export function unconstrainedAuthority(publicKey: Der): Der[] {
  return [
    basicConstraints(true),
    keyUsage(KEY_CERT_SIGN_AND_CRL_SIGN),
    extendedKeyUsage(EMAIL_PROTECTION),
    subjectKeyIdentifier(publicKey),
  ];
}
