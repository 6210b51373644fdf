import { describe, expect, it } from 'vitest';
import { licenceUsed } from './licences.ts';

describe('licenceUsed', () => {
  it.each([
    ['MIT', 'MIT'],
    ['(BSD-3-Clause OR GPL-2.0)', 'BSD-3-Clause'],
    ['(GPL-2.0 OR MIT)', 'MIT'],
    ['GPL-3.0', null],
    ['MIT AND GPL-3.0', null],
    ['SEE LICENSE IN LICENSE', null],
    ['', null],
  ])('of %j is %j', (expression, used) => {
    expect(licenceUsed(expression)).toBe(used);
  });
});
