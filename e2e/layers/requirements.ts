import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { checked, type Outcome } from './outcome.ts';

export interface Requirement {
  readonly id: string;
  /** MUST; a SHOULD is proved where it can be. */
  readonly must: boolean;
}

/** A row of a table in docs/security.md: `| SEC-7 | Files … MUST … |`. */
const ROW = /^\|\s*(SEC-\d+)\s*\|(.*)\|\s*$/gm;

const NAMED = /\[(SEC-\d+)\]/g;

/** Reads the numbered requirements of docs/security.md. */
export function readRequirements(markdown: string): readonly Requirement[] {
  return [...markdown.matchAll(ROW)].map(([, id = '', text = '']) => ({ id, must: /\bMUST\b/.test(text) }));
}

/** What is wrong between the requirements and the titles of the tests that passed, in sentences. */
export function complaintsAbout(requirements: readonly Requirement[], titles: readonly string[]): readonly string[] {
  const named = new Set(titles.flatMap((title) => [...title.matchAll(NAMED)].map(([, id = '']) => id)));
  const known = requirements.map(({ id }) => id);
  return [
    ...requirements
      .filter(({ id, must }) => must && !named.has(id))
      .map(({ id }) => `${id}: no test that passed names it.`),
    ...[...named].filter((id) => !known.includes(id)).map((id) => `${id}: a test names it, docs/security.md does not.`),
    ...known.filter((id, index) => known.indexOf(id) !== index).map((id) => `${id}: the number is given twice.`),
    ...(known.length === 0 ? ['docs/security.md has no numbered requirement.'] : []),
  ];
}

/** Whether every MUST was proved by a test that names it and passed in this run. */
export async function checkRequirements(titles: readonly string[]): Promise<Outcome> {
  const markdown = await readFile(join(CHECKOUT, 'docs', 'security.md'), 'utf8');
  const complaints = complaintsAbout(readRequirements(markdown), titles);
  return checked(complaints.length === 0, `[requirements]\n${complaints.join('\n')}\n`);
}
