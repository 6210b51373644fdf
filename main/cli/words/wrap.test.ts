import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrap } from './wrap.ts';

it('goes on below the second column of a table, and behind the mark of a list', () => {
  expect(wrap('  --home <dir>  Endymail’s own data, instead of the usual folder.', 48)).toBe(
    ['  --home <dir>  Endymail’s own data, instead of', '                the usual folder.'].join('\n'),
  );
  expect(wrap('  • Mail is encrypted by itself when everybody’s certificate is known.', 44)).toBe(
    ['  • Mail is encrypted by itself when', '    everybody’s certificate is known.'].join('\n'),
  );
});

it('breaks nothing on a terminal that says no width or is too narrow', () => {
  const line = 'word '.repeat(40);
  for (const columns of [0, 20]) expect(wrap(line, columns)).toBe(line);
});

it('keeps every word in its order, and breaks only lines that do not fit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '•'), minLength: 1, maxLength: 30 });
  const text = fc
    .array(fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')))
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 200 }), (before, columns) => {
      const after = wrap(before, columns);
      expect(after.split(/\s+/).filter(Boolean)).toEqual(before.split(/\s+/).filter(Boolean));
      for (const line of after.split('\n')) if (line.length > columns) expect(line.trim().split(' ').length).toBe(1);
    }),
  );
});
