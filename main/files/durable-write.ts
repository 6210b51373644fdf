import { chmodSync, closeSync, fsync, openSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

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
    setMode(temporary, mode);
    await disk.rename(temporary, path);
    await disk.syncFolder(dirname(path));
  } catch (error) {
    // Whether this works or not: what went wrong first is what there is to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The mode given when a file is made is cut by the umask. A disk without modes (FAT) refuses; there is none to lose. */
function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // Then the file has the mode that every file there has.
  }
}

/** Makes a new file and brings it to disk; what goes wrong in the middle leaves none. Throws what the file system says. */
export async function writeDurably(path: string, content: Uint8Array | string, mode: number): Promise<void> {
  const file = openSync(path, 'wx', mode);
  try {
    await fill(file, content);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Only bringing it to disk takes long enough to be worth a way through Node's pool of threads. */
async function fill(file: number, content: Uint8Array | string): Promise<void> {
  try {
    writeFileSync(file, content);
    await bringToDisk(file);
  } finally {
    closeSync(file);
  }
}

const bringToDisk = promisify(fsync);

/** Brings a rename or a deletion in this folder to disk. Windows has no such call: NTFS journals it by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    await bringToDisk(folder);
  } finally {
    closeSync(folder);
  }
}

const REAL_DISK: Disk = Object.freeze({ write: writeDurably, rename, syncFolder });
