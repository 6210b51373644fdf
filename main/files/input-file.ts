import { open } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readUpTo } from './bounded-read.ts';
import { messageOf } from './system-error.ts';

/** Reads a whole file (or pipe: /dev/stdin) that a person named, up to `maxBytes`. Errors: `file-unreadable`. */
export async function readInputFile(path: string, maxBytes: number): Promise<Result<Buffer, Failure>> {
  try {
    await using file = await open(path, 'r');
    const content = await readUpTo(file, maxBytes);
    if (content === null) return err(failure('file-unreadable', `${path} is too large to be what is asked for.`));
    return ok(content);
  } catch (error) {
    return err(failure('file-unreadable', `${path} can not be read.`, messageOf(error)));
  }
}
