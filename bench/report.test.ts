import { describe, expect, it } from 'vitest';
import { NO_RESULTS } from './measure.ts';
import { tableOf } from './report.ts';

describe('the table', () => {
  it('has a line for each figure, numbers under numbers, and says whether a goal was met', () => {
    const measured = { runs: 3, oursMs: 30, bareMs: 10, ratio: 3, comparedTo: 'nothing' };
    const results = [
      { ...measured, name: 'slow', goal: 1.5 },
      { ...measured, name: 'as it should be', oursMs: 5, ratio: 0.5, goal: 1.5 },
      { ...measured, name: 'free', goal: null },
    ];
    expect(tableOf({ ...NO_RESULTS, results })).toEqual([
      'what              ours   bare  ratio  compared to',
      'slow             30 ms  10 ms      3  nothing (goal 1.5: MISSED)',
      'as it should be   5 ms  10 ms    0.5  nothing (goal 1.5: met)',
      'free             30 ms  10 ms      3  nothing',
    ]);
  });

  it('has sizes with and without compression, and nothing of what was not measured', () => {
    expect(tableOf({ ...NO_RESULTS, sizes: [{ name: 'page', bytes: 2_048, gzipBytes: 512 }] })).toEqual([
      'what     size     gzip',
      'page  2.0 KiB  0.5 KiB',
    ]);
  });
});
