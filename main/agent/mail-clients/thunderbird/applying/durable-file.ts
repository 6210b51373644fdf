import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** What the half-made successor of a file is called while it is written. A crash may leave it; the next run removes it. */
export const successorOf = (file: string): string =>
  path.join(path.dirname(file), `.endymail-${path.basename(file)}.new`);

/**
 * Replaces a file as a whole: whoever reads it, at any time and after any crash, finds the old text or the new one.
 * Throws what the file system says; the old file is intact then.
 */
export async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const successor = successorOf(file);
  await rm(successor, { force: true });
  try {
    await writeDurably(successor, text, mode);
    await rename(successor, file);
  } catch (error) {
    await rm(successor, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Makes a rename or a deletion in this folder survive a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}

async function writeDurably(file: string, text: string, mode: number): Promise<void> {
  await using handle = await open(file, 'wx', mode);
  // The mode given to open is cut by the umask.
  await handle.chmod(mode);
  await handle.writeFile(text);
  await handle.sync();
}
