import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
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

/**
 * Reads a file, `maxBytes` at the most; null when there is none. Only a regular file is read, and without Node's pool of
 * threads: the five ways through it take ten times as long as the work itself on the small files that this is for.
 */
export async function readBounded(path: string, maxBytes: number): Promise<Result<Buffer | null, Unread>> {
  let descriptor: number | null = null;
  try {
    // Without O_NONBLOCK the open of a named pipe that nobody writes to never ends.
    const flags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);
    const file = openSync(path, flags);
    descriptor = file;
    if (!fstatSync(file).isFile()) return err({ kind: 'not-a-file' });
    const content = await collect((piece, length) => readSync(file, piece, 0, length, null), maxBytes);
    return content === null ? err({ kind: 'too-long' }) : ok(content);
  } catch (error) {
    const code = errnoOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? ok(null) : err({ kind: 'unreadable', error });
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/**
 * Everything that an open file gives, or null when that is more than `maxBytes`. Its size is not asked for: a file may
 * grow while it is read, and a pipe or a device knows none, and may give its bytes piece by piece, or without an end.
 */
export function readUpTo(file: FileHandle, maxBytes: number): Promise<Buffer | null> {
  return collect(async (piece, length) => (await file.read(piece, 0, length, null)).bytesRead, maxBytes);
}

/** `read` fills the beginning of a piece, `length` bytes at the most, and says how much it was; 0 at the end. */
async function collect(
  read: (piece: Buffer, length: number) => number | Promise<number>,
  maxBytes: number,
): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, maxBytes + 1));
  let held = 0;
  for (;;) {
    const bytesRead = await read(piece, Math.min(piece.length, maxBytes + 1 - held));
    if (bytesRead === 0) return Buffer.concat(pieces);
    held += bytesRead;
    if (held > maxBytes) return null;
    pieces.push(Buffer.from(piece.subarray(0, bytesRead)));
  }
}
