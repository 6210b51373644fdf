import { spawn } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { System } from '../../../system.ts';
import type { NamelessFile } from '../files/nameless-file.ts';

/** The two programs of NSS that are used. */
export interface NssTools {
  readonly certutil: string;
  readonly pk12util: string;
}

/** How a program ended. */
export interface ToolRun {
  readonly ok: boolean;
  /** What it wrote, bounded: for *Details*. */
  readonly output: string;
}

export interface ToolInput {
  readonly program: string;
  /** Never a secret: every user of the machine can read argument lists. */
  readonly args: readonly string[];
  /** Handed to the program as descriptors 3, 4, 5 …; it opens them as `fdPath(0)`, `fdPath(1)` … */
  readonly files: readonly NamelessFile[];
  readonly env: Readonly<Record<string, string>>;
}

const TOOL_TIMEOUT_MS = 60_000;
const TOOL_OUTPUT_MAX_CHARS = 4_000;
const FIRST_DESCRIPTOR = 3;

/** The name under which the program sees the n-th of the files it is given. */
export const fdPath = (index: number): string => `/dev/fd/${FIRST_DESCRIPTOR + index}`;

/**
 * Finds the NSS tools on PATH; null where one is missing.
 * Never on Windows: what is called certutil there is another program, of Windows itself.
 */
export async function findNssTools(system: System): Promise<NssTools | null> {
  if (system.platform === 'win32') return null;
  const certutil = await onPath(system, 'certutil');
  const pk12util = await onPath(system, 'pk12util');
  return certutil === null || pk12util === null ? null : { certutil, pk12util };
}

/** Runs a program without a shell and without a terminal. It is killed when it does not end in time. */
export function runTool({ program, args, files, env }: ToolInput): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe', ...files.map((file) => file.fd)],
      timeout: TOOL_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      if (output.length < TOOL_OUTPUT_MAX_CHARS) output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const finish = (ok: boolean, text: string): void => {
      resolve({ ok, output: text.slice(0, TOOL_OUTPUT_MAX_CHARS).trim() });
    };
    child.on('error', (error) => {
      finish(false, error.message);
    });
    child.on('close', (code, signal) => {
      finish(code === 0, signal === null ? output : `${output}\n${path.basename(program)} was ended by ${signal}`);
    });
  });
}

async function onPath(system: System, name: string): Promise<string | null> {
  for (const folder of (system.env['PATH'] ?? '').split(path.delimiter)) {
    // An empty or relative entry means the current folder, which anybody may have put a program into.
    if (!path.isAbsolute(folder)) continue;
    const program = path.join(folder, name);
    if (!existsSync(program)) continue;
    try {
      await access(program, constants.X_OK);
      return program;
    } catch {
      // Look on.
    }
  }
  return null;
}
