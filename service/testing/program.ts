import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the program of the service is. */
export const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** How the program of the service ended. */
export interface Ended {
  /** Null: by a signal. */
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** Runs the program of the service to its end. */
export function program(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    running.stdout.on('data', (part: Buffer) => (said += part.toString()));
    running.stderr.on('data', (part: Buffer) => (complained += part.toString()));
    running.on('error', reject);
    running.on('close', (code) => {
      resolve({ code, said, complained });
    });
  });
}
