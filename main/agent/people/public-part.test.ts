import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  authorityFingerprint,
  createMailboxAuthority,
  issueMailboxCertificate,
  type KeyAlgorithm,
  type KeyAndCertificate,
} from '../certificates/index.ts';
import { readPublicPart, writePublicPart } from './public-part.ts';

// Hundreds of certificates are checked in one test.
vi.setConfig({ testTimeout: 30_000 });

const NOW = new Date('2026-03-01T12:00:00Z');
const bob = address('bob@example.test');
let authority: KeyAndCertificate;
let leaf: KeyAndCertificate;
let text: string;

beforeAll(async () => {
  ({ authority, leaf, text } = await publicPartOf(bob, 'Bob Example', 'ec-p256'));
});

describe('a public part', () => {
  test.each<KeyAlgorithm>(['ec-p256', 'rsa-3072'])('is read as it was written (%s)', async (algorithm) => {
    const made = await publicPartOf(bob, 'Bob Example', algorithm);
    expect(await readPublicPart(made.text, NOW)).toEqual({
      ok: true,
      value: {
        address: bob,
        name: 'Bob Example',
        authority: made.authority.certificate,
        certificate: made.leaf.certificate,
        fingerprint: authorityFingerprint(made.authority.certificate),
      },
    });
  });

  test('is one JSON object that says what it is, for people who look', () => {
    expect(JSON.parse(text)).toEqual({
      endymail: 'public-part',
      version: 1,
      address: 'bob@example.test',
      authority: Buffer.from(authority.certificate).toString('base64'),
      certificate: Buffer.from(leaf.certificate).toString('base64'),
    });
  });

  test('survives a mail program that changes its line ends', async () => {
    expect(await readPublicPart(text.replaceAll('\n', '\r\n'), NOW)).toMatchObject({ ok: true });
  });

  test('[SEC-10] is read for whatever address a mailbox can have, with whatever name', async () => {
    await fc.assert(
      fc.asyncProperty(addresses(), fc.string({ unit: 'binary' }), async (mailbox, name) => {
        const made = await publicPartOf(mailbox, name, 'ec-p256');
        expect(await readPublicPart(made.text, NOW)).toMatchObject({ ok: true, value: { address: mailbox } });
      }),
      { numRuns: 40 },
    );
  });
});

describe('[SEC-30] a changed public part is refused', () => {
  test('[SEC-12] whichever bit is flipped in it', async () => {
    const bytes = Buffer.from(text);
    // White space is not part of what is read.
    const places = [...bytes.keys()].filter((at) => bytes.readUInt8(at) > 0x20);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        expect((await readPublicPart(changed.toString('utf8'), NOW)).ok).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  test.each<[string, 'authority' | 'certificate']>([
    ['the CA', 'authority'],
    ['the certificate', 'certificate'],
  ])('[SEC-12] whichever byte is changed in %s', async (_, member) => {
    const der = member === 'authority' ? authority.certificate : leaf.certificate;
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        const changed = Uint8Array.from(der);
        changed[at] = (changed[at] ?? 0) ^ difference;
        const result = await readPublicPart(edited({ [member]: Buffer.from(changed).toString('base64') }), NOW);
        expect(result).toMatchObject({ ok: false, error: { code: 'certificate-profile' } });
      }),
      { numRuns: 400 },
    );
  });

  test.each<[string, (whole: string) => string]>([
    ['nothing', () => ''],
    ['not JSON', () => 'Dear Alice'],
    ['cut', (whole) => whole.slice(0, -20)],
    ['something after it', (whole) => `${whole}{}`],
    ['another file of ours', () => edited({ endymail: 'backup' })],
    ['version 0', () => edited({ version: 0 })],
    ['version as a text', () => edited({ version: '1' })],
    ['an unknown member', () => edited({ comment: 'hello' })],
    ['a member missing', () => edited({ certificate: undefined })],
    ['a member twice', (whole) => whole.replace('"version": 1,', '"version": 1, "version": 1,')],
    ['an address with capitals', () => edited({ address: 'Bob@example.test' })],
    ['an address that is none', () => edited({ address: 'bob' })],
    ['an escape in the address', (whole) => whole.replace('bob@', '\\u0062ob@')],
    ['base64 with blanks', () => edited({ authority: base64(authority).replace(/^..../, '$& ') })],
    ['base64 of the URL kind', () => edited({ authority: Buffer.from(authority.certificate).toString('base64url') })],
    ['no certificate in it', () => edited({ certificate: '' })],
    ['white space without end', (whole) => whole + ' '.repeat(20_000)],
    ['nested without end', () => '['.repeat(16_000)],
  ])('%s', async (_, change) => {
    expect(await readPublicPart(change(text), NOW)).toMatchObject({
      ok: false,
      error: { code: 'public-part-invalid' },
    });
  });

  test.each<[string, () => string]>([
    ['another mailbox', () => edited({ address: 'carol@example.test' })],
    ['CA and certificate changed over', () => edited({ authority: base64(leaf), certificate: base64(authority) })],
    ['the CA twice', () => edited({ certificate: base64(authority) })],
    ['a cut certificate', () => edited({ certificate: base64(leaf).slice(0, 400) })],
    [
      'something behind the certificate',
      () => edited({ certificate: Buffer.concat([leaf.certificate, Buffer.alloc(3)]).toString('base64') }),
    ],
    ['a huge certificate', () => edited({ certificate: Buffer.alloc(6_000, 0x30).toString('base64') })],
  ])('[SEC-12] %s', async (_, change) => {
    expect(await readPublicPart(change(), NOW)).toMatchObject({ ok: false, error: { code: 'certificate-profile' } });
  });
});

test('[SEC-31] a newer public part is said to be one, whatever else is in it', async () => {
  expect(await readPublicPart('{"endymail":"public-part","version":2,"keys":[]}', NOW)).toMatchObject({
    ok: false,
    error: { code: 'public-part-newer' },
  });
});

test('an expired public part is said to be one', async () => {
  expect(await readPublicPart(text, new Date('2028-07-01T00:00:00Z'))).toMatchObject({
    ok: false,
    error: { code: 'certificate-expired' },
  });
});

test('[SEC-1] the public part holds no private key', () => {
  for (const { privateKey } of [authority, leaf]) {
    expect(text).not.toContain(Buffer.from(privateKey.reveal()).subarray(30, 60).toString('base64').slice(4, 36));
  }
  expect(text).not.toContain('PRIVATE');
});

async function publicPartOf(mailbox: MailAddress, name: string, algorithm: KeyAlgorithm) {
  const ca = await createMailboxAuthority({ address: mailbox, algorithm, now: NOW });
  const own = await issueMailboxCertificate({ authority: ca, address: mailbox, name, algorithm, now: NOW });
  const part = writePublicPart({ address: mailbox, authority: ca.certificate, certificate: own.certificate });
  return { authority: ca, leaf: own, text: part };
}

/** The public part with members replaced (undefined: taken out). */
function edited(changes: Record<string, unknown>): string {
  const whole: unknown = JSON.parse(text);
  return JSON.stringify(Object.assign({}, whole, changes));
}

function base64({ certificate }: KeyAndCertificate): string {
  return Buffer.from(certificate).toString('base64');
}

/** Every form of address that `parseMailAddress` takes, up to the longest. */
function addresses(): fc.Arbitrary<MailAddress> {
  const word = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}$/);
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  const joined = (part: fc.Arbitrary<string>, maxLength: number) =>
    fc.array(part, { minLength: 1, maxLength }).map((parts) => parts.join('.'));
  const longest = `${'l'.repeat(64)}@${Array.from({ length: 3 }, () => 'd'.repeat(62)).join('.')}`;
  return fc
    .oneof(
      fc.tuple(joined(word, 3), joined(label, 4)).map(([local, domain]) => `${local}@${domain}`),
      fc.constant(longest),
    )
    .filter((candidate) => parseMailAddress(candidate).ok)
    .map(address);
}

function address(candidate: string): MailAddress {
  const parsed = parseMailAddress(candidate);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
