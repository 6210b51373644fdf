import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

export interface Finished {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: Uint8Array | string;
  readonly limitMs?: number;
}

/** No program of ours prints more, in bytes. */
const OUTPUT_MAX_BYTES = 32 * 1024 * 1024;

/** Runs a program to its end. Throws when it can not be started, does not end in time, or prints without measure. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: options.env ?? baseEnv(),
      cwd: options.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.limitMs ?? 60_000,
      killSignal: 'SIGKILL',
    });
    const streams = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      let held = 0;
      stream.on('data', (chunk: Buffer) => {
        held += chunk.length;
        if (held > OUTPUT_MAX_BYTES) child.kill('SIGKILL');
        else chunks.push(chunk);
      });
      return chunks;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const [stdout = [], stderr = []] = streams;
      if (signal === 'SIGKILL') reject(new Error(`${program} was stopped after ${options.limitMs ?? 60_000} ms`));
      else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
    // A program that does not read its input is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Starts a program that goes on; its output goes to `logFile`. It dies with this process at the latest. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly logFile: string },
): ChildProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(program, args, { env: options.env, stdio: ['ignore', log, log] });
  closeSync(log);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** Ends a program: asks first, kills after `graceMs`. Resolves when it is gone. */
export async function endProgram(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 5_000,
): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** What of the environment of the test run its programs get: nothing that says where the person's own things are. */
export function baseEnv(): Record<string, string> {
  const passed = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (/^(PATH|LANG|TMPDIR|NODE_V8_COVERAGE)$/.test(entry[0]) || entry[0].startsWith('ENDYMAIL_TEST_')),
  );
  return { LANG: 'C.UTF-8', ...Object.fromEntries(passed) };
}
