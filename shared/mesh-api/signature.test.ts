import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { signingKeyFromSeed, fromBase64Url, sign, toBase64Url, utf8, utf8Text } from '../sealing/public.ts';
import { parseServiceId, type ServiceId } from './service-id.ts';
import { readSignature, signatureBase, signatureHeaders } from './signature.ts';

/** RFC 9421, appendices B.1.4 and B.2.6. */
const RFC = {
  seed: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
  components: [
    ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['@method', 'POST'],
    ['@path', '/foo'],
    ['@authority', 'example.com'],
    ['content-type', 'application/json'],
    ['content-length', '18'],
  ],
  parameters:
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  base:
    '"date": Tue, 20 Apr 2021 02:07:55 GMT\n"@method": POST\n"@path": /foo\n"@authority": example.com\n' +
    '"content-type": application/json\n"content-length": 18\n"@signature-params": ("date" "@method" "@path" ' +
    '"@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw',
} as const;

const key = await signingKeyFromSeed(new Redacted(fromBase64Url(RFC.seed) ?? new Uint8Array()));
const serviceOf = (byte: number): ServiceId => {
  const id = parseServiceId(new Uint8Array(16).fill(byte));
  if (id === null) throw new Error('16 bytes');
  return id;
};
const SERVICE = serviceOf(7);
const REQUEST = {
  method: 'POST',
  targetUri: 'https://mesh.example.org/v1/accounts/x?from=1',
  body: utf8('body'),
} as const;
const SIGNING = { service: SERVICE, key, createdSeconds: 1_800_000_000, nonce: new Uint8Array(16).fill(9) };
const headers = await signatureHeaders(REQUEST, SIGNING);

describe('signed requests', () => {
  it('has the signature base, and so the signature, of RFC 9421', async () => {
    const base = signatureBase(RFC.components, RFC.parameters);
    expect(utf8Text(base)).toBe(RFC.base);
    expect(
      toBase64Url(await sign(key, base))
        .replaceAll('-', '+')
        .replaceAll('_', '/'),
    ).toBe(RFC.signature);
  });

  it('stands in exactly the form that is written down', () => {
    expect(headers).toEqual({
      'content-digest': 'sha-256=:Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU=:',
      'endymail-service': 'BwcHBwcHBwcHBwcHBwcHBw',
      'signature-input':
        'endymail=("@method" "@target-uri" "content-digest" "endymail-service");created=1800000000;' +
        `nonce="CQkJCQkJCQkJCQkJCQkJCQ";keyid="NFcWBst6DXG-N35nHdzMrioWntdzNZghQSkjHNMMSjw";tag="endymail/1"`,
      signature: expect.stringMatching(/^endymail=:[A-Za-z0-9+/]{86}==:$/) as string,
    });
  });

  it('is read back, and is one by its key alone', async () => {
    const read = readSignature(REQUEST, headers);
    expect(read).toMatchObject({
      ok: true,
      value: { service: SERVICE, key: key.id, createdSeconds: 1_800_000_000, nonce: 'CQkJCQkJCQkJCQkJCQkJCQ' },
    });
    if (!read.ok) return;
    const other = await signingKeyFromSeed(new Redacted(new Uint8Array(32).fill(1)));
    expect(await read.value.isBy(key.publicKey)).toBe(true);
    expect(await read.value.isBy(other.publicKey)).toBe(false);
  });

  it.each([
    ['another method', { method: 'DELETE' }],
    ['another path', { targetUri: 'https://mesh.example.org/v1/accounts/y?from=1' }],
    ['another query', { targetUri: 'https://mesh.example.org/v1/accounts/x?from=2' }],
    ['another place', { targetUri: 'https://mesh.example.net/v1/accounts/x?from=1' }],
    ['another body', { body: utf8('Body') }],
    ['another scheme', { targetUri: 'http://mesh.example.org/v1/accounts/x?from=1' }],
  ])('is none of %s', async (_, change) => {
    const read = readSignature({ ...REQUEST, ...change }, headers);
    expect(read.ok && (await read.value.isBy(key.publicKey))).toBe(false);
    expect(read.ok).toBe(true);
  });

  it('is none for another service, another time or another number', async () => {
    const service = serviceOf(8);
    const other = await signatureHeaders(REQUEST, { ...SIGNING, service });
    const input = headers['signature-input'] ?? '';
    for (const changed of [
      { ...headers, 'endymail-service': other['endymail-service'] },
      { ...headers, 'signature-input': input.replace('1800000000', '1800000001') },
      { ...headers, 'signature-input': input.replace('CQkJ', 'CQkK') },
    ]) {
      const read = readSignature(REQUEST, changed);
      expect(read.ok && (await read.value.isBy(key.publicKey))).toBe(false);
      expect(read.ok).toBe(true);
    }
  });

  const input = headers['signature-input'] ?? '';
  const signature = headers['signature'] ?? '';
  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['a part left out of the list', { 'signature-input': input.replace(' "@target-uri"', '') }],
    ['another order', { 'signature-input': input.replace('"@method" "@target-uri"', '"@target-uri" "@method"') }],
    ['another label', { 'signature-input': input.replace('endymail=', 'sig1=') }],
    ['another tag', { 'signature-input': input.replace('endymail/1', 'endymail/2') }],
    ['one parameter more', { 'signature-input': `${input};alg="ed25519"` }],
    ['a second signature', { 'signature-input': `${input}, ${input}` }],
    ['a space', { 'signature-input': input.replace(';nonce', '; nonce') }],
    ['a time with a leading zero', { 'signature-input': input.replace('1800000000', '01800000000') }],
    ['a number with spare bits', { 'signature-input': input.replace('JCQ"', 'JCR"') }],
    ['a short signature', { signature: signature.replace(/.{4}==:$/, '==:') }],
    ['no signature', { signature: undefined }],
    ['no input', { 'signature-input': undefined }],
    ['no digest', { 'content-digest': undefined }],
    ['no service', { 'endymail-service': undefined }],
    ['a service that is none', { 'endymail-service': 'BwcHBwcHBwcHBwcHBwcHB' }],
  ])('is malformed with %s', (_, change) => {
    expect(readSignature(REQUEST, { ...headers, ...change })).toEqual({ ok: false, error: 'malformed' });
  });

  it('is missing where nothing of it is there', () => {
    expect(readSignature(REQUEST, { host: 'mesh.example.org' })).toEqual({ ok: false, error: 'missing' });
  });
});
