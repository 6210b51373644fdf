import { spawn } from 'node:child_process';
import type { System } from '../../../system.ts';

/** A client that runs for a short time without a window, and not longer than this process. */
export interface ClientProcess {
  /** Resolves when the program has ended, however. */
  readonly ended: Promise<void>;
  /** Aborted when the program has ended. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly kill: () => void;
}

/**
 * The program under a shell that ends it when this process does, by whatever death: the shell reads from a pipe that
 * this process holds open and never writes to. Without it, an Endymail that is killed in the middle would leave a
 * Thunderbird nobody sees, with its remote control open and the profile taken. `$0 $@` is the program with its arguments;
 * the shell looks at nothing in them.
 */
const LEASH = [
  'exec 3<&0',
  '"$0" "$@" </dev/null 3<&- &',
  'client=$!',
  '{ read -r line <&3; kill -9 $client; } 2>/dev/null &',
  'wait $client',
  'kill $! 2>/dev/null',
].join('\n');

/** Starts the client. Its output is dropped: it names accounts and folders. */
export function startClient(program: string, args: readonly string[], system: System): ClientProcess {
  const leashed = system.platform !== 'win32';
  const child = spawn(leashed ? '/bin/sh' : program, leashed ? ['-c', LEASH, program, ...args] : args, {
    env: { ...system.env, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const over = new AbortController();
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over.abort();
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  child.stdin.on('error', () => undefined);
  return {
    ended,
    signal: over.signal,
    kill: () => {
      // Letting go of the leash is the kill: the shell itself must live to see it.
      if (leashed) child.stdin.destroy();
      else child.kill('SIGKILL');
    },
  };
}
