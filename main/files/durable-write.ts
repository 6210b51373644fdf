import { chmod, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What belongs to its owner alone. */
export const PRIVATE_FILE_MODE = 0o600;
export const PRIVATE_FOLDER_MODE = 0o700;

/** What a replacement asks of the disk, so that a test can stand on a full one. */
export interface Disk {
  readonly write: (path: string, content: Uint8Array, mode: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly syncFolder: (path: string) => Promise<void>;
}

/** What takes the place of a file, and how. */
export interface Replacement {
  readonly path: string;
  readonly content: Uint8Array;
  /** Permission bits of the new file, whatever the umask. */
  readonly mode: number;
  /** Where it is written before it has its name: in the same folder, and not there yet. A crash may leave it. */
  readonly temporary: string;
}

/**
 * Replaces a file as a whole: whoever reads it, at any time and after any crash or on a full disk, finds the old content
 * or the new one, never half of one. Throws what the file system says.
 */
export async function replaceDurably(
  { path, content, mode, temporary }: Replacement,
  disk: Disk = REAL_DISK,
): Promise<void> {
  try {
    await disk.write(temporary, content, mode);
    // The mode given when a file is made is cut by the umask. A disk without modes (FAT) refuses; there is none to lose.
    await chmod(temporary, mode).catch(() => undefined);
    await disk.rename(temporary, path);
    await disk.syncFolder(dirname(path));
  } catch (error) {
    // Whether this works or not: what went wrong first is what there is to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes a new file and brings it to disk; what goes wrong in the middle leaves none. Throws what the file system says. */
export async function writeDurably(path: string, content: Uint8Array | string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await fill(file, content);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function fill(file: FileHandle, content: Uint8Array | string): Promise<void> {
  await using handle = file;
  await handle.writeFile(content);
  await handle.sync();
}

/** Brings a rename or a deletion in this folder to disk. Windows has no such call: NTFS journals it by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

const REAL_DISK: Disk = Object.freeze({ write: writeDurably, rename, syncFolder });
