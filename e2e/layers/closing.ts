import { readdirSync } from 'node:fs';
import { describeCanary, differences } from './canary.ts';
import { checked, type Outcome } from './outcome.ts';
import { endProcesses, waitForQuiet } from './processes.ts';
import type { TestGround } from './test-ground.ts';

/** How long a program that a test has told to end may take over it. */
const QUIET_LIMIT_MS = 5_000;

/** Whether the programs that the tests started have ended. What has not is named, and ended. */
export async function checkNothingRunning(ground: TestGround): Promise<Outcome> {
  if (process.platform !== 'linux') return checked(false, '[nothing left running]\nCan be seen on Linux only.\n');
  const left = await waitForQuiet(ground.folder, QUIET_LIMIT_MS);
  endProcesses(left);
  return checked(
    left.length === 0,
    `[nothing left running]\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}\n`,
  );
}

/** Whether the mail profile of the run's own home was left alone, byte by byte, and no data of ours came beside it. */
export async function checkCanary(ground: TestGround, before: readonly string[]): Promise<Outcome> {
  const changes = [
    ...differences(before, await describeCanary(ground.home)),
    ...namesBelow(ground.home)
      .filter((name) => /endymail/i.test(name))
      .map((name) => `is new:  ${name}`),
  ];
  return checked(changes.length === 0, `[canary: a test used the person's own home]\n${changes.join('\n')}\n`);
}

/** Whether the tests took their temporary folders away again; a key could lie in one. */
export function checkNothingLeftBehind(ground: TestGround): Outcome {
  const left = readdirSync(ground.temporary);
  return checked(left.length === 0, `[nothing left behind in the temporary folder]\n${left.join('\n')}\n`);
}

function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}
