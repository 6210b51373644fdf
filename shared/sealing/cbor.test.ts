import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborValue } from './cbor.ts';
import corpus from './vectors/cbor-rfc8949-appendix-a.json' with { type: 'json' };

const array = (depth: number): CborValue => (depth === 0 ? 0 : [array(depth - 1)]);

const integer = () =>
  fc.oneof(fc.integer({ min: -300, max: 70_000 }), fc.maxSafeInteger()).map((value) => (value === 0 ? 0 : value));

const values = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    integer(),
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.array(fc.tuple(integer(), tie('value')), { maxLength: 30 }).map((entries) => new Map(entries)),
    tie('value').map((value) => ({ tag: 18 as const, value })),
  ),
})).value;

/** Of RFC 8949 appendix A: what the mesh has no use for, and why. */
const REFUSED: readonly (readonly [reason: string, hex: RegExp])[] = [
  ['an integer beyond 2^53 - 1', /^[13]bffffffffffffffff$/],
  ['a tag that is not 18', /^(c[0-9a-f]|d7|d8)/],
  ['a float', /^f[9ab]/],
  ['undefined', /^f7$/],
  ['a simple value', /^(f0|f8)/],
  ['an indefinite length', /^([579b]f|8261.*bf|8301.*9f|83019f)/],
  ['a key that is a text', /^(a[25]616|826161a1)/],
  // The answer for "no" can not be told from it.
  ['null alone', /^f6$/],
];
const reasonFor = (hex: string): string | undefined => REFUSED.find(([, form]) => form.test(hex))?.[0];

describe('RFC 8949 appendix A', () => {
  const [taken, refused] = [
    corpus.encodings.filter(({ hex }) => reasonFor(hex) === undefined),
    corpus.encodings.filter(({ hex }) => reasonFor(hex) !== undefined),
  ];

  it.each(taken)('is taken: $hex', ({ hex }) => {
    const value = decodeCbor(fromHex(hex));
    expect(value).not.toBeNull();
    expect(toHex(encodeCbor(value))).toBe(hex);
  });

  it.each(refused.map(({ hex }) => ({ hex, reason: reasonFor(hex) })))('is refused: $hex, $reason', ({ hex }) => {
    expect(decodeCbor(fromHex(hex))).toBeNull();
  });

  it('is all used', () => {
    expect([taken.length, refused.length]).toEqual([31, 51]);
  });
});

describe('decodeCbor', () => {
  it.each([
    ['nothing', ''],
    ['two items', '0101'],
    ['a byte behind the item', '8000'],
    ['an integer that is longer than it must be', '1817'],
    ['an integer of four bytes that fits in two', '1a0000ffff'],
    ['an integer of eight bytes that fits in four', '1b00000000ffffffff'],
    ['a length that is longer than it must be', '5801ff'],
    ['a text length that is longer than it must be', '780161'],
    ['an array length that is longer than it must be', '980101'],
    ['a map length that is longer than it must be', 'b8010101'],
    ['a tag that is longer than it must be', 'd81280'],
    ['2^53', '1b0020000000000000'],
    ['-2^53', '3b001fffffffffffff'],
    ['keys in another order', 'a204000100'],
    ['keys in the order of their length, which RFC 7049 had', 'a22000181800'],
    ['the same key twice', 'a201000101'],
    ['a key that is bytes', 'a1410100'],
    ['a key that is an array', 'a1800a'],
    ['a key that is true', 'a1f500'],
    ['a key that is null', 'a1f600'],
    ['a key that is a float', 'a1f93c0000'],
    ['a float in an array', '81f93c00'],
    ['undefined in an array', '81f7'],
    ['a map of indefinite length in an array', '81bfff'],
    ['a break in an array', '81ff'],
    ['a break in a map', 'a101ff'],
    ['a break alone', 'ff'],
    ['tag 16', 'd080'],
    ['tag 18 without content', 'd2'],
    ['tag 18 with a break', 'd2ff'],
    ['a text that is not UTF-8', '61ff'],
    ['a surrogate in UTF-8', '63eda080'],
    ['a text that ends within a letter', '61c3'],
    ['reserved additional information', '1c'],
    ['fewer bytes than announced', '43ffff'],
    ['fewer items than announced', '820a'],
    ['a key without a value', 'a101'],
    ['an array of 2^32 items', '9b0000000100000000'],
    ['an array of 2^32 - 1 items', '9affffffff'],
    ['an array of 2^64 - 1 items', '9bffffffffffffffff'],
    ['a map of 2^32 - 1 pairs', 'baffffffff'],
    ['bytes of 2^32 - 1', '5affffffff'],
    ['bytes of 2^64 - 1', '5bffffffffffffffff'],
    ['a text of 2^32 - 1', '7affffffff'],
  ])('refuses %s', (_what, hex) => {
    expect(decodeCbor(fromHex(hex))).toBeNull();
  });

  it('goes eight levels down, and not one more', () => {
    expect(decodeCbor(fromHex(`${'81'.repeat(8)}00`))).toEqual(array(8));
    expect(decodeCbor(fromHex(`${'81'.repeat(9)}00`))).toBeNull();
    expect(decodeCbor(fromHex(`${'81'.repeat(8)}80`))).toBeNull();
    expect(decodeCbor(fromHex(`d2${'81'.repeat(8)}00`))).toBeNull();
    expect(decodeCbor(fromHex(`${'a100'.repeat(9)}00`))).toBeNull();
    // Beside one another is not in one another.
    expect(decodeCbor(fromHex(`98c8${'818100'.repeat(200)}`))).not.toBeNull();
  });

  it.each(['81', 'a100', 'd2', '9f'])('is not brought down by half a million times %s', (hex) => {
    expect(decodeCbor(fromHex(hex.repeat(500_000)))).toBeNull();
  });

  it('takes the largest integers', () => {
    expect(decodeCbor(fromHex('1b001fffffffffffff'))).toBe(Number.MAX_SAFE_INTEGER);
    expect(decodeCbor(fromHex('3b001ffffffffffffe'))).toBe(Number.MIN_SAFE_INTEGER);
  });

  it('keeps a byte order mark in a text', () => {
    expect(decodeCbor(fromHex('64efbbbf61'))).toBe('\ufeffa');
  });

  it('gives bytes of its own, of the one class', () => {
    const encoded = fromHex('4401020304');
    const decoded = decodeCbor(encoded);
    encoded.fill(0);
    expect(decoded).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(Object.getPrototypeOf(decoded)).toBe(Uint8Array.prototype);
    expect(Object.getPrototypeOf(encodeCbor('a'))).toBe(Uint8Array.prototype);
  });

  it('gives nothing but what encodes back to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const value = decodeCbor(bytes);
        expect(value === null ? bytes : encodeCbor(value)).toEqual(bytes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes no encoding of which a byte is changed as the same', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, where, change) => {
        const bytes = encodeCbor(value);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const changed = decodeCbor(bytes);
        expect(changed === null ? bytes : encodeCbor(changed)).toEqual(bytes);
      }),
    );
  });
});

describe('encodeCbor', () => {
  it('gives every value back', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encodeCbor(value);
        expect(decodeCbor(bytes)).toEqual(value);
        expect(decodeCbor(concatBytes(bytes, Uint8Array.of(0)))).toBeNull();
      }),
    );
  });

  it('puts keys in the order of their bytes', () => {
    const entries: [number, CborValue][] = [
      [-1, 0],
      [24, 0],
      [-65537, 0],
      [1000, 0],
      [1, 0],
    ];
    const encoded = toHex(encodeCbor(new Map(entries)));
    expect(encoded).toBe('a50100181800' + '1903e800' + '2000' + '3a0001000000');
    expect(toHex(encodeCbor(new Map(entries.reverse())))).toBe(encoded);
  });

  it.each([
    ['a fraction', 0.5],
    ['an integer beyond 2^53 - 1', 2 ** 53],
    ['NaN', NaN],
    ['infinity', Infinity],
    ['a lone surrogate', '\ud800'],
    ['undefined', undefined],
    ['a big integer', 1n],
    ['an object', { a: 1 }],
    ['another tag', { tag: 17, value: 0 }],
    ['a date', new Date(0)],
    ['a key that is a text', new Map([['a', 1]])],
    ['a key that is a fraction', new Map([[0.5, 1]])],
    ['undefined in an array', [undefined]],
    ['too much depth', array(9)],
  ])('throws on %s', (_what, value) => {
    expect(() => encodeCbor(value as CborValue)).toThrow(TypeError);
  });
});
