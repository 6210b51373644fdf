import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import { beforeAll, expect, test } from 'vitest';
import {
  checkMailboxAuthority,
  checkMailboxCertificate,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
  type KeyAlgorithm,
  type KeyAndCertificate,
} from './index.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const bob = address('bob@example.test');
const carol = address('carol@example.test');
const refused = { ok: false, error: { code: 'certificate-profile' } };
let authority: KeyAndCertificate;
let leaf: KeyAndCertificate;

beforeAll(async () => {
  authority = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now: NOW });
  leaf = await issueMailboxCertificate({ authority, address: bob, name: 'Bob', algorithm: 'ec-p256', now: NOW });
});

const algorithms: readonly KeyAlgorithm[] = ['ec-p256', 'rsa-3072'];

test.each(algorithms.flatMap((ca) => algorithms.map((own) => [ca, own] as const)))(
  'what we issue is accepted: CA %s, certificate %s',
  async (ca, own) => {
    const made = await createMailboxAuthority({ address: bob, algorithm: ca, now: NOW });
    const issued = await issueMailboxCertificate({
      authority: made,
      address: bob,
      name: 'Bob Bär',
      algorithm: own,
      now: NOW,
    });
    expect(await checkMailboxAuthority(made.certificate, bob)).toMatchObject({ ok: true });
    expect(await check(issued.certificate, made.certificate, NOW)).toMatchObject({ ok: true });
  },
);

test('[SEC-12] a CA is accepted for its own mailbox alone', async () => {
  expect(await checkMailboxAuthority(authority.certificate, carol)).toMatchObject(refused);
});

test('[SEC-11] an anchor, a cross-certificate or a leaf is no mailbox CA', async () => {
  const anchor = await createAnchor({ now: NOW });
  const cross = await issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now: NOW });
  for (const der of [anchor.certificate, cross, leaf.certificate]) {
    expect(await checkMailboxAuthority(der, bob)).toMatchObject(refused);
  }
});

test('[SEC-12] a certificate of another CA, for another mailbox, or the CA itself is refused', async () => {
  const other = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now: NOW });
  expect(await check(leaf.certificate, other.certificate, NOW)).toMatchObject(refused);
  expect(await check(authority.certificate, authority.certificate, NOW)).toMatchObject(refused);
  const forCarol = await issueMailboxCertificate({
    authority,
    address: carol,
    name: 'Carol',
    algorithm: 'ec-p256',
    now: NOW,
  });
  expect(await check(forCarol.certificate, authority.certificate, NOW)).toMatchObject(refused);
});

test('an expired certificate is refused as such, on the second', async () => {
  const end = NOW.getTime() + 824 * DAY_MS;
  expect(await check(leaf.certificate, authority.certificate, new Date(end))).toMatchObject({ ok: true });
  expect(await check(leaf.certificate, authority.certificate, new Date(end + 1_000))).toMatchObject({
    ok: false,
    error: { code: 'certificate-expired' },
  });
});

test('a clock may be a day behind, not more', async () => {
  const begin = NOW.getTime() - DAY_MS;
  expect(await check(leaf.certificate, authority.certificate, new Date(begin))).toMatchObject({ ok: true });
  expect(await check(leaf.certificate, authority.certificate, new Date(begin - 1_000))).toMatchObject(refused);
});

function check(certificate: Uint8Array, issuer: Uint8Array, now: Date) {
  return checkMailboxCertificate({ certificate, authority: issuer, address: bob, now });
}

function address(text: string): MailAddress {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
