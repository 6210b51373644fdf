import { parseMailAddress } from '@endymail/shared/mail';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanDisplayName } from './display-name.ts';

const parsed = parseMailAddress('bob@example.test');
if (!parsed.ok) throw new Error('not an address');
const bob = parsed.value;

test.each([
  ['Bob Example', 'Bob Example'],
  ['  Bob \t\r\n Example ', 'Bob Example'],
  ['', 'bob@example.test'],
  [' \u0000\u200b\u3164 ', 'bob@example.test'],
  ['Bob\u202egro.elpmaxe@lorac', 'Bobgro.elpmaxe@lorac'],
  ['Zoe\u0308', 'Zo\u00eb'],
  ['Bob \ud800', 'Bob'],
  ['李明', '李明'],
  ['Bob, CN=Carol, E=carol@example.test', 'Bob, CN=Carol, E=carol@example.test'],
])('the name %j becomes %j', (name, expected) => {
  expect(cleanDisplayName(name, bob)).toBe(expected);
});

test('a long name is cut at 64 characters, not in the middle of one', () => {
  expect(cleanDisplayName('😀'.repeat(80), bob)).toBe('😀'.repeat(64));
});

test('cleaning is done once: a clean name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const clean = cleanDisplayName(name, bob);
      expect(clean).not.toBe('');
      expect(Array.from(clean).length).toBeLessThanOrEqual(64);
      expect(cleanDisplayName(clean, bob)).toBe(clean);
    }),
    { numRuns: 1_000 },
  );
});
