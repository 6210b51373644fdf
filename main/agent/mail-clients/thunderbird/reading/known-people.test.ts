import { beforeAll, expect, it } from 'vitest';
import { parseMailAddress } from '@endymail/shared/mail';
import { createMailboxAuthority, issueMailboxCertificate } from '../../../certificates/index.ts';
import type { CertificateStore } from './certificate-store.ts';
import { knownPeople } from './known-people.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
let der: Uint8Array;

beforeAll(async () => {
  const address = parseMailAddress('bob+lists@example.test');
  if (!address.ok) throw new Error('not an address');
  const one = { address: address.value, algorithm: 'ec-p256', now: NOW } as const;
  const authority = await createMailboxAuthority(one);
  ({ certificate: der } = await issueMailboxCertificate({ ...one, authority, name: 'Bob' }));
});

const store = (certificate: Uint8Array): CertificateStore => ({
  certificates: [{ der: certificate, label: null, trustedForMail: false, hasPrivateKey: false }],
});

/** The certificate with these bytes in the place of those. */
function replaced(before: Uint8Array, after: Uint8Array): Uint8Array {
  const changed = Buffer.from(der);
  const at = changed.indexOf(before);
  if (at === -1) throw new Error('not in it');
  changed.set(after, at);
  return changed;
}

it('reads the address in the alternative names, and the one in the subject', () => {
  expect(knownPeople(store(der), NOW)).toEqual(['bob+lists@example.test']);
  // 2.5.29.17 made an extension that nobody knows.
  const named = replaced(Buffer.from('0603551d11', 'hex'), Buffer.from('0603551d7f', 'hex'));
  expect(knownPeople(store(named), NOW)).toEqual(['bob+lists@example.test']);
});

it('[SEC-30] bears a certificate with a key of a kind that nobody knows', () => {
  // 1.2.840.10045.2.1, id-ecPublicKey.
  const unknown = replaced(Buffer.from('06072a8648ce3d0201', 'hex'), Buffer.from('06072a8648ce3d027f', 'hex'));
  expect(knownPeople(store(unknown), NOW)).toEqual(['bob+lists@example.test']);
});
