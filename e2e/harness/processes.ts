import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** The processes that name this profile folder in their arguments: its Thunderbird, whoever started it. */
export function processesOf(profileFolder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => argumentsOf(pid).includes(profileFolder))
    .map(Number);
}

/** Ends what runs on a profile without being a child of the test, e.g. a Thunderbird that the product opened. */
export async function endProcessesOf(profileFolder: string): Promise<void> {
  for (const pid of processesOf(profileFolder)) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch (error) {
      // Ended by itself in between.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
  await until('the end of what ran on the profile', () => processesOf(profileFolder).length === 0);
}

function argumentsOf(pid: string): string[] {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').split('\0');
  } catch {
    return [];
  }
}
