import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program that is measured, until `dispose`. */
export interface Program extends AsyncDisposable {
  readonly url: string;
  /** Resident memory after it was tidied, in bytes. */
  readonly memoryBytes: () => Promise<number>;
}

/** Where the programs are. */
export const PROGRAMS = join(import.meta.dirname, 'programs');

/** Starts one of the programs from its sources. */
export const startServer = (kind: 'mesh' | 'bare' | 'checking' | 'idle'): Promise<Program> =>
  startFile(join(PROGRAMS, `${kind}.ts`));

/** Starts a program that says where it answers. */
export async function startFile(path: string): Promise<Program> {
  const child = spawn(process.execPath, ['--expose-gc', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  const said = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${path} ended`);
    return line.value;
  };
  return {
    url: await said(),
    memoryBytes: async () => {
      child.kill('SIGUSR2');
      await said();
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
