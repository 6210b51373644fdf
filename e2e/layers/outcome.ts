/** What came of one layer or check. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What to show when something failed. */
  readonly output: string;
  /** The full titles of the tests that passed. */
  readonly titles: readonly string[];
}

export const NOTHING_RAN: Outcome = Object.freeze({ passed: 0, failed: 0, output: '', titles: Object.freeze([]) });

/** A check that counts as one. */
export function checked(passes: boolean, output: string): Outcome {
  return { ...NOTHING_RAN, passed: passes ? 1 : 0, failed: passes ? 0 : 1, output: passes ? '' : output };
}

export function sum(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
    output: outcomes.map(({ output }) => output).join(''),
    titles: outcomes.flatMap(({ titles }) => titles),
  };
}
