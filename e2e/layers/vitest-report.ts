import { err, ok, type Result } from '@endymail/shared/result';
import * as v from 'valibot';
import type { Outcome } from './outcome.ts';

/** Of vitest's JSON report (the form of Jest's `--json`), what is counted here. */
const Report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string(), ''),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

/**
 * Counts a report. Everything that did not pass has failed, also what was skipped, marked as todo or never reached;
 * a file that could not be loaded counts as one failure. `exitCode` is vitest's own: when it is not 0 and no test
 * failed (an unhandled error between two tests), that is one failure more.
 */
export function countReport(json: string, exitCode: number): Result<Omit<Outcome, 'output'>, string> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), json);
  if (!parsed.success) return err(`vitest's report can not be read: ${parsed.issues[0].message}`);
  const files = parsed.output.testResults;
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const titles = tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName);
  const brokenFiles = files.filter(({ status, assertionResults }) => {
    const explained = assertionResults.some(({ status: of }) => of !== 'passed');
    return (status !== 'passed' && !explained) || assertionResults.length === 0;
  });
  const failed = tests.length - titles.length + brokenFiles.length;
  return ok({ passed: titles.length, failed: exitCode !== 0 && failed === 0 ? 1 : failed, titles });
}

/** The tests of a report that neither passed nor failed, each in a line, since vitest itself does not call them failures. */
export function notRun(json: string): readonly string[] {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), json);
  if (!parsed.success) return [];
  return parsed.output.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => `${status}: ${fullName} (${name})`),
  );
}
