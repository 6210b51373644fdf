import { describe, expect, test } from 'vitest';
import {
  DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT,
  EMAIL_PROTECTION,
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
  name,
  nameConstraints,
  newKey,
  publicKeyOf,
  rdn,
  rfc822Name,
} from '../harness/forge/certificate.ts';
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  generalizedTime,
  octetString,
  printableString,
  sequence,
  smallInteger,
  tlv,
  objectIdentifier,
} from '../harness/forge/der-writer.ts';
import { authorityNameOf, excludedNames, permittedNames } from '../harness/forge/profile.ts';

import {
  bob,
  carol,
  offer,
  leafWith,
  authorityWith,
  extensionOf,
  constraints,
  utf8Names,
  sameName,
  cnOf,
  serial,
  validity,
  type HostilePart,
} from './hostile-part.ts';
test('control: certificates built by hand to the profile are taken', async () => {
  expect(await offer({})).toMatchObject({ ok: true, value: { address: bob, name: 'Bob Example' } });
});

test('control: with RSA-3072 keys too', async () => {
  const leafKey = newKey('rsa-3072');
  const part: HostilePart = {
    authorityKey: newKey('rsa-3072'),
    leafKey,
    leaf: (honest) => ({
      extensions: leafWith(honest, { keyUsage: keyUsage(DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT) }),
    }),
  };
  expect(await offer(part)).toMatchObject({ ok: true });
});

const authorityShapes: Record<string, HostilePart> = {
  'another mailbox': { authority: constraints(permittedNames(carol), excludedNames()) },
  'a second mailbox': { authority: constraints([...permittedNames(bob), rfc822Name(carol)], excludedNames()) },
  'a whole domain': { authority: constraints([rfc822Name('example.test'), permittedNames(bob)[1]!], excludedNames()) },
  'all subdomains': { authority: constraints([rfc822Name('.test'), permittedNames(bob)[1]!], excludedNames()) },
  'a second directory name': {
    authority: constraints([...permittedNames(bob), directoryName(name(rdn(emailAddress(carol))))], excludedNames()),
  },
  'any directory name': { authority: constraints([rfc822Name(bob)], excludedNames()) },
  'emailAddress alone in the directory name': {
    authority: constraints([rfc822Name(bob), directoryName(name(rdn(emailAddress(bob))))], excludedNames()),
  },
  'UTF8String in the directory name': {
    authority: constraints([rfc822Name(bob), directoryName(utf8Names())], excludedNames()),
  },
  'capitals in the constraint': {
    authority: constraints([rfc822Name('Bob@example.test'), permittedNames(bob)[1]!], excludedNames()),
  },
  'host names not excluded': { authority: constraints(permittedNames(bob), excludedNames().slice(1)) },
  'nothing excluded': { authority: constraints(permittedNames(bob), []) },
  'a host name excluded once more': {
    authority: constraints(permittedNames(bob), [...excludedNames(), dnsName('example.test')]),
  },
  'constraints not critical': {
    authority: (honest) => ({
      extensions: authorityWith(honest, {
        nameConstraints: nameConstraints(permittedNames(bob), excludedNames(), false),
      }),
    }),
  },
  'no constraints': {
    authority: (honest) => ({ extensions: honest.extensions.filter((_, index) => index !== 3) }),
  },
  'constraints twice': {
    authority: (honest) => ({ extensions: [...honest.extensions, honest.extensions[3]!] }),
  },
  'extensions in another order': { authority: (honest) => ({ extensions: honest.extensions.toReversed() }) },
  'no extensions': { authority: () => ({ extensions: [] }) },
  'a further extension': {
    authority: (honest) => ({
      extensions: [...honest.extensions, extension('1.3.6.1.4.1.55555.1', false, octetString(Buffer.from('x')))],
    }),
  },
  'pathlen 1': { authority: extensionOf({ basicConstraints: basicConstraints(true, 1) }) },
  'no pathlen': { authority: extensionOf({ basicConstraints: basicConstraints(true) }) },
  'no CA': { authority: extensionOf({ basicConstraints: basicConstraints(false) }) },
  'digitalSignature too': { authority: extensionOf({ keyUsage: keyUsage(bitString(Buffer.from([0x86]), 1)) }) },
  'for web sites too': {
    authority: extensionOf({ extendedKeyUsage: extendedKeyUsage(EMAIL_PROTECTION, SERVER_AUTH) }),
  },
  'for every purpose': { authority: extensionOf({ extendedKeyUsage: extendedKeyUsage('2.5.29.37.0') }) },
  'an own key identifier': {
    authority: extensionOf({ subjectKeyIdentifier: extension('2.5.29.14', false, octetString(Buffer.alloc(20, 7))) }),
  },
  "another CA's name": { authority: () => sameName(authorityNameOf(publicKeyOf(newKey()))) },
  "somebody's name": { authority: () => sameName(name(rdn(commonName('Example Bank Root CA')))) },
  'a name with something behind it': {
    authority: (honest) => sameName(name(rdn(commonName(cnOf(honest.subject))), rdn(emailAddress(carol)))),
  },
  'the name as PrintableString': {
    authority: (honest) => sameName(name(rdn(attribute('2.5.4.3', printableString(cnOf(honest.subject)))))),
  },
  'another issuer than subject': { authority: () => ({ issuer: name(rdn(commonName('Endymail'))) }) },
  'P-384': { authorityKey: newKey('ec-p384') },
  'RSA-2048': { authorityKey: newKey('rsa-2048') },
  Ed25519: { authorityKey: newKey('ed25519') },
  'signed with SHA-1': { authority: () => ({ digest: 'sha1' }) },
  'signed with SHA-384': { authority: () => ({ digest: 'sha384' }) },
  'RSA signed with SHA-1': { authorityKey: newKey('rsa-3072'), authority: () => ({ digest: 'sha1' }) },
  'RSA signed with MD5': { authorityKey: newKey('rsa-3072'), authority: () => ({ digest: 'md5' }) },
  'signed by another key': { authority: () => ({ signer: newKey() }) },
  'a negative serial': { authority: serial('9a'.repeat(20)) },
  'serial zero': { authority: serial('00') },
  'a short serial': { authority: serial('5a'.repeat(15)) },
  'a long serial': { authority: serial('5a'.repeat(21)) },
  'a padded serial': { authority: serial(`00${'5a'.repeat(18)}`) },
  '40 years': { authority: validity(0, 14_610) },
  '20 years and a second': { authority: validity(0, 7_305 + 1 / 86_400) },
  'ends before it begins': { authority: validity(10, 5) },
  'GeneralizedTime before 2050': { authority: () => ({ notAfter: generalizedTime(new Date('2040-01-01T00:00:00Z')) }) },
  'a time without seconds': { authority: () => ({ notBefore: tlv(0x17, Buffer.from('2602281200Z')) }) },
  'a time with an offset': { authority: () => ({ notBefore: tlv(0x17, Buffer.from('260228120000+0000')) }) },
  'a time that is none': { authority: () => ({ notBefore: tlv(0x17, Buffer.from('26ab28120000Z')) }) },
  'version 1': { authority: () => ({ version: Buffer.alloc(0) }) },
  'version 4': { authority: () => ({ version: context(0, smallInteger(3)) }) },
  'unique identifiers': { authority: () => ({ trailer: [contextPrimitive(1, Buffer.from([0, 1]))] }) },
  'something behind the extensions': { authority: () => ({ trailer: [smallInteger(1)] }) },
  'TRUE as 01': {
    authority: extensionOf({
      basicConstraints: sequence(
        objectIdentifier('2.5.29.19'),
        tlv(0x01, Buffer.from([1])),
        octetString(sequence(boolean(true), smallInteger(0))),
      ),
    }),
  },
  'FALSE written out': {
    authority: extensionOf({
      extendedKeyUsage: sequence(
        objectIdentifier('2.5.29.37'),
        boolean(false),
        octetString(sequence(objectIdentifier(EMAIL_PROTECTION))),
      ),
    }),
  },
  'key usage with trailing zeros': {
    authority: extensionOf({ keyUsage: keyUsage(bitString(Buffer.from([0x06]), 0)) }),
  },
  'a longer length than needed': {
    authorityBytes: (der) => Buffer.concat([Buffer.from([0x30, 0x83, 0x00]), der.subarray(2)]),
  },
  'indefinite length': {
    authorityBytes: (der) => Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.from([0, 0])]),
  },
  'something behind it': { authorityBytes: (der) => Buffer.concat([der, Buffer.from([0x05, 0x00])]) },
  cut: { authorityBytes: (der) => der.subarray(0, -1) },
  empty: { authorityBytes: () => Buffer.from([0x30, 0x00]) },
  'nested without end': { authorityBytes: () => Buffer.alloc(4_000, 0x30) },
  huge: { authorityBytes: (der) => Buffer.concat([der, Buffer.alloc(5_000)]) },
};

describe('[SEC-12] [SEC-10] a CA that differs from the profile is refused', () => {
  test.each(Object.entries(authorityShapes))('%s', async (_, part) => {
    expect(await offer(part)).toMatchObject({ ok: false, error: { code: 'certificate-profile' } });
  });
});
