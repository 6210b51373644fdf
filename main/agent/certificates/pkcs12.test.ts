import { parseMailAddress } from '@endymail/shared/mail';
import { Redacted } from '@endymail/shared/result';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import {
  certificateNickname,
  createMailboxAuthority,
  issueMailboxCertificate,
  toPkcs12,
  transportKey,
} from './index.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

test('a key comes out of its PKCS#12 as it went in, and only under the password', async () => {
  const { key, authority } = await bobs();
  const password = new Redacted('correct horse bätteri');
  const pkcs12 = toPkcs12({ key, authority: authority.certificate, friendlyName: 'Endymail Böb', password });
  const opened = open(pkcs12, password.reveal());
  expect(opened.privateKey).toEqual(Buffer.from(key.privateKey.reveal()));
  expect(opened.certificates).toEqual([Buffer.from(key.certificate), Buffer.from(authority.certificate)]);
  expect(opened.names).toEqual(['Endymail Böb', 'Endymail Böb']);
  expect(() => open(pkcs12, 'another password')).toThrow(/MAC/);
});

test('a key travels under a one-time password, alone with its certificate', async () => {
  const { key } = await bobs();
  const [first, second] = await Promise.all([transportKey(key), transportKey(key)]);
  expect(first.password.reveal().length).toBeGreaterThanOrEqual(24);
  expect(first.password.reveal()).not.toBe(second.password.reveal());
  const opened = open(first.pkcs12, first.password.reveal());
  expect(opened.privateKey).toEqual(Buffer.from(key.privateKey.reveal()));
  expect(opened.certificates).toEqual([Buffer.from(key.certificate)]);
  expect(opened.names).toEqual([certificateNickname(key.certificate), certificateNickname(key.certificate)]);
});

async function bobs() {
  const algorithm = 'ec-p256';
  const parsed = parseMailAddress('bob@example.test');
  if (!parsed.ok) throw new Error('not an address');
  const address = parsed.value;
  const authority = await createMailboxAuthority({ address, algorithm, now: NOW });
  const key = await issueMailboxCertificate({ authority, address, name: 'Bob', algorithm, now: NOW });
  return { authority, key };
}

/** forge checks the MAC and decrypts, and hands the EC key and certificates over as the ASN.1 it can not parse. */
function open(pkcs12: Redacted<Uint8Array>, password: string) {
  const asn1 = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(pkcs12.reveal())));
  const bags = forge.pkcs12.pkcs12FromAsn1(asn1, true, password).safeContents.flatMap(({ safeBags }) => safeBags);
  const [key, ...otherKeys] = bags.filter(({ type }) => type === forge.pki.oids['pkcs8ShroudedKeyBag']);
  const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag']);
  expect(otherKeys).toEqual([]);
  expect(attribute(key, 'localKeyId')).toEqual(attribute(certificates[0], 'localKeyId'));
  return {
    privateKey: derOf(key),
    certificates: certificates.map(derOf),
    names: [certificates[0], key].map((bag) => attribute(bag, 'friendlyName')),
  };
}

function derOf(bag: forge.pkcs12.Bag | undefined): Buffer {
  return bag ? Buffer.from(forge.asn1.toDer(bag.asn1).getBytes(), 'binary') : Buffer.alloc(0);
}

function attribute(bag: forge.pkcs12.Bag | undefined, name: string): unknown {
  const attributes: unknown = bag?.attributes;
  const values: unknown = attributes && typeof attributes === 'object' ? Reflect.get(attributes, name) : undefined;
  return Array.isArray(values) ? values[0] : undefined;
}
