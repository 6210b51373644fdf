import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import { readBounded } from '../../files/bounded-read.ts';
import { messageOf } from '../../files/system-error.ts';

/**
 * Reads one of Endymail's own files, `maxBytes` at the most; null when it is not there.
 * Errors: `home-damaged` (longer than that, or not readable).
 */
export async function readOwnFile(path: string, maxBytes: number): Promise<Result<Uint8Array | null, Failure>> {
  const read = await readBounded(path, maxBytes);
  if (read.ok) return read;
  switch (read.error.kind) {
    case 'too-long':
      return err(failure('home-damaged', `${path} is too long.`));
    case 'not-a-file':
      return err(failure('home-damaged', `${path} is not a file.`));
    case 'unreadable':
      return err(failure('home-damaged', `${path} could not be read.`, messageOf(read.error.error)));
  }
}
