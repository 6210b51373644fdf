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

/** Runs the app's tests with Playwright and counts what it reports. */
export async function runAppLayer(ground: TestGround, limitMs: number): Promise<Outcome> {
  const report = join(ground.folder, 'app.json');
  const end = await runProgram(process.execPath, [PLAYWRIGHT, 'test', '--config', SPECS, '--reporter=list,json'], {
    cwd: CHECKOUT,
    env: { ...ground.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    limitMs,
  });
  const json = readReport(report);
  if (json === null) return checked(false, `${end.output}\nPlaywright left no report.\n`);
  const counted = countPlaywright(json, end.code);
  if (!counted.ok) return checked(false, `${end.output}\n${counted.error}\n`);
  const { passed, failed, output } = counted.value;
  if (passed + failed === 0) return checked(false, `${end.output}\nThe layer has no test.\n`);
  return { ...counted.value, output: `${end.output}\n${output}` };
}
