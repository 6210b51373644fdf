import { createPrivateKey, type KeyObject } from 'node:crypto';
import { certificateFacts, type KeyAndCertificate } from '@endymail/main/agent/certificates';
import type { MailAddress } from '@endymail/shared/mail';
import { Redacted } from '@endymail/shared/result';
import {
  basicConstraints,
  commonName,
  emailAddress,
  EMAIL_PROTECTION,
  extendedKeyUsage,
  forgeCertificate,
  KEY_CERT_SIGN_AND_CRL_SIGN,
  keyUsage,
  mail,
  name,
  newKey,
  partsFor,
  publicKeyOf,
  randomSerial,
  rdn,
  subjectKeyIdentifier,
} from './forge/certificate.ts';
import { integer, type Der } from './forge/der-writer.ts';
import { leafExtensions } from './forge/profile.ts';
import type { HostileLeaf } from './hostile-leaves.ts';

export interface TakenNamesOptions {
  /** Bob's own CA: its key is his. */
  readonly authority: KeyAndCertificate;
  readonly carol: MailAddress;
  readonly now: Date;
  /** Carol's real certificate, DER. */
  readonly victim: Uint8Array;
  /** CAs whose names bob knows, DER: carol's, and those that the receiver trusts. */
  readonly taken: readonly { readonly whose: string; readonly certificate: Uint8Array }[];
}

/**
 * Certificates for carol in which bob takes the names of others: without their keys, but byte for byte. NSS keeps one
 * certificate of each pair of issuer name and serial, so that a false one might also keep a real one out.
 */
export function takenNames(o: TakenNamesOptions): HostileLeaf[] {
  const bobs = createPrivateKey({ key: Buffer.from(o.authority.privateKey.reveal()), format: 'der', type: 'pkcs8' });
  const victim = certificateFacts(o.victim);
  const twin = {
    shape: 'a leaf with issuer and serial of her certificate',
    key: leafFor(o, { signer: bobs, ...victim }),
  };
  const shapes = o.taken.flatMap(({ whose, certificate }) => {
    const { subject, issuer, serial } = certificateFacts(certificate);
    const [own, again] = [newKey(), newKey()];
    return [
      {
        shape: `a root with the name of ${whose}`,
        key: leafFor(o, { signer: own, issuer: subject }),
        extra: [root({ signer: own, subject, serial: randomSerial(), now: o.now })],
      },
      {
        shape: `a root with name and serial of ${whose}`,
        key: leafFor(o, { signer: again, issuer: subject }),
        extra: [root({ signer: again, subject, serial, now: o.now })],
      },
      { shape: `a leaf in the name of ${whose}`, key: leafFor(o, { signer: bobs, issuer: subject }) },
      { shape: `a leaf with issuer and serial of ${whose}`, key: leafFor(o, { signer: bobs, issuer, serial }) },
    ];
  });
  return [twin, ...shapes];
}

/** A root of this name (DER), limited by nothing, whose key is that of `authority`. */
export function unlimitedRoot(subject: Der, authority: KeyAndCertificate, now: Date): Uint8Array {
  const signer = createPrivateKey({ key: Buffer.from(authority.privateKey.reveal()), format: 'der', type: 'pkcs8' });
  return root({ signer, subject, serial: randomSerial(), now });
}

function root(o: { signer: KeyObject; subject: Der; serial: Uint8Array; now: Date }): Uint8Array {
  const publicKey = publicKeyOf(o.signer);
  return forgeCertificate({
    ...partsFor(o.signer, o.now, 7_000),
    serial: integer(o.serial),
    issuer: o.subject,
    subject: o.subject,
    publicKey,
    extensions: [
      basicConstraints(true),
      keyUsage(KEY_CERT_SIGN_AND_CRL_SIGN),
      extendedKeyUsage(EMAIL_PROTECTION),
      subjectKeyIdentifier(publicKey),
    ],
  });
}

/** A leaf for carol with nothing wrong in it but who signed it, from a day before `now`. */
export function leafFor(
  { carol, now }: Pick<TakenNamesOptions, 'carol' | 'now'>,
  by: { signer: KeyObject; issuer: Der; serial?: Uint8Array },
): KeyAndCertificate {
  const key = newKey();
  const publicKey = publicKeyOf(key);
  const certificate = forgeCertificate({
    ...partsFor(by.signer, now, 825),
    serial: integer(by.serial ?? randomSerial()),
    issuer: by.issuer,
    subject: name(rdn(emailAddress(carol)), rdn(mail(carol)), rdn(commonName('Carol Example'))),
    publicKey,
    extensions: Object.values(leafExtensions(carol, publicKey, publicKeyOf(by.signer))),
  });
  return { certificate, privateKey: new Redacted(new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))) };
}
