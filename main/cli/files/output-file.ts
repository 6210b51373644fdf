import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';

/**
 * Writes a new file, whole or not at all: into a temporary name beside it, to disk, then under its own name, which must
 * not be taken. Errors: `file-exists`, `disk-full`, `write-failed`.
 */
export async function writeNewFile(
  path: string,
  content: Uint8Array | string,
  mode: 0o600 | 0o644,
): Promise<Result<void, Failure>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(temporary, path);
    return ok();
  } catch (error) {
    return err(failureOf(error, path));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Tells before anything is asked or worked out that a name is taken. Errors: `file-exists`. */
export async function isFree(path: string): Promise<Result<void, Failure>> {
  try {
    await lstat(path);
    return err(taken(path));
  } catch {
    // Whatever else is wrong with it is told by writing.
    return ok();
  }
}

/** A link, unlike a rename, never replaces what is there. Sticks and cards (FAT, exFAT) know no links: there it is copied. */
async function putInPlace(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
  }
}

function failureOf(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EEXIST') return taken(path);
  if (code === 'ENOSPC') return failure('disk-full');
  return failure('write-failed', `${path} could not be written.`, error instanceof Error ? error.message : '');
}

const taken = (path: string): Failure => failure('file-exists', `${path} exists already.`);
