import fc from 'fast-check';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { JOURNAL_PATH } from './journals.ts';

test.each(['0123456789abcdef.jsonl', 'thunderbird/0123456789abcdef.jsonl', 'a/b/c/d', 'a-b_c.d'])(
  '%s may be a journal',
  (path) => {
    expect(JOURNAL_PATH.test(path)).toBe(true);
  },
);

test.each([
  ['out of the folder', '../../.bashrc'],
  ['out of it on the way', 'a/../../b'],
  ['from the root', '/etc/passwd'],
  ['hidden', '.hidden'],
  ['of Windows', 'a\\..\\b'],
  ['a drive', 'C:/x'],
  ['a stream', 'a:b'],
  ['empty', ''],
  ['an empty part', 'a//b'],
  ['a folder', 'a/'],
  ['too deep', 'a/b/c/d/e'],
  ['two lines', 'a\nb'],
  ['a last line', 'a\n'],
  ['a zero', 'a\0'],
  ['too long', 'a'.repeat(200)],
  ['the prototype', '__proto__'],
])('[SEC-30] a path that is %s may not', (_, path) => {
  expect(JOURNAL_PATH.test(path)).toBe(false);
});

test('[SEC-30] no accepted path leads out of the folder', () => {
  const parts = fc.constantFrom('.', '..', '/', '\\', 'a', 'b', '-', '_', ':', '\0');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const path = pieces.join('');
      fc.pre(JOURNAL_PATH.test(path));
      expect(posix.join('/home/clients', path).startsWith('/home/clients/')).toBe(true);
      expect(path).toBe(posix.normalize(path));
    }),
    { numRuns: 2_000 },
  );
});
