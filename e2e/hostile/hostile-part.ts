import type { KeyObject } from 'node:crypto';
import { readPublicPart, writePublicPart } from '../../main/agent/people/public-part.ts';
import {
  OID_EMAIL_ADDRESS,
  OID_MAIL,
  attribute,
  commonName,
  emailAddress,
  forgeCertificate,
  mail,
  name,
  nameConstraints,
  newKey,
  publicKeyOf,
  rdn,
  subjectAltName,
  type CertificateParts,
} from '../harness/forge/certificate.ts';
import { integer, time, utf8String, type Der } from '../harness/forge/der-writer.ts';
import { authorityExtensions, honestAuthority, honestLeaf, leafExtensions } from '../harness/forge/profile.ts';
import { testAddress } from '../harness/index.ts';

/*
 * Bob is hostile and hands out a public part whose certificates are all properly signed by keys of his own; in each, one
 * thing differs from the profile. What is built here is written by hand from the profile's description, so that the
 * controls prove the description, and the rest proves that nothing else is taken.
 */

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;
export const bob = testAddress('bob@example.test');
export const carol = testAddress('carol@example.test');

export type Change = (honest: CertificateParts) => Partial<CertificateParts>;

export interface HostilePart {
  readonly authorityKey?: KeyObject;
  readonly leafKey?: KeyObject;
  readonly authority?: Change;
  readonly leaf?: Change;
  readonly authorityBytes?: (der: Uint8Array) => Uint8Array;
  readonly leafBytes?: (der: Uint8Array) => Uint8Array;
}

/** Bob's public part with what he changed in it, as alice's Endymail reads it. */
export function offer(part: HostilePart) {
  const authorityKey = part.authorityKey ?? newKey();
  const leafKey = part.leafKey ?? newKey();
  const honestCa = honestAuthority(bob, authorityKey, NOW);
  const ca: CertificateParts = { ...honestCa, ...part.authority?.(honestCa) };
  const honest = honestLeaf(bob, leafKey, { ...ca, signer: authorityKey }, NOW);
  const leaf: CertificateParts = { ...honest, ...part.leaf?.(honest) };
  const unchanged = (der: Uint8Array): Uint8Array => der;
  const text = writePublicPart({
    address: bob,
    authority: (part.authorityBytes ?? unchanged)(forgeCertificate(ca)),
    certificate: (part.leafBytes ?? unchanged)(forgeCertificate(leaf)),
  });
  return readPublicPart(text, NOW);
}

type AuthorityExtensions = Partial<ReturnType<typeof authorityExtensions>>;
type LeafExtensions = Partial<ReturnType<typeof leafExtensions>>;

export function authorityWith({ publicKey }: CertificateParts, changed: AuthorityExtensions): Der[] {
  return Object.values({ ...authorityExtensions(bob, publicKey), ...changed });
}

export function extensionOf(changed: AuthorityExtensions): Change {
  return (honest) => ({ extensions: authorityWith(honest, changed) });
}

export function constraints(permitted: readonly Der[], excluded: readonly Der[]): Change {
  return extensionOf({ nameConstraints: nameConstraints(permitted, excluded) });
}

export function leafWith(honest: CertificateParts, changed: LeafExtensions): Der[] {
  return Object.values({
    ...leafExtensions(bob, honest.publicKey, publicKeyOf(honest.signer)),
    ...changed,
  });
}

export function leafExtension(changed: LeafExtensions): Change {
  return (honest) => ({ extensions: leafWith(honest, changed) });
}

export function altNames(names: readonly Der[]): Change {
  return leafExtension({ subjectAltName: subjectAltName(names) });
}

export function subject(...rdns: readonly Der[]): Change {
  return () => ({ subject: name(...rdns) });
}

export function named(text: string, ...more: readonly Der[]): Change {
  return subject(rdn(emailAddress(bob)), rdn(mail(bob)), rdn(commonName(text)), ...more);
}

export function utf8Names(...more: readonly Der[]): Der {
  return name(rdn(attribute(OID_EMAIL_ADDRESS, utf8String(bob))), rdn(attribute(OID_MAIL, utf8String(bob))), ...more);
}

export function sameName(both: Der): Partial<CertificateParts> {
  return { issuer: both, subject: both };
}

/** The CN of a CA's name, which is its only part. */
export function cnOf(subjectName: Der): string {
  return Buffer.from(subjectName).toString('latin1').slice(-61);
}

export function serial(hex: string): Change {
  return () => ({ serial: integer(Buffer.from(hex, 'hex')) });
}

/** In days from now. */
export function validity(from: number, to: number): Change {
  const at = (days: number): Der => time(new Date(NOW.getTime() + days * DAY_MS));
  return () => ({ notBefore: at(from), notAfter: at(to) });
}
