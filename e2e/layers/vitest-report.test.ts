import { describe, expect, it } from 'vitest';
import { countReport, notRun } from './vitest-report.ts';

const report = (...files: readonly { status?: string; tests: readonly string[] }[]): string =>
  JSON.stringify({
    testResults: files.map(({ status = 'passed', tests }, file) => ({
      name: `/file-${file}.test.ts`,
      status,
      message: '',
      assertionResults: tests.map((of, index) => ({ fullName: `test ${index}`, status: of })),
    })),
  });

describe('countReport', () => {
  it('counts what passed and keeps its titles', () => {
    expect(countReport(report({ tests: ['passed', 'passed'] }), 0)).toEqual({
      ok: true,
      value: { passed: 2, failed: 0, titles: ['test 0', 'test 1'] },
    });
  });

  it.each(['skipped', 'pending', 'todo', 'disabled', 'failed'])('counts %s as failed', (status) => {
    expect(countReport(report({ tests: ['passed', status] }), 0)).toMatchObject({ value: { passed: 1, failed: 1 } });
  });

  it('counts a file that could not be loaded, or that has no test, as one failure', () => {
    const json = report({ tests: ['passed'] }, { status: 'failed', tests: [] }, { tests: [] });
    expect(countReport(json, 1)).toMatchObject({ value: { passed: 1, failed: 2 } });
  });

  it('counts a file whose hook failed after all its tests had passed', () => {
    expect(countReport(report({ status: 'failed', tests: ['passed'] }), 1)).toMatchObject({
      value: { passed: 1, failed: 1 },
    });
  });

  it('counts an error outside every test, of which only the exit code tells', () => {
    expect(countReport(report({ tests: ['passed'] }), 1)).toMatchObject({ value: { passed: 1, failed: 1 } });
  });

  it.each(['', '{', '[]', '{"testResults":[{}]}'])('refuses %j', (json) => {
    expect(countReport(json, 0).ok).toBe(false);
  });
});

describe('notRun', () => {
  it('names the tests that vitest passes over in silence', () => {
    expect(notRun(report({ tests: ['passed', 'skipped', 'failed', 'todo'] }))).toEqual([
      'skipped: test 1 (/file-0.test.ts)',
      'todo: test 3 (/file-0.test.ts)',
    ]);
  });
});
