import { join } from 'node:path';
import { CHECKOUT } from '../layers/checkout.ts';
import { runProgram } from './child.ts';
import type { TestHome } from './test-home.ts';

/** What a command of the product gave back. */
export interface EndymailRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON value on stdout of a command with `--json`. */
  json(): unknown;
}

export interface EndymailOptions {
  readonly home: TestHome;
  /** Added to the home's environment: the session bus of a keyring, the route into Thunderbird, … */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly limitMs?: number;
}

const PROGRAM = join(CHECKOUT, 'main', 'cli', 'bin', 'endymail.mjs');

/** The command line as this Node runs it: its program and first argument. */
export const ENDYMAIL: readonly [string, string] = Object.freeze([process.execPath, PROGRAM]);

/** The first run may build the bundle. */
const COMMAND_LIMIT_MS = 120_000;

/** Runs the product's command line as the person of this home. */
export async function endymail(args: readonly string[], options: EndymailOptions): Promise<EndymailRun> {
  const { code, stdout, stderr } = await runProgram(process.execPath, [PROGRAM, ...args], {
    env: { ...options.home.env, ...options.env },
    cwd: options.home.scratchFolder,
    limitMs: options.limitMs ?? COMMAND_LIMIT_MS,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  return {
    code,
    stdout: stdout.toString(),
    stderr: stderr.toString(),
    json: () => {
      const value: unknown = JSON.parse(stdout.toString());
      return value;
    },
  };
}

/** Like `endymail`, for the commands of a test that must go well: throws with everything that was printed. */
export async function endymailDone(args: readonly string[], options: EndymailOptions): Promise<EndymailRun> {
  const run = await endymail(args, options);
  if (run.code !== 0) {
    throw new Error(`endymail ${args.join(' ')} ended with ${String(run.code)}\n${run.stdout}\n${run.stderr}`);
  }
  return run;
}
