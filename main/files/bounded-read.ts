import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { err, ok, type Result } from '@endymail/shared/result';
import { errnoOf } from './system-error.ts';

/** Why a file was not read. */
export type Unread =
  | { readonly kind: 'too-long' }
  /** A folder, a pipe, a device. */
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'unreadable'; readonly error: unknown };

/** Read at once, in bytes. */
const PIECE_BYTES = 64 * 1024;

/** Reads a file, `maxBytes` at the most; null when there is none. */
export async function readBounded(path: string, maxBytes: number): Promise<Result<Buffer | null, Unread>> {
  try {
    // Without O_NONBLOCK the open of a named pipe that nobody writes to never ends.
    const flags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);
    await using file = await open(path, flags);
    if (!(await file.stat()).isFile()) return err({ kind: 'not-a-file' });
    const content = await readUpTo(file, maxBytes);
    return content === null ? err({ kind: 'too-long' }) : ok(content);
  } catch (error) {
    const code = errnoOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? ok(null) : err({ kind: 'unreadable', error });
  }
}

/**
 * Everything that an open file gives, or null when that is more than `maxBytes`. Its size is not asked for: a file may
 * grow while it is read, and a pipe or a device knows none, and may give its bytes piece by piece, or without an end.
 */
export async function readUpTo(file: FileHandle, maxBytes: number): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let held = 0;
  for (;;) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, maxBytes + 1 - held));
    const { bytesRead } = await file.read(piece, 0, piece.length, null);
    if (bytesRead === 0) return Buffer.concat(pieces);
    held += bytesRead;
    if (held > maxBytes) return null;
    pieces.push(piece.subarray(0, bytesRead));
  }
}
