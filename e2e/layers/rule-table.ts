/** A row of the table of rules in docs/security.md: `| R7 | an attack | what the person sees | tests |`. */
export interface Rule {
  readonly id: string;
  readonly attack: string;
  readonly sees: string;
  /** The tests that the row names, from the top of the checkout. */
  readonly tests: readonly string[];
}

export const RULES = 41;

const RULE = /^\|\s*(R\d+)\s*\|(.*)\|(.*)\|(.*)\|\s*$/gm;
const PATH = /`([^`]+)`/g;

/** A row of a table whose last column names a test of `e2e/mesh` by a word or two. */
const STORY = /^\|.*\|.*\|\s*([a-z][a-z-]*(?:, [a-z][a-z-]*)*)\s*\|\s*$/gm;

const NOT_THERE = 'not there yet';

/** Reads the table of rules. */
export const readRules = (markdown: string): readonly Rule[] =>
  [...markdown.matchAll(RULE)].map(([, id = '', attack = '', sees = '', tests = '']) => ({
    id,
    attack: attack.trim(),
    sees: sees.trim(),
    tests: [...tests.matchAll(PATH)].map(([, path = '']) => path),
  }));

/** The tests of `e2e/mesh` that the table of attacks names, as paths. */
export const readStories = (markdown: string): readonly string[] =>
  [...markdown.matchAll(STORY)]
    .flatMap(([, names = '']) => names.split(', '))
    .filter((name) => name !== 'test')
    .map((name) => `e2e/mesh/${name}.test.ts`);

/** What is wrong with the tables, in sentences. `isThere`: whether there is such a file in the checkout. */
export function complaintsAboutRules(markdown: string, isThere: (path: string) => boolean): readonly string[] {
  const rules = readRules(markdown);
  const expected = Array.from({ length: RULES }, (_, index) => `R${String(index + 1)}`);
  const named = [...rules.flatMap(({ tests }) => tests), ...readStories(markdown)];
  return [
    ...(rules.map(({ id }) => id).join() === expected.join()
      ? []
      : [`The rules are not R1 to R${String(RULES)}, each once and in order.`]),
    ...rules
      .filter(({ tests, sees }) => tests.length === 0 && !sees.startsWith(NOT_THERE))
      .map(({ id }) => `${id}: no test, and it is not said to be not there yet.`),
    ...rules.filter(({ sees, attack }) => sees === '' || attack === '').map(({ id }) => `${id}: it lacks a word.`),
    ...[...new Set(named)].filter((path) => !isThere(path)).map((path) => `${path}: there is no such test.`),
  ];
}
