import type { MailAddress } from '@endymail/shared/mail';
import { cleanDisplayName } from './display-name.ts';
import { signCertificate, type Signer } from './encode.ts';
import { certificateFacts } from './facts.ts';
import { newIssuance } from './issuance.ts';
import type { KeyAlgorithm, KeyAndCertificate } from './key-and-certificate.ts';
import { generateKeyPair } from './key-pairs.ts';
import { AUTHORITY_VALIDITY_MS, CERTIFICATE_VALIDITY_MS } from './limits.ts';
import {
  anchorContent,
  crossCertificateContent,
  mailboxAuthorityContent,
  mailboxCertificateContent,
} from './profile.ts';
import { publicKeyAlgorithm } from './public-key.ts';

const SECOND_MS = 1_000;

/** Makes the CA of one mailbox, with a new key. 20 years. */
export async function createMailboxAuthority(o: {
  address: MailAddress;
  algorithm: KeyAlgorithm;
  now: Date;
}): Promise<KeyAndCertificate> {
  const { publicKey, privateKey } = await generateKeyPair(o.algorithm);
  const certificate = await signCertificate(
    mailboxAuthorityContent({ publicKey, address: o.address }),
    newIssuance({ now: o.now, validityMs: AUTHORITY_VALIDITY_MS }),
    { algorithm: o.algorithm, privateKey },
  );
  return { certificate, privateKey };
}

/** Makes the certificate that a person signs and is encrypted to with, with a new key. 825 days. */
export async function issueMailboxCertificate(o: {
  authority: KeyAndCertificate;
  address: MailAddress;
  name: string;
  algorithm: KeyAlgorithm;
  now: Date;
}): Promise<KeyAndCertificate> {
  const authority = certificateFacts(o.authority.certificate);
  const { publicKey, privateKey } = await generateKeyPair(o.algorithm);
  const certificate = await signCertificate(
    mailboxCertificateContent({
      publicKey,
      algorithm: o.algorithm,
      authorityKey: authority.publicKey,
      address: o.address,
      name: cleanDisplayName(o.name, o.address),
    }),
    newIssuance({
      now: o.now,
      validityMs: CERTIFICATE_VALIDITY_MS,
      earliest: authority.notBefore,
      latest: authority.notAfter,
    }),
    signerOf(o.authority),
  );
  return { certificate, privateKey };
}

/** Makes this device's own CA, which vouches for correspondents here and nowhere else. P-256, 20 years. */
export async function createAnchor(o: { now: Date }): Promise<KeyAndCertificate> {
  const { publicKey, privateKey } = await generateKeyPair('ec-p256');
  const certificate = await signCertificate(
    anchorContent(publicKey),
    newIssuance({ now: o.now, validityMs: AUTHORITY_VALIDITY_MS }),
    { algorithm: 'ec-p256', privateKey },
  );
  return { certificate, privateKey };
}

/**
 * Makes the anchor's certificate for a correspondent's CA (DER; checked by `checkMailboxAuthority` before). 825 days.
 * It begins strictly later than the CA's own: where that one travels in a mail, NSS takes the later of the two, and the
 * constraint that counts must be ours.
 */
export async function issueCrossCertificate(o: {
  anchor: KeyAndCertificate;
  authority: Uint8Array;
  address: MailAddress;
  now: Date;
}): Promise<Uint8Array> {
  const anchor = certificateFacts(o.anchor.certificate);
  const authority = certificateFacts(o.authority);
  return signCertificate(
    crossCertificateContent({ publicKey: authority.publicKey, anchorKey: anchor.publicKey, address: o.address }),
    newIssuance({
      now: o.now,
      validityMs: CERTIFICATE_VALIDITY_MS,
      earliest: new Date(authority.notBefore.getTime() + SECOND_MS),
      latest: anchor.notAfter,
    }),
    signerOf(o.anchor),
  );
}

function signerOf({ certificate, privateKey }: KeyAndCertificate): Signer {
  const algorithm = publicKeyAlgorithm(certificateFacts(certificate).publicKey);
  if (!algorithm.ok) throw new Error('an authority of our own has a key that we do not make');
  return { algorithm: algorithm.value, privateKey };
}
