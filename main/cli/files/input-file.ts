import { open } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';

/** Reads a whole file that a person named, up to `maxBytes`. Errors: `file-unreadable`. */
export async function readInputFile(path: string, maxBytes: number): Promise<Result<Buffer, Failure>> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > maxBytes) return err(failure('file-unreadable', `${path} is too large to be what is asked for.`));
    const content = await file.readFile();
    return ok(content.subarray(0, maxBytes));
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return err(failure('file-unreadable', `${path} can not be read.`, detail));
  }
}
