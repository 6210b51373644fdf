import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

const FOLDER_MODE = 0o700;

/** Whether something is at a path. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a folder that is there with everything that `fill` writes into it, on disk, or not at all. `path`: nothing may be
 * there yet. Throws what the file system or `fill` says.
 */
export async function newFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const whole = resolve(path);
  const partial = join(dirname(whole), `.${basename(whole)}.${randomUUID()}`);
  await mkdir(partial, { mode: FOLDER_MODE });
  try {
    await fill(partial);
    for (const name of await readdir(partial)) await synced(join(partial, name));
    await synced(partial);
    await rename(partial, whole);
    await synced(dirname(whole));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function synced(path: string): Promise<void> {
  // Windows knows no sync of a folder.
  const file = await open(path, 'r').catch(() => null);
  await file?.sync().catch(() => undefined);
  await file?.close();
}
