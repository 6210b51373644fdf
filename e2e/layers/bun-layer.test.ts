import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bunPackage, runBunLayer } from './bun-layer.ts';
import type { Outcome } from './outcome.ts';

const LIMIT_MS = 60_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bun-'));
  await mkdir(join(folder, 'shared'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs these test files on the real bun. */
const run = async (files: Readonly<Record<string, string>>): Promise<Outcome> => {
  for (const [name, lines] of Object.entries(files)) {
    const text = `import { afterAll, describe, expect, it } from 'vitest';\n${lines}\n`;
    await writeFile(join(folder, 'shared', `${name}.test.ts`), text);
  }
  return runBunLayer({ folder, env: process.env }, LIMIT_MS, folder);
};

const PASSES = `it('holds "<a>" & b', () => { expect(1).toBe(1); });`;

describe('the layer of bun', () => {
  it('counts what passes, in whatever depth', async () => {
    const nested = `describe('a > b', () => { describe('c', () => { ${PASSES} ${PASSES} }); });`;
    expect(await run({ flat: PASSES, nested })).toMatchObject({ passed: 3, failed: 0 });
  });

  it('counts a test that fails, and shows why', async () => {
    const outcome = await run({ some: `${PASSES} it('breaks', () => { expect('grey').toBe('green'); });` });
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.output).toContain('green');
  });

  it('counts as failed what is left out, and names it', async () => {
    const outcome = await run({ some: `${PASSES} it.skip('rests', () => {}); it.todo('waits');` });
    expect(outcome).toMatchObject({ passed: 1, failed: 2 });
    expect(outcome.output).toContain('counts as failed, skipped: rests (shared/some.test.ts)');
    expect(outcome.output).toContain('counts as failed, skipped: waits (shared/some.test.ts)');
  });

  it('counts a file that can not be loaded or has no test', async () => {
    const outcome = await run({ broken: `import './nowhere.ts'; ${PASSES}`, empty: '', some: PASSES });
    expect(outcome).toMatchObject({ passed: 1, failed: 2 });
    expect(outcome.output).toContain('counts as failed, no test ran: shared/broken.test.ts');
    expect(outcome.output).toContain('counts as failed, no test ran: shared/empty.test.ts');
  });

  it('counts a hook that fails after all tests passed', async () => {
    const outcome = await run({ some: `afterAll(() => { throw new Error('late'); }); ${PASSES}` });
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
  });

  it('has failed when there is no test at all', async () => {
    expect(await run({})).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('the package of bun', () => {
  it.each([
    ['linux', 'x64', '@oven/bun-linux-x64'],
    ['linux', 'arm64', '@oven/bun-linux-aarch64'],
    ['darwin', 'arm64', '@oven/bun-darwin-aarch64'],
    ['win32', 'x64', '@oven/bun-windows-x64'],
  ])('for %s on %s is %s', (platform, processor, name) => {
    expect(bunPackage(platform, processor)).toBe(name);
  });
});
