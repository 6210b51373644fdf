import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcesses, waitForQuiet, type LeftProcess } from '../layers/processes.ts';

/** The temporary folder in which the whole demo lives; every program of it is known by it. */
export interface Ground {
  readonly folder: string;
  /** Waits until what was started has ended; ends what is left, and returns it. Then deletes the folder. */
  clear(): Promise<readonly LeftProcess[]>;
  /** For the moment when somebody presses Ctrl+C: ends everything now. */
  clearNow(): Promise<void>;
  isGone(): boolean;
}

/** How long a program that was told to end may take over it, in milliseconds. */
const QUIET_LIMIT_MS = 5_000;

/** Short names: the path of a Unix socket may have 107 bytes. */
export function createGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-demo-'));
  // Homes, buses and private folders are made in the temporary folder, which the programs of the demo inherit.
  process.env['TMPDIR'] = folder;
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  const clear = async (limitMs: number): Promise<readonly LeftProcess[]> => {
    const left = await waitForQuiet(folder, limitMs);
    endProcesses(left);
    if (left.length > 0) await waitForQuiet(folder, QUIET_LIMIT_MS);
    remove();
    return left;
  };
  return {
    folder,
    clear: () => clear(QUIET_LIMIT_MS),
    clearNow: async () => {
      await clear(0);
      // What the story was just about to start when its programs ended.
      await clear(0);
    },
    isGone: () => !existsSync(folder),
  };
}
