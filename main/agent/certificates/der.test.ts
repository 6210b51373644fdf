import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derElements } from './der.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

test('elements are found one after the other', () => {
  const elements = derElements(bytes('020105' + '0500' + '048180' + '00'.repeat(128)));
  expect(elements?.map(({ tag, content, whole }) => [tag, content.length, whole.length])).toEqual([
    [0x02, 1, 3],
    [0x05, 0, 2],
    [0x04, 128, 131],
  ]);
});

test.each(['30', '3001', '3080', '308100'.slice(0, 4), '3082ff', '30830000010000', '020105ff'])(
  'bytes that do not add up (%s) are no elements',
  (hex) => {
    expect(derElements(bytes(hex))).toBeNull();
  },
);

test('whatever the bytes, elements cover them exactly or there are none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
      const elements = derElements(input);
      if (elements !== null) expect(Buffer.concat(elements.map(({ whole }) => whole))).toEqual(Buffer.from(input));
    }),
  );
});
