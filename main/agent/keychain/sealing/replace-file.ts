import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';

/** Files for their owner alone. */
export const PRIVATE_FILE_MODE = 0o600;
export const PRIVATE_FOLDER_MODE = 0o700;

/** `.state.sealed.0123456789abcdef.tmp` */
const TEMPORARY = /^\..+\.[0-9a-f]{16}\.tmp$/;

/** What the operating system calls a place that is not ours to write to. */
const NOT_WRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ELOOP', 'EEXIST']);

/** What a replacement asks of the disk, so that a test can stand on a full one. */
export interface Disk {
  readonly write: (path: string, content: Uint8Array) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly syncFolder: (path: string) => Promise<void>;
}

/**
 * Puts `content` in the place of the file, as a whole: after a crash or on a full disk the old file is there or the new
 * one, never half of one. Errors: `disk-full`, `home-unwritable`, `write-failed`.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array,
  disk: Disk = realDisk,
): Promise<Result<void, Failure>> {
  const temporary = temporaryName(dirname(path), basename(path));
  try {
    await disk.write(temporary, content);
    await disk.rename(temporary, path);
    await disk.syncFolder(dirname(path));
    return ok();
  } catch (error) {
    // Whether this works or not: what went wrong first is what there is to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
    return err(diskFailure(error, path));
  }
}

/** A name in this folder for what is not finished yet; `removeTemporaries` knows it. */
export function temporaryName(folder: string, name: string): string {
  return join(folder, `.${name}.${randomBytes(8).toString('hex')}.tmp`);
}

/** Whether something of this name was begun in this folder and not finished. */
export async function hasTemporary(folder: string, name: string): Promise<boolean> {
  return (await readdir(folder)).some((entry) => TEMPORARY.test(entry) && entry.startsWith(`.${name}.`));
}

/** Takes away what was not finished when a process was killed. Errors: `home-unwritable`, `write-failed`. */
export async function removeTemporaries(folder: string): Promise<Result<void, Failure>> {
  try {
    for (const name of await readdir(folder)) {
      if (TEMPORARY.test(name)) await rm(join(folder, name), { recursive: true, force: true });
    }
    return ok();
  } catch (error) {
    return err(diskFailure(error, folder));
  }
}

/** The failure that an error of the file system is. `path` is the file or folder meant. */
export function diskFailure(error: unknown, path: string): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const code = errnoOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure('disk-full', undefined, text);
  return code !== null && NOT_WRITABLE.has(code)
    ? failure('home-unwritable', `Endymail can not write to ${path}.`, text)
    : failure('write-failed', `${path} could not be written.`, text);
}

/** `ENOENT`, …; null for an error that is not of the operating system. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const realDisk: Disk = {
  async write(path, content) {
    const file = await open(path, 'wx', PRIVATE_FILE_MODE);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  syncFolder,
};

/** A rename is on disk only when its folder is. Windows has no such call: NTFS journals the rename itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
