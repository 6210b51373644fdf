import { open } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { errnoOf } from './replace-file.ts';

/**
 * Reads one of our own files, `maxBytes` at the most; null when it is not there.
 * Errors: `home-damaged` (longer than that, or not readable).
 */
export async function readBounded(path: string, maxBytes: number): Promise<Result<Uint8Array | null, Failure>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > maxBytes) return err(failure('home-damaged', `${path} is too long.`));
      const content = Buffer.alloc(size);
      let length = 0;
      for (let bytesRead = -1; bytesRead !== 0 && length < size; length += bytesRead) {
        ({ bytesRead } = await file.read(content, length, size - length, length));
      }
      return ok(content.subarray(0, length));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return ok(null);
    return err(
      failure('home-damaged', `${path} could not be read.`, error instanceof Error ? error.message : String(error)),
    );
  }
}
