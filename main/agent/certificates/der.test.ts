import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derElement, derElements } from './der.ts';

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

test.each([0, 1, 127, 128, 255, 256, 65_535])('an element of %i bytes is the one that is found', (length) => {
  const content = new Uint8Array(length).fill(7);
  const whole = derElement(0x30, content.subarray(0, length / 2), content.subarray(length / 2));
  expect(derElements(whole)).toEqual([{ tag: 0x30, content, whole }]);
  expect(whole.length - length).toBe(length < 128 ? 2 : length < 256 ? 3 : 4);
});

test('an element that is too long is not made', () => {
  expect(() => derElement(0x30, new Uint8Array(65_536))).toThrow('65536 bytes');
});

test('whatever the bytes, elements cover them exactly or there are none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
      const elements = derElements(input);
      if (elements !== null) expect(Buffer.concat(elements.map(({ whole }) => whole))).toEqual(Buffer.from(input));
    }),
  );
});
