import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import type { System } from '../system.ts';
import { createBackgroundService, type BackgroundService } from './background-service.ts';
import type { CommandLine } from './supervised.ts';

export type { BackgroundService, BackgroundView } from './background-service.ts';
export type { CommandLine } from './supervised.ts';

/** A program of the system that does not answer is not waited for. */
const RUN_LIMIT_MS = 30_000;

/** The background service of a home on this computer. */
export const backgroundService = (system: System, home: string): BackgroundService =>
  createBackgroundService({ system, home, userId: userInfo().uid, run: (command) => endsWell(command, system) });

function endsWell([program, ...args]: CommandLine, { env }: System): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...env }, timeout: RUN_LIMIT_MS, windowsHide: true }, (error) => {
      resolve(error === null);
    });
  });
}
