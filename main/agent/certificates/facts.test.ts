import { X509Certificate, createHash } from 'node:crypto';
import { parseMailAddress } from '@endymail/shared/mail';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  authorityFingerprint,
  certificateFacts,
  certificateId,
  certificateNickname,
  createMailboxAuthority,
  parseCertificate,
  renewalDue,
} from './index.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
let der: Uint8Array;
let judge: X509Certificate;

beforeAll(async () => {
  const address = parseMailAddress('bob@example.test');
  if (!address.ok) throw new Error('not an address');
  ({ certificate: der } = await createMailboxAuthority({ address: address.value, algorithm: 'ec-p256', now: NOW }));
  judge = new X509Certificate(der);
});

test('the facts are those that OpenSSL reads', () => {
  const facts = certificateFacts(der);
  expect(facts.serialHex.toUpperCase()).toBe(judge.serialNumber);
  expect(Buffer.from(facts.publicKey)).toEqual(judge.publicKey.export({ format: 'der', type: 'spki' }));
  expect(facts.notBefore).toEqual(new Date(judge.validFrom));
  expect(facts.notAfter).toEqual(new Date(judge.validTo));
  expect(`CN=${facts.commonName}`).toBe(judge.subject);
  expect(Buffer.from(facts.issuer)).toEqual(Buffer.from(facts.subject));
});

test('the id is the SHA-256 fingerprint, the nickname holds the serial', () => {
  expect(certificateId(der)).toBe(judge.fingerprint256.replaceAll(':', '').toLowerCase());
  expect(certificateNickname(der)).toBe(`endymail-${judge.serialNumber.toLowerCase()}`);
});

test('two people compare the whole SHA-256 of the key, in groups of four', () => {
  const fingerprint = authorityFingerprint(der);
  expect(fingerprint).toMatch(/^([A-Z2-7]{4}-){12}[A-Z2-7]{4}$/);
  // Decoded independently: five bits a letter, read as one number.
  const value = Array.from(fingerprint.replaceAll('-', '')).reduce(
    (sum, letter) => sum * 32n + BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)),
    0n,
  );
  const digest = createHash('sha256')
    .update(judge.publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
  expect((value >> 4n).toString(16).padStart(64, '0')).toBe(digest);
});

test('renewal is due when two thirds of the validity have passed', () => {
  const { notBefore, notAfter } = certificateFacts(der);
  const due = notBefore.getTime() + ((notAfter.getTime() - notBefore.getTime()) * 2) / 3;
  expect(renewalDue(der, new Date(due - 1))).toBe(false);
  expect(renewalDue(der, new Date(due))).toBe(true);
});

test('[SEC-30] bytes that are no certificate, or too many of them, are refused with a code', () => {
  for (const bytes of [new Uint8Array(0), der.subarray(0, 200), Buffer.concat([der, der]), new Uint8Array(100_000)]) {
    expect(parseCertificate(bytes)).toMatchObject({ ok: false, error: { code: 'certificate-profile' } });
  }
});

test('[SEC-30] reading never throws, whatever is changed in a certificate', () => {
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const changed = Uint8Array.from(der);
      changed[at] = byte;
      expect(typeof parseCertificate(changed).ok).toBe('boolean');
    }),
    { numRuns: 1_000 },
  );
});
