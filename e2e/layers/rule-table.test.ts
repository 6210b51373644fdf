import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURES } from '@endymail/shared/result';
import { CHECKOUT } from './checkout.ts';
import { complaintsAboutRules, readRules, readStories, RULES } from './rule-table.ts';

const row = (id: number, sees = '`mesh-lied`', tests = '`e2e/mesh/keys.test.ts`'): string =>
  `| R${String(id)} | an attack | ${sees} | ${tests} |`;
const table = (change: (id: number) => string | null = () => null): string =>
  Array.from({ length: RULES }, (_, index) => change(index + 1) ?? row(index + 1)).join('\n');

describe('the table of rules in docs/security.md', () => {
  const markdown = readFileSync(join(CHECKOUT, 'docs', 'security.md'), 'utf8');

  it('has every rule, with tests that are there, or says that it is not there yet', () => {
    expect(complaintsAboutRules(markdown, (path) => existsSync(join(CHECKOUT, path)))).toEqual([]);
  });

  it('names what the program says by codes that there are', () => {
    const isKnown = (code: string): boolean => code in FAILURES || ['sync', 'ignored'].includes(code);
    const codes = readRules(markdown).flatMap(({ sees }) =>
      [...sees.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
    );
    expect(codes).toContain('mesh-lied');
    expect(codes.filter((code) => !isKnown(code))).toEqual([]);
  });

  it('is read whole, and so is the table of attacks', () => {
    expect(readRules(markdown).find(({ id }) => id === 'R3')?.tests).toContain('e2e/mesh/keys.test.ts');
    expect(readStories(markdown)).toContain('e2e/mesh/network.test.ts');
  });
});

describe('complaintsAboutRules', () => {
  const isThere = (path: string): boolean => path === 'e2e/mesh/keys.test.ts';

  it('has none where every rule is proved, or said not to be there', () => {
    const markdown = table((id) => (id === 6 ? row(6, 'not there yet: needs the directory', '') : null));
    expect(complaintsAboutRules(markdown, isThere)).toEqual([]);
  });

  it('names what is missing', () => {
    expect(
      complaintsAboutRules(
        table((id) => (id === 6 ? row(6, '`x`', '') : null)),
        isThere,
      ),
    ).toEqual(['R6: no test, and it is not said to be not there yet.']);
    expect(
      complaintsAboutRules(
        table((id) => (id === 7 ? '' : null)),
        isThere,
      ),
    ).toHaveLength(1);
    expect(
      complaintsAboutRules(
        table((id) => (id === 8 ? row(8, '', '`e2e/gone.test.ts`') : null)),
        isThere,
      ),
    ).toEqual(['R8: it lacks a word.', 'e2e/gone.test.ts: there is no such test.']);
    expect(complaintsAboutRules(`${table()}\n| An attack | a code | gone, keys |`, isThere)).toEqual([
      'e2e/mesh/gone.test.ts: there is no such test.',
    ]);
  });
});
