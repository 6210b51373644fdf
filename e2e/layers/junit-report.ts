import type { Outcome } from './outcome.ts';

/** A test that ended: `<testcase … />`, or with what came of it inside. bun escapes `<` and `>` in names and texts. */
const TEST_CASE = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

/**
 * Counts a JUnit report as bun writes it. Everything that did not pass has failed, also what was skipped or marked as
 * todo; a file of `files` of which there is no test (bun leaves out one that could not be loaded) counts as one failure.
 * `exitCode` is bun's own: when it is not 0 and nothing failed, that is one failure.
 * `output` says what bun does not call a failure.
 */
export function countJUnit(xml: string, files: readonly string[], exitCode: number): Omit<Outcome, 'titles'> {
  const cases = [...xml.matchAll(TEST_CASE)].map(([, attributes = '', inside = '']) => ({
    name: attribute(attributes, 'name'),
    file: attribute(attributes, 'file'),
    passed: !inside.includes('<'),
    skipped: inside.includes('<skipped'),
  }));
  const withoutTests = files.filter((file) => !cases.some((test) => test.file === file));
  const passed = cases.filter((test) => test.passed).length;
  const failed = cases.length - passed + withoutTests.length;
  return {
    passed,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    output: [
      ...cases.filter(({ skipped }) => skipped).map(({ name, file }) => `skipped: ${name} (${file})`),
      ...withoutTests.map((file) => `no test ran: ${file}`),
    ]
      .map((line) => `counts as failed, ${line}\n`)
      .join(''),
  };
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}
