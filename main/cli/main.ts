import { homedir } from 'node:os';
import { env, platform } from 'node:process';
import type { System } from '../agent/index.ts';
import { createInterrupts } from './interrupts.ts';
import { run } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { createTerminal } from './terminal.ts';

/** How often a client that must be closed is looked at, in milliseconds. */
const PAUSE_MS = 1_000;

/** The command line of this process. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const system: System = { platform, homeDir: homedir(), env, now: () => new Date() };
  // The agent is loaded when it is asked for: help and mistyped commands answer at once.
  const agent = () => import('../agent/index.ts');
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
    defaultHome: async () => (await agent()).defaultHomeFolder(system),
    openAgent: async (options) => {
      return (await agent()).openAgent({ ...options, system });
    },
    rememberedKeychain: async (home) => (await agent()).rememberedKeychain(home),
    restoreBackup: async (options) => (await agent()).restoreBackup({ ...options, system }),
    startOver: async (options) => (await agent()).startOver({ ...options, system }),
    writing: (on) => {
      interrupts.writing(on);
    },
    pause: () => interrupts.pause(PAUSE_MS),
  };
  return run(args, surroundings);
}
