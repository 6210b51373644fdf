import { inspect } from 'node:util';
import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  certificateFacts,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
  type KeyAndCertificate,
} from './index.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-01T12:00:00.400Z');
const bob = address('bob@example.test');
let authority: KeyAndCertificate;
let anchor: KeyAndCertificate;

beforeAll(async () => {
  authority = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now: NOW });
  anchor = await createAnchor({ now: NOW });
});

test('[SEC-18] every certificate begins one day before it was made, to the second, and never earlier', async () => {
  for (const der of [authority.certificate, anchor.certificate, (await leaf(NOW)).certificate]) {
    expect(certificateFacts(der).notBefore).toEqual(new Date('2026-02-28T12:00:01Z'));
  }
});

test('a CA is valid for 20 years, a certificate for 825 days', async () => {
  expect(daysOf(authority.certificate)).toBe(7_305);
  expect(daysOf(anchor.certificate)).toBe(7_305);
  expect(daysOf((await leaf(NOW)).certificate)).toBe(825);
  expect(daysOf(await cross(NOW))).toBe(825);
});

test('a certificate does not outlive its CA', async () => {
  const { notAfter } = certificateFacts(authority.certificate);
  const late = await leaf(new Date(notAfter.getTime() - 10 * DAY_MS));
  expect(certificateFacts(late.certificate).notAfter).toEqual(notAfter);
});

test('a certificate after 2049 is made and read as well', async () => {
  const now = new Date('2051-01-01T00:00:00Z');
  const { certificate } = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now });
  expect(certificateFacts(certificate).notBefore).toEqual(new Date('2050-12-31T00:00:00Z'));
  expect(certificateFacts(certificate).notAfter).toEqual(new Date('2070-12-31T00:00:00Z'));
});

test('[SEC-18] serial numbers are 20 random bytes of a positive number', async () => {
  const anchors = await Promise.all(Array.from({ length: 20 }, () => createAnchor({ now: NOW })));
  const serials = anchors.map(({ certificate }) => certificateFacts(certificate).serial);
  for (const serial of serials) {
    expect(serial).toHaveLength(20);
    expect(serial.at(0)! & 0xc0).toBe(0x40);
  }
  expect(new Set(serials.map((serial) => serial.toString())).size).toBe(20);
});

test('[SEC-14] the name of a CA is its key fingerprint and nothing else', () => {
  const { commonName, subject } = certificateFacts(authority.certificate);
  expect(commonName).toMatch(/^Endymail [A-Z2-7]{52}$/);
  expect(Buffer.from(subject).toString('latin1')).not.toContain('bob');
});

test("the name of an anchor is a function of its key as well, and can be told from every mailbox's CA", () => {
  const { commonName, subject } = certificateFacts(anchor.certificate);
  expect(commonName).toMatch(/^Anchor [A-Z2-7]{52}$/);
  expect(Buffer.from(subject).includes('Endymail on this device')).toBe(true);
});

test('[SEC-11] a cross-certificate says what the CA says, in our words: same name and key, another issuer and serial', async () => {
  const theirs = certificateFacts(authority.certificate);
  const ours = certificateFacts(await cross(NOW));
  expect(ours.subject).toEqual(theirs.subject);
  expect(ours.publicKey).toEqual(theirs.publicKey);
  expect(ours.issuer).toEqual(certificateFacts(anchor.certificate).subject);
  expect(ours.serialHex).not.toBe(theirs.serialHex);
});

test('[SEC-11] a cross-certificate begins later than the CA it stands for, also when both are made in one second', async () => {
  const { notBefore } = certificateFacts(authority.certificate);
  expect(certificateFacts(await cross(NOW)).notBefore).toEqual(new Date(notBefore.getTime() + 1_000));
  const later = new Date(NOW.getTime() + 100 * DAY_MS);
  expect(certificateFacts(await cross(later)).notBefore).toEqual(new Date('2026-06-08T12:00:01Z'));
});

test('a display name that looks like an address stays a name', async () => {
  const name = 'Bob + emailAddress=carol@example.test';
  const { subject, commonName } = certificateFacts((await leaf(NOW, name)).certificate);
  expect(commonName).toBe(name);
  // PKCS#9 emailAddress, DER: once, for bob.
  expect(Buffer.from(subject).toString('hex').split('06092a864886f70d010901')).toHaveLength(2);
});

test('[SEC-1] a key that is printed, inspected or made JSON shows nothing of itself', () => {
  const secret = Buffer.from(authority.privateKey.reveal()).toString('base64').slice(40, 80);
  for (const text of [inspect(authority, { depth: null }), JSON.stringify(authority), String(authority.privateKey)]) {
    expect(text).toContain('<redacted>');
    expect(text).not.toContain(secret);
  }
});

describe('keys', () => {
  test('every certificate has a key of its own', async () => {
    const keys = [authority.certificate, (await leaf(NOW)).certificate, (await leaf(NOW)).certificate];
    expect(new Set(keys.map((der) => certificateFacts(der).publicKey.toString())).size).toBe(3);
  });

  test('RSA-3072 where it is asked for, under a CA of either kind', async () => {
    const rsa = await createMailboxAuthority({ address: bob, algorithm: 'rsa-3072', now: NOW });
    expect(certificateFacts(rsa.certificate).publicKey).toHaveLength(422);
    const { certificate } = await issueMailboxCertificate({
      authority,
      address: bob,
      name: 'Bob',
      algorithm: 'rsa-3072',
      now: NOW,
    });
    expect(certificateFacts(certificate).publicKey).toHaveLength(422);
  });
});

function leaf(now: Date, name = 'Bob Example'): Promise<KeyAndCertificate> {
  return issueMailboxCertificate({ authority, address: bob, name, algorithm: 'ec-p256', now });
}

function cross(now: Date): Promise<Uint8Array> {
  return issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now });
}

function daysOf(der: Uint8Array): number {
  const { notBefore, notAfter } = certificateFacts(der);
  return (notAfter.getTime() - notBefore.getTime()) / DAY_MS;
}

function address(text: string): MailAddress {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
