import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Failure, Result } from '@endymail/shared/result';

/** Hostile input may cost this much time on a busy computer. It takes about a second; what is not linear would take hours. */
const LIMIT_MS = 20_000;

/** Runs the work and fails when it takes longer than it may. */
export async function within<T>(work: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  const value = await work();
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  return value;
}

/** "ok", or the code of the failure. */
export const outcome = (result: Result<unknown, Failure>): string => (result.ok ? 'ok' : result.error.code);

/** Every file below a folder, with what is in it and when it was changed. */
export function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = lstatSync(join(folder, name));
      const content = stat.isFile()
        ? createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex')
        : '';
      return [name, stat.mode, stat.size, stat.mtimeMs, content].join(' ');
    });
}
