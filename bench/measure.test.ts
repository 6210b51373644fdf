import { describe, expect, it } from 'vitest';
import { figure, measure, median } from './measure.ts';

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it('does not exist of nothing', () => {
    expect(() => median([])).toThrow();
  });
});

describe('measure', () => {
  it('takes turns, leaves the first pair out, and gives the median of the ratios', async () => {
    const order: string[] = [];
    const ours = [1_000, 30, 20, 60];
    const bare = [1, 10, 10, 10];
    const measured = await measure({
      name: 'a thing',
      comparedTo: 'the bare thing',
      goal: 1.5,
      runs: 3,
      ours: () => {
        order.push('ours');
        return Promise.resolve(ours.shift() ?? 0);
      },
      bare: () => {
        order.push('bare');
        return Promise.resolve(bare.shift() ?? 0);
      },
    });
    expect(order).toEqual(['ours', 'bare', 'ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
    expect(measured).toMatchObject({ runs: 3, oursMs: 30, bareMs: 10, ratio: 3 });
  });
});

describe('a figure', () => {
  const named = { name: 'a page', unit: 'MiB', comparedTo: 'an empty one' } as const;

  it('is the medians, and the median of the ratios', () => {
    const pairs = [
      { ours: 30, bare: 10 },
      { ours: 20, bare: 20 },
      { ours: 50, bare: 10 },
    ];
    expect(figure(named, pairs)).toEqual({ ...named, runs: 3, ours: 30, bare: 10, ratio: 3 });
  });

  it('has no ratio to nothing', () => {
    expect(figure(named, [{ ours: 30, bare: 0 }])).toMatchObject({ ours: 30, bare: 0, ratio: null });
  });
});
