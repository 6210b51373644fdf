import type { FileHandle } from 'node:fs/promises';

/** Read at once, in bytes. */
const PIECE_BYTES = 64 * 1024;

/**
 * Everything that the file gives, or null when that is more than `maxBytes`. Its size is not asked for: a pipe or a
 * device knows none, and may give its bytes piece by piece, or without an end.
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
