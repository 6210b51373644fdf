import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable, printableJson } from './printable.ts';

// eslint-disable-next-line no-control-regex -- control characters are exactly what is meant
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

it('leaves words of any language as they are', () => {
  const text = 'Zoë “Ünal” 王小明 👩‍🚀\n  second line';
  expect(printable(text)).toBe(text);
});

it('takes the power out of what would clear the screen, colour it, or turn the direction round', () => {
  expect(printable('\u001b[2Jbob\u009b31m\rmallory\u202egro.elpmaxe')).toBe('�[2Jbob�31m�mallory�gro.elpmaxe');
});

it('shows no control character, and JSON still holds what it is made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(CONTROLS);
      const json = printableJson({ text });
      expect(json).not.toMatch(CONTROLS);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
