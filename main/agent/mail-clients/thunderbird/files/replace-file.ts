import { rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceDurably } from '../../../../files/durable-write.ts';

/** What the half-made successor of a file is called while it is written. A crash may leave it; the next run removes it. */
export const successorOf = (file: string): string =>
  path.join(path.dirname(file), `.endymail-${path.basename(file)}.new`);

/** Replaces a file as a whole (see `replaceDurably`). Throws what the file system says; the old file is intact then. */
export async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const temporary = successorOf(file);
  await rm(temporary, { force: true });
  await replaceDurably({ path: file, content: Buffer.from(text), mode, temporary });
}
