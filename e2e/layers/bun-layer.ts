import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { countJUnit } from './junit-report.ts';
import { TESTS_OF_EVERY_ENGINE } from './layers.ts';
import { checked, NOTHING_RAN, type Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';
import type { TestGround } from './test-ground.ts';

/** As for the unit tests on Node; bun's own limit is 5 s. */
const TEST_TIMEOUT_MS = 20_000;

/** In bun's names of its packages, where they differ from Node's names of system and processor. */
const BUN_NAMES: Readonly<Record<string, string>> = Object.freeze({ win32: 'windows', arm64: 'aarch64' });

/**
 * The package that holds bun's program for this machine. `npm ci` brings it as an optional dependency; the package
 * `bun` itself would need its install script.
 */
export function bunPackage(platform: string, processor: string): string {
  return `@oven/bun-${BUN_NAMES[platform] ?? platform}-${BUN_NAMES[processor] ?? processor}`;
}

/** Where bun's program is when its package is installed. */
function bunProgram(): string {
  const folder = join(CHECKOUT, 'node_modules', bunPackage(process.platform, process.arch), 'bin');
  return join(folder, process.platform === 'win32' ? 'bun.exe' : 'bun');
}

/**
 * Runs the tests of every engine below `folder` on bun, which gives them its own `vitest`, and counts what it reports.
 * The titles of what passed are not told: the same tests run in the unit layer, and it tells them.
 */
export async function runBunLayer(
  ground: Pick<TestGround, 'folder' | 'env'>,
  limitMs: number,
  folder = CHECKOUT,
): Promise<Outcome> {
  if (!existsSync(bunProgram())) {
    const name = bunPackage(process.platform, process.arch);
    return checked(false, `Not run, since ${name} is missing: npm ci brings it, unless optional packages are off.\n`);
  }
  const files = globSync(TESTS_OF_EVERY_ENGINE, { cwd: folder }).sort();
  if (files.length === 0) return checked(false, 'The layer has no test.\n');
  const report = join(ground.folder, 'bun.xml');
  const parameters = ['--isolate', `--timeout=${TEST_TIMEOUT_MS}`, '--reporter=junit', `--reporter-outfile=${report}`];
  // With `./` it is the name of a file; without, a pattern.
  const end = await runProgram(bunProgram(), ['test', ...parameters, ...files.map((file) => `./${file}`)], {
    cwd: folder,
    env: { ...ground.env, DO_NOT_TRACK: '1' },
    limitMs,
  });
  if (!existsSync(report)) return checked(false, `${end.output}\nbun left no report.\n`);
  const counted = countJUnit(readFileSync(report, 'utf8'), files, end.code);
  return { ...NOTHING_RAN, ...counted, output: `${end.output}\n${counted.output}` };
}
