import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const NAMES = ['mailboxes', 'enable', 'disable', 'import-peer', 'remove-peer', 'remove', 'restore'];

it.each([
  ['mailboxs', 'mailboxes'],
  ['enabel', 'enable'],
  ['import-per', 'import-peer'],
  ['remov', 'remove'],
  ['xyz', null],
  ['', null],
])('%s: %s', (word, meant) => {
  expect(nearest(word, NAMES)).toBe(meant);
});

it('a name that is there is always the one that was meant', () => {
  fc.assert(fc.property(fc.constantFrom(...NAMES), (name) => nearest(name, NAMES) === name));
});

it('never finds what is not there, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      const found = nearest(word, NAMES);
      return found === null || NAMES.includes(found);
    }),
  );
});
