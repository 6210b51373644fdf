import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './bytes.ts';
import { CONTENT_MAX_BYTES, padded, unpadded } from './padding.ts';

describe('padded', () => {
  it.each([
    [0, 256],
    [252, 256],
    [253, 512],
    [508, 512],
    [509, 768],
    [764, 768],
    [765, 1024],
    [1020, 1024],
    [1021, 2048],
    [2045, 4096],
    [4093, 8192],
    [8189, 16_384],
    [16_381, 32_768],
    [32_765, 65_536],
    [CONTENT_MAX_BYTES, 65_536],
  ])('makes %i bytes %i', (length, size) => {
    const content = new Uint8Array(length).fill(7);
    const plaintext = padded(content);
    expect(plaintext).toHaveLength(size);
    expect(unpadded(plaintext)).toEqual(content);
  });

  it('is the length, the content and zeros', () => {
    const plaintext = padded(Uint8Array.of(1, 2, 3));
    expect(plaintext).toEqual(concatBytes(Uint8Array.of(0, 0, 0, 3, 1, 2, 3), new Uint8Array(249)));
  });

  it('throws on what is larger', () => {
    expect(() => padded(new Uint8Array(CONTENT_MAX_BYTES + 1))).toThrow(RangeError);
    expect(() => padded(new Uint8Array(1), 65_537)).toThrow(RangeError);
  });

  it('makes a deletion as large as what it deletes', () => {
    expect(padded(new Uint8Array(3), 4096)).toHaveLength(4096);
    expect(padded(new Uint8Array(3), 257)).toHaveLength(512);
    expect(padded(new Uint8Array(1000), 256)).toHaveLength(1024);
    expect(unpadded(padded(Uint8Array.of(9), 4096))).toEqual(Uint8Array.of(9));
  });
});

describe('unpadded', () => {
  it.each([0, 3, 255, 257, 1000, 1280, 65_535, 131_072])('refuses the size %i', (size) => {
    expect(unpadded(new Uint8Array(size))).toBeNull();
  });

  it('refuses a length that does not fit', () => {
    const plaintext = padded(new Uint8Array(252));
    plaintext[3] = 253;
    expect(unpadded(plaintext)).toBeNull();
    plaintext.fill(0xff, 0, 4);
    expect(unpadded(plaintext)).toBeNull();
  });

  it('refuses any byte behind the content that is not zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 255 }), fc.integer({ min: 1, max: 255 }), (at, byte) => {
        const plaintext = padded(new Uint8Array(10).fill(1));
        plaintext[at] = byte;
        expect(unpadded(plaintext)).toBeNull();
      }),
    );
  });

  it('reads at the place where the bytes lie', () => {
    const whole = concatBytes(new Uint8Array(5).fill(0xff), padded(Uint8Array.of(1, 2)));
    expect(unpadded(whole.subarray(5))).toEqual(Uint8Array.of(1, 2));
  });
});
