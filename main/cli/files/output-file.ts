import { randomBytes } from 'node:crypto';
import { link, lstat, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { writeDurably } from '../../files/durable-write.ts';
import { errnoOf, isDiskFull, messageOf } from '../../files/system-error.ts';

type Mode = 0o600 | 0o644;

/** Sticks and cards (FAT, exFAT) and some network drives know no links. */
const NO_LINKS: readonly (string | null)[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

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
    await writeDurably(temporary, content, mode);
    try {
      // A link, unlike a rename, never replaces what is there.
      await link(temporary, path);
    } catch (error) {
      if (!NO_LINKS.includes(errnoOf(error))) throw error;
      await writeDurably(path, content, mode);
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

function failureOf(error: unknown, path: string): Failure {
  if (errnoOf(error) === 'EEXIST') return taken(path);
  return isDiskFull(error)
    ? failure('disk-full')
    : failure('write-failed', `${path} could not be written.`, messageOf(error));
}

const taken = (path: string): Failure => failure('file-exists', `${path} exists already.`);
