import { globSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import type { Layer } from './layers.ts';
import { checked, NOTHING_RAN, type Outcome } from './outcome.ts';
import { readReport } from './read-report.ts';
import { runProgram } from './run-program.ts';
import type { TestGround } from './test-ground.ts';
import { countReport, notRun } from './vitest-report.ts';

const VITEST = join(CHECKOUT, 'node_modules', 'vitest', 'vitest.mjs');

/** Runs the vitest project of a layer and counts what it reports. */
export async function runVitestLayer(layer: Layer, ground: TestGround, limitMs: number): Promise<Outcome> {
  if (layer.subject === 'not-yet') return emptyLayer(layer);
  const report = join(ground.folder, `${layer.name}.json`);
  const end = await runProgram(
    process.execPath,
    [VITEST, 'run', '--project', layer.name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: CHECKOUT, env: ground.env, limitMs },
  );
  const json = readReport(report);
  if (json === null) return checked(false, `${end.output}\nvitest left no report.\n`);
  const counted = countReport(json, end.code);
  if (!counted.ok) return checked(false, `${end.output}\n${counted.error}\n`);
  if (counted.value.passed + counted.value.failed === 0) {
    return checked(false, `${end.output}\nThe layer has no test.\n`);
  }
  const explained = notRun(json).map((line) => `counts as failed, ${line}\n`);
  return { ...counted.value, output: end.output + explained.join('') };
}

/** A layer without a subject has no tests; when it has, the table of layers is out of date. */
function emptyLayer(layer: Layer): Outcome {
  const files = globSync(`e2e/${layer.name}/**/*.test.ts`, { cwd: CHECKOUT });
  return files.length === 0
    ? NOTHING_RAN
    : checked(false, `These tests are not run, since layers.ts says that they have no subject:\n${files.join('\n')}\n`);
}
