import { describe, expect, it } from 'vitest';
import { countJUnit } from './junit-report.ts';

describe('countJUnit', () => {
  const xml = '<testsuites><testcase name="a" classname="" file="a.test.ts" /></testsuites>';

  it('counts an error outside every test, of which only the exit code tells', () => {
    expect(countJUnit(xml, ['a.test.ts'], 0)).toEqual({ passed: 1, failed: 0, output: '' });
    expect(countJUnit(xml, ['a.test.ts'], 1)).toEqual({ passed: 1, failed: 1, output: '' });
  });

  it.each(['', '<testsuites>', 'not a report'])('finds no test in %j', (broken) => {
    expect(countJUnit(broken, ['a.test.ts'], 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
