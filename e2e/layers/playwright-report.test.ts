import { describe, expect, it } from 'vitest';
import { countPlaywright } from './playwright-report.ts';

const spec = (title: string, status: string) => ({ title, ok: status === 'expected', tests: [{ status }] });

const report = (specs: readonly object[], errors: readonly object[] = []): string =>
  JSON.stringify({
    suites: [{ title: 'window.spec.ts', specs: [], suites: [{ title: 'the window', specs }] }],
    errors,
  });

describe('countPlaywright', () => {
  it('counts what passed, with its full title', () => {
    expect(countPlaywright(report([spec('[SEC-1] shows no key', 'expected')]), 0)).toEqual({
      ok: true,
      value: { passed: 1, failed: 0, titles: ['window.spec.ts > the window > [SEC-1] shows no key'], output: '' },
    });
  });

  it('counts as failed what failed, was skipped, or passed at a second try, and says what nobody else says', () => {
    const specs = [spec('a', 'unexpected'), spec('b', 'skipped'), spec('c', 'flaky'), spec('d', 'expected')];
    expect(countPlaywright(report(specs), 1)).toMatchObject({
      value: {
        passed: 1,
        failed: 3,
        output:
          'counts as failed, skipped: window.spec.ts > the window > b\n' +
          'counts as failed, flaky: window.spec.ts > the window > c\n',
      },
    });
  });

  it('counts an error outside of a test, and an exit code that nothing explains', () => {
    expect(countPlaywright(report([], [{ message: 'SyntaxError' }]), 1)).toMatchObject({ value: { failed: 1 } });
    expect(countPlaywright(report([spec('d', 'expected')]), 1)).toMatchObject({ value: { passed: 1, failed: 1 } });
  });

  it('refuses what is no report', () => {
    expect(countPlaywright('{', 0).ok).toBe(false);
    expect(countPlaywright('{"suites":[{"title":1}]}', 0).ok).toBe(false);
  });
});
