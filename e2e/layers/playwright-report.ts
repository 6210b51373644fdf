import { err, ok, type Result } from '@endymail/shared/result';
import * as v from 'valibot';
import type { Outcome } from './outcome.ts';

const Problem = v.object({ message: v.optional(v.string(), '') });

const Spec = v.object({ title: v.string(), ok: v.boolean(), tests: v.array(v.object({ status: v.string() })) });

interface Suite {
  readonly title: string;
  readonly specs: readonly v.InferOutput<typeof Spec>[];
  readonly suites: readonly Suite[];
}

const Suite: v.GenericSchema<unknown, Suite> = v.object({
  title: v.string(),
  specs: v.optional(v.array(Spec), []),
  suites: v.optional(v.array(v.lazy(() => Suite)), []),
});

/** Of Playwright's JSON report, what is counted here. */
const Report = v.object({ suites: v.array(Suite), errors: v.array(Problem) });

interface Ran {
  readonly title: string;
  /** `expected` is passed; also `unexpected`, `flaky`, `skipped`. */
  readonly status: string;
}

/**
 * Counts a report. Everything that did not pass has failed, also what was skipped or needed a second try; an error
 * outside of a test (a file that could not be loaded) counts as one. `exitCode` is Playwright's own: when it is not 0
 * and nothing failed, that is one failure. `output` says what Playwright does not call a failure.
 */
export function countPlaywright(json: string, exitCode: number): Result<Outcome, string> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), json);
  if (!parsed.success) return err(`Playwright's report can not be read: ${parsed.issues[0].message}`);
  const { suites, errors } = parsed.output;
  const ran = suites.flatMap((suite) => testsOf(suite, []));
  const titles = ran.filter(({ status }) => status === 'expected').map(({ title }) => title);
  const failed = ran.length - titles.length + errors.length;
  const unsaid = ran.filter(({ status }) => status !== 'expected' && status !== 'unexpected');
  return ok({
    passed: titles.length,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    titles,
    output: unsaid.map(({ title, status }) => `counts as failed, ${status}: ${title}\n`).join(''),
  });
}

/** A suite is a file or a `describe` in one. */
function testsOf(suite: Suite, above: readonly string[]): readonly Ran[] {
  const path = [...above, suite.title];
  return [
    ...suite.specs.flatMap(({ title, ok: passed, tests }) =>
      tests.map(({ status }) => ({
        title: [...path, title].join(' > '),
        status: status === 'expected' && !passed ? 'unexpected' : status,
      })),
    ),
    ...suite.suites.flatMap((inner) => testsOf(inner, path)),
  ];
}
