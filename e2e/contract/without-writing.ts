import { chmodSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NOBODY = 65_534;

/**
 * Does the work while this process can not write to the folder. Root may write everywhere: then it is done as somebody
 * else, to whom the folder belongs as little as its files.
 */
export async function withoutWriting(folder: string, work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  if (isRoot) for (const above of [dirname(folder), dirname(dirname(folder))]) chmodSync(above, 0o755);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
