import { homedir } from 'node:os';
import { env, platform } from 'node:process';
import type { System } from '../agent/index.ts';
import { createAgentAccess } from './agent-access.ts';
import { createInterrupts } from './interrupts.ts';
import { ownCommand } from './own-command.ts';
import { run } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { createTerminal } from './terminal.ts';

/** How often a client that must be closed is looked at, in milliseconds. */
const PAUSE_MS = 1_000;

/** The command line of this process. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const system: System = { platform, homeDir: homedir(), env, now: () => new Date() };
  const terminal = createTerminal();
  const interrupts = createInterrupts({
    on: (signal, listener) => process.on(signal, listener),
    exit: (code) => process.exit(code),
    note: (text) => {
      terminal.note(text);
    },
  });
  const surroundings: Surroundings = {
    terminal,
    ...createAgentAccess(
      () => import('../agent/index.ts'),
      system,
      (stop) => {
        interrupts.onNext(stop);
      },
    ),
    ownCommand: ownCommand({
      execPath: process.execPath,
      argv: process.argv,
      env,
      isElectron: 'electron' in process.versions,
    }),
    writing: (on) => {
      interrupts.writing(on);
    },
    pause: () => interrupts.pause(PAUSE_MS),
  };
  return run(args, surroundings);
}
