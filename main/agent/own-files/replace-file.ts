import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { PRIVATE_FILE_MODE, replaceDurably, type Disk } from '../../files/durable-write.ts';
import { errnoOf, isDiskFull, messageOf } from '../../files/system-error.ts';

/** `.state.sealed.0123456789abcdef.tmp` */
const TEMPORARY = /^\..+\.[0-9a-f]{16}\.tmp$/;

/** What the operating system calls a place that is not ours to write to. */
const NOT_WRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ELOOP', 'EEXIST']);

/**
 * Puts `content` in the place of one of Endymail's own files, as a whole, for its owner alone. Errors (the old file is
 * there): `disk-full`, `home-unwritable`, `write-failed`.
 */
export async function replaceFile(path: string, content: Uint8Array, disk?: Disk): Promise<Result<void, Failure>> {
  const temporary = temporaryName(dirname(path), basename(path));
  try {
    await replaceDurably({ path, content, mode: PRIVATE_FILE_MODE, temporary }, disk);
    return ok();
  } catch (error) {
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
  if (isDiskFull(error)) return failure('disk-full', undefined, messageOf(error));
  return NOT_WRITABLE.has(errnoOf(error) ?? '')
    ? failure('home-unwritable', `Endymail can not write to ${path}.`, messageOf(error))
    : failure('write-failed', `${path} could not be written.`, messageOf(error));
}
