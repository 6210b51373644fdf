import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, fromBase64Url, fromHex, toBase64Url, toHex } from './bytes.ts';
import { utf8 } from './engine.ts';

const bytes = () => fc.uint8Array({ maxLength: 70 });

describe('base64url', () => {
  // RFC 4648 §10, without the padding
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (text, written) => {
    expect(toBase64Url(utf8(text))).toBe(written);
    expect(fromBase64Url(written)).toEqual(utf8(text));
  });

  it('has - and _ where base64 has + and /', () => {
    expect(toBase64Url(fromHex('fbff'))).toBe('-_8');
  });

  it.each(['Zg==', 'Zh', 'Zm9', 'A', 'Zm9vA', '+/8', 'Zg\n', ' Zg', 'Z\u00e4', 'Z\u{1f600}'])('is not %j', (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });

  it('gives all bytes back, and no other text gives them', () => {
    fc.assert(
      fc.property(bytes(), (some) => {
        expect(fromBase64Url(toBase64Url(some))).toEqual(some);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
        const read = fromBase64Url(text);
        expect(read === null ? text : toBase64Url(read)).toBe(text);
      }),
    );
  });
});

describe('equalBytes', () => {
  it('is true for the same bytes alone', () => {
    fc.assert(
      fc.property(bytes(), bytes(), (left, right) => {
        expect(equalBytes(left, left.slice())).toBe(true);
        expect(equalBytes(left, right)).toBe(toHex(left) === toHex(right));
      }),
    );
  });

  it('sees one bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), fc.nat({ max: 7 }), (some, where, bit) => {
        const other = some.slice();
        const at = where % some.length;
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        expect(equalBytes(some, other)).toBe(false);
      }),
    );
  });
});
