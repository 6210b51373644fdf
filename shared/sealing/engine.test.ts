import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { randomBytes, utf8, utf8Text } from './engine.ts';

describe('UTF-8', () => {
  it('gives every text back, also one that begins with a byte order mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Text(utf8(text))).toBe(text);
        expect(utf8Text(utf8(`\ufeff${text}`))).toBe(`\ufeff${text}`);
      }),
    );
  });

  it.each(['ff', 'c080', 'eda080', 'f4908080', 'e282', '61c3'])('is not %s', (hex) => {
    expect(utf8Text(fromHex(hex))).toBeNull();
  });

  it('has nothing for a lone surrogate', () => {
    expect(() => utf8('a\ud800')).toThrow(TypeError);
  });
});

describe('randomBytes', () => {
  it('gives as many as are asked for, other ones each time', () => {
    expect(randomBytes(0)).toHaveLength(0);
    expect(randomBytes(65_536)).toHaveLength(65_536);
    expect(new Set(Array.from({ length: 100 }, () => toHex(randomBytes(16)))).size).toBe(100);
  });

  it('does not give fewer than are asked for', () => {
    expect(() => randomBytes(65_537)).toThrow(RangeError);
  });
});
