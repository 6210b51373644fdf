import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { checked, type Outcome } from './outcome.ts';
import { countPlaywright } from './playwright-report.ts';
import { readReport } from './read-report.ts';
import { runProgram } from './run-program.ts';
import type { TestGround } from './test-ground.ts';

const PLAYWRIGHT = join(CHECKOUT, 'node_modules', '@playwright', 'test', 'cli.js');

/** Where the specs and their configuration are. */
const SPECS = join('e2e', 'app');

/** So long before the limit Playwright ends by itself, and reports what it has seen and what it has not. */
const REPORT_BEFORE_MS = 30_000;

/** Runs the app's tests with Playwright and counts what it reports. */
export async function runAppLayer(ground: TestGround, limitMs: number): Promise<Outcome> {
  const report = join(ground.folder, 'app.json');
  const ownLimit = Math.max(limitMs - REPORT_BEFORE_MS, 1);
  const parameters = ['--config', SPECS, '--reporter=list,json', `--global-timeout=${ownLimit}`];
  const end = await runProgram(process.execPath, [PLAYWRIGHT, 'test', ...parameters], {
    cwd: CHECKOUT,
    env: { ...playwrightEnv(ground), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    limitMs,
  });
  removeOfPlaywright(ground);
  const json = readReport(report);
  if (json === null) return checked(false, `${end.output}\nPlaywright left no report.\n`);
  const counted = countPlaywright(json, end.code);
  if (!counted.ok) return checked(false, `${end.output}\n${counted.error}\n`);
  const { passed, failed, output } = counted.value;
  if (passed + failed === 0) return checked(false, `${end.output}\nThe layer has no test.\n`);
  return { ...counted.value, output: `${end.output}\n${output}` };
}

/** Playwright chooses the colours of its workers itself; with `NO_COLOR` beside that, Node warns at every start. */
function playwrightEnv(ground: TestGround): NodeJS.ProcessEnv {
  const others = Object.entries(ground.env).filter(([name]) => name !== 'NO_COLOR');
  return { ...Object.fromEntries(others), FORCE_COLOR: '0' };
}

/** Its cache of compiled tests, and its notes on apps that ended by themselves, stay in the temporary folder. */
function removeOfPlaywright(ground: TestGround): void {
  for (const name of readdirSync(ground.temporary).filter((entry) => entry.startsWith('playwright-'))) {
    rmSync(join(ground.temporary, name), { recursive: true, force: true });
  }
}
