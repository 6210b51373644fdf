import { expect, it } from 'vitest';
import type { Hash32 } from '@endymail/shared/sealing';
import { chainMark, isMarkOf } from './chain-mark.ts';

const passed = ['00', '3f', 'c1'].map((byte) => byte.repeat(32) as Hash32);
const [, second = '' as Hash32] = passed;

it('[SEC-123] is found in the chain that it was taken from, however it was written down', () => {
  const mark = chainMark({ head: { count: 1, hash: second } });
  expect(mark).toBe(`1-${'3f'.repeat(10)}`);
  expect(isMarkOf({ passed }, mark)).toBe(true);
  expect(isMarkOf({ passed }, ' 1-3F3F3 F3F3F3F 3F3F3F3F ')).toBe(true);
});

it('[SEC-123] is found in no shorter, and in no other one', () => {
  const mark = chainMark({ head: { count: 1, hash: second } });
  expect(isMarkOf({ passed: passed.slice(0, 1) }, mark)).toBe(false);
  for (const other of [`2-${'3f'.repeat(10)}`, '1-3f', `1-${'3f'.repeat(11)}`, '1', '', 'abc'])
    expect(isMarkOf({ passed }, other)).toBe(false);
});
