import { describe, expect, it } from 'vitest';
import { askedPositions } from './recovery-words.ts';

describe('the words that are asked for', () => {
  it('are three different ones of 24, in their order', () => {
    expect(askedPositions(() => 0)).toEqual([1, 2, 3]);
    expect(askedPositions(() => 0.999_999)).toEqual([22, 23, 24]);
  });

  it('are any of them', () => {
    const parts = [0.9, 0, 0.5];
    expect(askedPositions(() => parts.shift() ?? 0)).toEqual([1, 13, 22]);
  });
});
