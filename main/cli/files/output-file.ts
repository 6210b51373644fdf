import { randomBytes } from 'node:crypto';
import { link, lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';

type Mode = 0o600 | 0o644;

/** Sticks and cards (FAT, exFAT) and some network drives know no links. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Writes a new file, whole or not at all: into a temporary name beside it, to disk, then under its own name, which must
 * not be taken. Errors: `file-exists`, `disk-full`, `write-failed`.
 */
export async function writeNewFile(
  path: string,
  content: Uint8Array | string,
  mode: Mode,
): Promise<Result<void, Failure>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    await write(temporary, content, mode);
    try {
      // A link, unlike a rename, never replaces what is there.
      await link(temporary, path);
    } catch (error) {
      if (!NO_LINKS.includes(codeOf(error))) throw error;
      await write(path, content, mode);
    }
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

/** Makes the file and brings it to disk; what a full disk cuts short is taken away again. */
async function write(path: string, content: Uint8Array | string, mode: Mode): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

function failureOf(error: unknown, path: string): Failure {
  const code = codeOf(error);
  if (code === 'EEXIST') return taken(path);
  if (code === 'ENOSPC') return failure('disk-full');
  return failure('write-failed', `${path} could not be written.`, error instanceof Error ? error.message : '');
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const taken = (path: string): Failure => failure('file-exists', `${path} exists already.`);
