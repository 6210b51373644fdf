import fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { WRAPPING_KEY_BYTES, decodeWrappingKey, encodeWrappingKey } from './keychain.ts';

const keys = fc.uint8Array({ minLength: WRAPPING_KEY_BYTES, maxLength: WRAPPING_KEY_BYTES });

test('[SEC-2] a wrapping key is 44 characters, and comes back from them', () => {
  fc.assert(
    fc.property(keys, (bytes) => {
      const text = encodeWrappingKey(new Redacted(bytes));
      expect(text).toHaveLength(44);
      expect(decodeWrappingKey(text)?.reveal()).toEqual(bytes);
    }),
  );
});

test('other text is no key', () => {
  const text = encodeWrappingKey(new Redacted(new Uint8Array(WRAPPING_KEY_BYTES).fill(0xff)));
  const sameBytesOtherText = text.replace(/8=$/, '9=');
  expect(Buffer.from(sameBytesOtherText, 'base64')).toEqual(Buffer.from(text, 'base64'));
  for (const other of ['', '-', ` ${text}`, `${text}\n`, text.slice(1), text.replace('=', ''), sameBytesOtherText]) {
    expect(decodeWrappingKey(other)).toBeNull();
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (other) => {
      const key = decodeWrappingKey(other);
      expect(key === null || encodeWrappingKey(key) === other).toBe(true);
    }),
  );
});

test('a key of another length is a mistake of ours', () => {
  expect(() => encodeWrappingKey(new Redacted(new Uint8Array(31)))).toThrow('32 bytes');
});

test('[SEC-1] a decoded key does not show itself', () => {
  const text = encodeWrappingKey(new Redacted(new Uint8Array(WRAPPING_KEY_BYTES).fill(7)));
  const key = decodeWrappingKey(text);
  for (const shown of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify({ key }), String(key)]) {
    expect(shown).not.toContain('7');
    expect(shown).toContain('<redacted>');
  }
});
