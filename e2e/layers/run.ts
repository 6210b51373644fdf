import { runBunLayer } from './bun-layer.ts';
import { runAppLayer } from './app-layer.ts';
import { describeCanary } from './canary.ts';
import { skippedLayers } from './choices.ts';
import { checkCanary, checkNothingLeftBehind, checkNothingRunning } from './closing.ts';
import { runHouse } from './house.ts';
import { LAYERS, TOTAL_LIMIT_MINUTES, type Layer, type LayerName } from './layers.ts';
import { checked, NOTHING_RAN, sum, type Outcome } from './outcome.ts';
import { ALL_PACKAGES, installCommand, installMissing, missingPackages, type PackageName } from './packages.ts';
import { checkRequirements } from './requirements.ts';
import { endRunning } from './run-program.ts';
import { createTestGround, type TestGround } from './test-ground.ts';
import { runVitestLayer } from './vitest-layer.ts';

/**
 * `npm test`: every layer, one line each, and at the very end one line with the sum over all of them. What could not
 * run has failed. Exit code 0 only when nothing failed and something ran.
 */
async function main(): Promise<Outcome> {
  const skipped = skippedLayers(process.env);
  if (!skipped.ok) {
    console.log(skipped.error);
    return checked(false, '');
  }
  const needed = ALL_PACKAGES.filter((name) =>
    LAYERS.some((layer) => !skipped.value.includes(layer.name) && layer.needs.includes(name)),
  );
  const { missing, output } = await installMissing(needed, console.log);
  if (output !== '') console.log(output);

  const ground = await createTestGround();
  process.once('SIGINT', () => {
    endRunning();
    ground.remove();
    process.exit(130);
  });
  try {
    return await runAll(ground, skipped.value, missing);
  } finally {
    ground.remove();
  }
}

async function runAll(
  ground: TestGround,
  skipped: readonly LayerName[],
  missing: readonly PackageName[],
): Promise<Outcome> {
  const canary = await describeCanary(ground.home);
  const deadline = performance.now() + TOTAL_LIMIT_MINUTES * 60_000;
  const outcomes: Outcome[] = [];
  for (const layer of LAYERS) {
    if (skipped.includes(layer.name)) {
      console.log(`${layer.name.padEnd(10)} left out, as ENDYMAIL_TEST_SKIP says`);
      continue;
    }
    const limitMs = Math.min(layer.limitMinutes * 60_000, deadline - performance.now());
    outcomes.push(await shown(layer.name, () => runLayer(layer, ground, limitMs)));
  }
  const titles = sum(outcomes).titles;
  const closing = await shown('closing', async () =>
    sum([
      await checkNothingRunning(ground),
      await checkCanary(ground, canary),
      checkNothingLeftBehind(ground),
      // Without all layers there is nothing to say about what all of them prove.
      skipped.length > 0 ? NOTHING_RAN : await checkRequirements(titles),
    ]),
  );
  if (missing.length > 0) console.log(`\nInstall what is missing:\n  ${installCommand(missing)}`);
  return sum([...outcomes, closing]);
}

async function runLayer(layer: Layer, ground: TestGround, limitMs: number): Promise<Outcome> {
  const missing = missingPackages(layer.needs);
  if (missing.length > 0) return checked(false, `Not run, since this is not installed: ${missing.join(', ')}\n`);
  if (limitMs <= 0) return checked(false, `Not run: ${TOTAL_LIMIT_MINUTES} minutes were over.\n`);
  switch (layer.runs) {
    case 'house':
      return runHouse(ground, limitMs);
    case 'app':
      return runAppLayer(ground, limitMs);
    case 'bun':
      return runBunLayer(ground, limitMs);
    case 'vitest':
      return runVitestLayer(layer, ground, limitMs);
  }
}

/** Runs a layer on a line of its own: its name while it runs, then counts and time; below it what it said if it failed. */
async function shown(name: string, run: () => Promise<Outcome>): Promise<Outcome> {
  process.stdout.write(name.padEnd(10));
  const start = performance.now();
  const outcome = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${outcome.passed} passed, ${outcome.failed} failed`;
  console.log(`${outcome.failed === 0 ? 'ok  ' : 'FAIL'} ${counts.padEnd(26)}${seconds.padStart(7)} s`);
  if (outcome.failed > 0) console.log(`\n${outcome.output.trimEnd()}\n`);
  return outcome;
}

const { passed, failed } = await main().catch((error: unknown) => {
  console.log(error);
  return checked(false, '');
});
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
