import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { sha512 } from './digest.ts';
import { utf8 } from './engine.ts';
import { accountIdBytes, type AccountId } from './ids.ts';
import { accountIdOf, contentDigest, fingerprintText, matchesFingerprint, parseFingerprint, udfText } from './udf.ts';
import known from './vectors/udf.json' with { type: 'json' };

const ROOT = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const account = accountIdOf(ROOT);
const shown = fingerprintText(account);
const all = udfText(contentDigest('application/pkix-keyinfo', spki(ROOT)), 520).replaceAll('-', '');

function spki(key: Uint8Array): Uint8Array {
  return fromHex(`302a300506032b6570032100${toHex(key)}`);
}

describe('content digests', () => {
  it.each(known.digests.filter(({ sha2 }) => sha2 !== undefined))('is the published one: $id', (vector) => {
    const digest = contentDigest(vector.contentType, utf8(vector.data));
    expect(udfText(digest, vector.bits)).toBe(vector.sha2);
    if (vector.digest !== undefined) expect(toHex(digest.digest)).toBe(vector.digest);
    if (vector.type !== undefined) expect(digest.type).toBe(vector.type);
  });

  it('shows a longer fingerprint as the continuation of a shorter one', () => {
    const digest = contentDigest('text/plain', utf8('UDF Data Value'));
    expect(udfText(digest, 520).startsWith(udfText(digest, 200))).toBe(true);
    expect(udfText(digest, 520).replaceAll('-', '')).toHaveLength(104);
  });

  it('binds the content type', () => {
    const data = utf8('UDF Data Value');
    expect(udfText(contentDigest('text/html', data))).not.toBe(udfText(contentDigest('text/plain', data)));
  });
});

describe('the id of an account', () => {
  it('is the digest over the RFC 8410 key info, and not over the reference implementation’s', () => {
    expect(accountIdBytes(account)).toEqual(contentDigest('application/pkix-keyinfo', spki(ROOT)).digest);
    const inner = toHex(sha512(spki(ROOT)));
    expect(account).toBe(toHex(sha512(fromHex(toHex(utf8('application/pkix-keyinfo:')) + inner))));
  });

  it('is shown as 28 letters in groups of four', () => {
    expect(shown).toMatch(/^M[A-Z2-7]{3}(-[A-Z2-7]{4}){6}$/);
    expect(shown).toBe(udfText(contentDigest('application/pkix-keyinfo', spki(ROOT))));
  });

  it.each([
    [19, 'MA'],
    [20, 'ME'],
    [29, 'ME'],
    [30, 'MI'],
    [40, 'MM'],
    [50, 'MQ'],
    [510, 'MR'],
  ])('shows in its first letters that it ends with %i zero bits', (bits, letters) => {
    const id = (1n << BigInt(bits)).toString(16).padStart(128, '0') as AccountId;
    expect(fingerprintText(id).slice(0, 2)).toBe(letters);
  });

  it('is shown even where it is all zeros', () => {
    expect(fingerprintText('0'.repeat(128) as AccountId)).toMatch(/^MQAA(-AAAA){6}$/);
  });
});

describe('a fingerprint that a person wrote', () => {
  it('is read without regard to case, hyphens and white space', () => {
    const typed = `  ${shown.toLowerCase().replaceAll('-', ' ')}\n`;
    expect(parseFingerprint(typed)).toEqual({ prefix: shown.replaceAll('-', '') });
    expect(matchesFingerprint(account, typed)).toBe(true);
  });

  it('is compared in all letters that it has, from 26 on', () => {
    for (const length of [26, 27, 28, 50, 104]) expect(matchesFingerprint(account, all.slice(0, length))).toBe(true);
    for (let at = 0; at < all.length; at += 1) {
      const other = all.slice(0, at) + (all.charAt(at) === 'A' ? 'B' : 'A') + all.slice(at + 1);
      expect(matchesFingerprint(account, other)).toBe(false);
    }
  });

  it.each([
    ['nothing', ''],
    ['25 letters', all.slice(0, 25)],
    ['25 letters and many ignored ones', `${all.slice(0, 25)}${'-'.repeat(40)}`],
    ['more letters than there are', `${all}A`],
    ['a digit that is no letter of Base32', `${all.slice(0, 27)}1`],
    ['a letter that is K in lower case only', `${all.slice(0, 27)}\u212a`],
    ['other punctuation', all.slice(0, 28).replace(/^(.{4})/, '$1.')],
  ])('is refused: %s', (_what, text) => {
    expect(parseFingerprint(text)).toBeNull();
    expect(matchesFingerprint(account, text)).toBe(false);
  });

  it.each(known.digests.filter(({ sha3 }) => sha3 !== undefined))('is refused under SHA-3-512: $id', ({ sha3 }) => {
    expect(parseFingerprint(sha3!)).toBeNull();
  });
});
