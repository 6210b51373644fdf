import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECKOUT } from './checkout.ts';
import { LAYERS, TESTS_OF_EVERY_ENGINE } from './layers.ts';

const Config = v.object({
  default: v.object({
    test: v.object({
      projects: v.array(v.object({ test: v.object({ name: v.string(), include: v.array(v.string()) }) })),
    }),
  }),
});

const projects = v
  .parse(Config, await import(pathToFileURL(join(CHECKOUT, 'vitest.config.mjs')).href))
  .default.test.projects.map(({ test }) => test);

const onNode = projects.filter(({ name }) => name !== 'chromium');

describe('the layers', () => {
  it('are the projects of vitest, the house, bun and the app', () => {
    expect(projects.map(({ name }) => name).sort()).toEqual(
      LAYERS.filter(({ runs }) => runs === 'vitest')
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('hold every test file, each in one of those that run on Node', () => {
    const all = globSync('{shared,main,service,renderer,e2e,bench}/**/*.test.ts', { cwd: CHECKOUT }).sort();
    const run = onNode.flatMap(({ include }) => include.flatMap((pattern) => globSync(pattern, { cwd: CHECKOUT })));
    expect(run.sort()).toEqual(all);
    expect(all.length).toBeGreaterThan(50);
  });

  it('run the tests of the core on every engine', () => {
    expect(projects.find(({ name }) => name === 'chromium')?.include).toEqual([TESTS_OF_EVERY_ENGINE]);
  });
});
