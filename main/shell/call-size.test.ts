import { expect, it } from 'vitest';
import { CALL_MAX_BYTES, isWithin } from './call-size.ts';

it('[SEC-57] takes what a page has to say', () => {
  expect(isWithin(['addPerson', ['x'.repeat(65_536), 'a fingerprint']], CALL_MAX_BYTES)).toBe(true);
  expect(isWithin(['plan', [Array.from({ length: 2_000 }, () => 'alice@example.test'), {}]], CALL_MAX_BYTES)).toBe(
    true,
  );
  expect(isWithin([undefined, null, 1, true], CALL_MAX_BYTES)).toBe(true);
});

const deep = (levels: number): unknown => (levels === 0 ? 'end' : [deep(levels - 1)]);
const round: unknown[] = [];
round.push(round);

it.each([
  ['a long text', ['x'.repeat(CALL_MAX_BYTES)]],
  ['many short ones', Array.from({ length: 200_000 }, () => 'x')],
  ['many nothings', Array.from({ length: 200_000 }, () => null)],
  ['bytes', [new Uint8Array(CALL_MAX_BYTES)]],
  ['long names', [{ ['x'.repeat(CALL_MAX_BYTES)]: 1 }]],
  ['depth', deep(20)],
  ['a ring', round],
  ['a map', [new Map([['x', 'y']])]],
  ['a date', [new Date()]],
  ['a function', [() => 'x']],
  ['a bare buffer', [new ArrayBuffer(8)]],
])('[SEC-57] %s is too much', (_what, value) => {
  expect(isWithin(value, CALL_MAX_BYTES)).toBe(false);
});
