import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { checkInstallScripts } from './install-scripts.ts';
import { checkNotices } from './notices/check.ts';
import { checked, sum, type Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';
import type { TestGround } from './test-ground.ts';

/** One check of the house: the code as it lies there, without running it. Each counts as one. */
interface HouseCheck {
  readonly name: string;
  readonly run: (ground: TestGround, limitMs: number) => Promise<Outcome>;
}

const tool =
  (script: string, ...parameters: readonly string[]): HouseCheck['run'] =>
  async (ground, limitMs) => {
    const end = await runProgram(process.execPath, [join(CHECKOUT, 'node_modules', script), ...parameters], {
      cwd: CHECKOUT,
      env: ground.env,
      limitMs,
    });
    return checked(end.code === 0, end.output);
  };

/** The heavy ones first, so that two cores end at about the same time. */
const CHECKS: readonly HouseCheck[] = Object.freeze([
  { name: 'lint', run: tool('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  { name: 'typecheck', run: tool('typescript/bin/tsc', '--build') },
  { name: 'format', run: tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  {
    name: 'layers',
    run: tool(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      'dependency-cruiser.config.mjs',
      'shared',
      'main',
      'e2e',
      'bench',
    ),
  },
  { name: 'deadcode', run: tool('knip/bin/knip.js') },
  { name: 'notices', run: () => checkNotices() },
  { name: 'install scripts', run: () => checkInstallScripts() },
]);

/** As many as there are cores on the machines that this is measured on. */
const AT_ONCE = 2;

export async function runHouse(ground: TestGround, limitMs: number): Promise<Outcome> {
  const waiting = [...CHECKS];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await next.run(ground, limitMs);
      outcomes.push({ ...outcome, output: outcome.failed > 0 ? `[${next.name}]\n${outcome.output}\n` : '' });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return sum(outcomes);
}
