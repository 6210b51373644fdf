import { beforeAll, expect, test } from 'vitest';
import { parseMailAddress } from '@endymail/shared/mail';
import { Redacted } from '@endymail/shared/result';
import { createMailboxAuthority, isKeyPair, issueMailboxCertificate, type KeyAndCertificate } from './index.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
let authority: KeyAndCertificate;
let leaf: KeyAndCertificate;

beforeAll(async () => {
  const address = parseMailAddress('bob@example.test');
  if (!address.ok) throw new Error(address.error.message);
  const of = { address: address.value, algorithm: 'ec-p256', now: NOW } as const;
  authority = await createMailboxAuthority(of);
  leaf = await issueMailboxCertificate({ ...of, authority, name: 'Bob' });
});

test('a certificate and its own key are a pair', () => {
  expect([authority, leaf].map(isKeyPair)).toEqual([true, true]);
});

test('the key of another, no key, and no certificate are none', () => {
  const nothing = Uint8Array.of(1, 2, 3);
  const others = [
    { ...leaf, privateKey: authority.privateKey },
    { ...leaf, privateKey: new Redacted(nothing) },
    { ...leaf, certificate: nothing },
    { ...leaf, certificate: leaf.certificate.subarray(1) },
  ];
  expect(others.map(isKeyPair)).toEqual([false, false, false, false]);
});
