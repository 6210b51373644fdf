import { describe, expect, test } from 'vitest';
import {
  DIGITAL_SIGNATURE_AND_KEY_AGREEMENT,
  DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT,
  EMAIL_PROTECTION,
  KEY_CERT_SIGN_AND_CRL_SIGN,
  SERVER_AUTH,
  attribute,
  basicConstraints,
  commonName,
  directoryName,
  dnsName,
  emailAddress,
  extendedKeyUsage,
  extension,
  keyUsage,
  mail,
  name,
  newKey,
  publicKeyOf,
  rdn,
  rfc822Name,
  subjectAltName,
} from '../harness/forge/certificate.ts';
import { contextPrimitive, sequence, tlv, objectIdentifier } from '../harness/forge/der-writer.ts';
import { authorityNameOf } from '../harness/forge/profile.ts';

import {
  bob,
  carol,
  offer,
  leafWith,
  leafExtension,
  altNames,
  subject,
  named,
  utf8Names,
  serial,
  validity,
  type HostilePart,
} from './hostile-part.ts';
const leafShapes: Record<string, HostilePart> = {
  'another mailbox': { leaf: altNames([rfc822Name(carol)]) },
  'a second mailbox': { leaf: altNames([rfc822Name(bob), rfc822Name(carol)]) },
  'a directory name with another address': {
    leaf: altNames([rfc822Name(bob), directoryName(name(rdn(emailAddress(carol))))]),
  },
  'a directory name with the good prefix': {
    leaf: altNames([
      rfc822Name(bob),
      directoryName(name(rdn(emailAddress(bob)), rdn(mail(bob)), rdn(emailAddress(carol)))),
    ]),
  },
  'an empty directory name': { leaf: altNames([rfc822Name(bob), directoryName(name())]) },
  'a host name': { leaf: altNames([rfc822Name(bob), dnsName('example.test')]) },
  'an address with capitals': { leaf: altNames([rfc822Name('Bob@example.test')]) },
  'no SAN': { leaf: (honest) => ({ extensions: honest.extensions.filter((_, index) => index !== 3) }) },
  'a critical SAN': {
    leaf: (honest) => ({
      extensions: leafWith(honest, { subjectAltName: subjectAltName([rfc822Name(bob)], true) }),
    }),
  },
  'a further extension': {
    leaf: (honest) => ({
      extensions: [
        ...honest.extensions,
        // Where to ask about revocation: a beacon that tells when mail is read.
        extension(
          '1.3.6.1.5.5.7.1.1',
          false,
          sequence(
            sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), contextPrimitive(6, Buffer.from('http://example.test/'))),
          ),
        ),
      ],
    }),
  },
  'a CA': { leaf: leafExtension({ basicConstraints: basicConstraints(true) }) },
  'may sign certificates': {
    leaf: leafExtension({ keyUsage: keyUsage(KEY_CERT_SIGN_AND_CRL_SIGN) }),
  },
  'the key usage of RSA': {
    leaf: leafExtension({ keyUsage: keyUsage(DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT) }),
  },
  'key usage not critical': {
    leaf: leafExtension({ keyUsage: extension('2.5.29.15', false, DIGITAL_SIGNATURE_AND_KEY_AGREEMENT) }),
  },
  'for web sites too': {
    leaf: leafExtension({ extendedKeyUsage: extendedKeyUsage(EMAIL_PROTECTION, SERVER_AUTH) }),
  },
  'no addresses in the subject': { leaf: subject(rdn(commonName('Bob'))) },
  'UTF8String addresses': { leaf: () => ({ subject: utf8Names(rdn(commonName('Bob'))) }) },
  'another address first': {
    leaf: subject(rdn(emailAddress(carol)), rdn(emailAddress(bob)), rdn(mail(bob)), rdn(commonName('Bob'))),
  },
  'another address behind': {
    leaf: subject(rdn(emailAddress(bob)), rdn(mail(bob)), rdn(emailAddress(carol)), rdn(commonName('Bob'))),
  },
  'mail replaced': { leaf: subject(rdn(emailAddress(bob)), rdn(mail(carol)), rdn(commonName('Bob'))) },
  'an RDN of two addresses': {
    leaf: subject(rdn(emailAddress(bob), emailAddress(carol)), rdn(mail(bob)), rdn(commonName('Bob'))),
  },
  'no name': { leaf: subject(rdn(emailAddress(bob)), rdn(mail(bob))) },
  'two names': { leaf: named('Bob', rdn(commonName('Carol'))) },
  'an empty name': { leaf: named('') },
  'a name that turns the reading direction': { leaf: named('Bob \u202etset.elpmaxe@lorac') },
  'a name of two lines': { leaf: named('Bob\nCarol') },
  'a name that is too long': { leaf: named('B'.repeat(65)) },
  'a name that is not normalised': { leaf: named('Zoe\u0308') },
  'a name that is no UTF-8': {
    leaf: subject(
      rdn(emailAddress(bob)),
      rdn(mail(bob)),
      rdn(attribute('2.5.4.3', tlv(0x0c, Buffer.from([0xc3, 0x28])))),
    ),
  },
  'P-384': { leafKey: newKey('ec-p384') },
  'RSA-2048': { leafKey: newKey('rsa-2048') },
  'signed with SHA-1': { leaf: () => ({ digest: 'sha1' }) },
  'signed by another key': { leaf: () => ({ signer: newKey() }) },
  'another issuer': { leaf: () => ({ issuer: authorityNameOf(publicKeyOf(newKey())) }) },
  'a negative serial': { leaf: serial('9a'.repeat(20)) },
  'a short serial': { leaf: serial('5a'.repeat(4)) },
  'three years': { leaf: validity(-1, 1_095) },
  'made tomorrow': { leaf: validity(0.5, 100) },
  'something behind it': { leafBytes: (der) => Buffer.concat([der, Buffer.from([0])]) },
};

describe('[SEC-12] [SEC-16] a certificate that differs from the profile is refused', () => {
  test.each(Object.entries(leafShapes))('%s', async (_, part) => {
    expect(await offer(part)).toMatchObject({ ok: false, error: { code: 'certificate-profile' } });
  });

  test("its CA's own key", async () => {
    const key = newKey();
    expect(await offer({ authorityKey: key, leafKey: key })).toMatchObject({
      ok: false,
      error: { code: 'certificate-profile' },
    });
  });

  test("its CA's serial number", async () => {
    const same = serial('5a'.repeat(20));
    expect(await offer({ authority: same, leaf: same })).toMatchObject({
      ok: false,
      error: { code: 'certificate-profile' },
    });
  });
});
