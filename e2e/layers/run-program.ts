import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** After this many milliseconds the program and all its children are ended. */
  readonly limitMs: number;
}

export interface ProgramEnd {
  /** 0 is success; 124 as `timeout(1)` says it when the limit was reached; 127 when the program could not be started. */
  readonly code: number;
  /** What it wrote on both channels, in the order it came. */
  readonly output: string;
}

/** What of a program's output is kept, in characters: the end of it, where the errors are. */
const OUTPUT_MAX_CHARS = 4 * 1024 * 1024;

/** How long a program that was asked to end may take over it. */
const GRACE_MS = 5_000;

const running = new Set<number>();

/** Runs a program in a process group of its own, without input, and collects what it says. Never rejects. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let output = '';
    let reachedLimit = false;
    const child = spawn(program, parameters, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-OUTPUT_MAX_CHARS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);

    const limit = setTimeout(() => {
      reachedLimit = true;
      if (pid !== undefined) void endGroup(pid);
    }, options.limitMs);
    const end = (code: number): void => {
      clearTimeout(limit);
      if (pid !== undefined) running.delete(pid);
      if (reachedLimit) keep(`\nEnded after ${Math.round(options.limitMs / 1000)} s: the limit was reached.\n`);
      resolve({ code: reachedLimit ? 124 : code, output });
    };
    child.on('error', (error) => {
      keep(`${error.message}\n`);
      end(127);
    });
    // `exit` and not `close`: a child of the child that keeps the pipe open would hold us up; it is found later.
    child.on('exit', (code) => {
      setImmediate(() => {
        end(code ?? 1);
      });
    });
  });
}

/** Ends whatever still runs, at once: for the moment when the person presses Ctrl+C. */
export function endRunning(): void {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
}

async function endGroup(pid: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It ended by itself.
  }
}
