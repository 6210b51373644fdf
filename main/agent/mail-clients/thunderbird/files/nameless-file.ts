import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { System } from '../../../system.ts';

/** How such a file is called for the instant in which it is made. */
export const NAMELESS = /^\.endymail-[0-9a-f]{24}$/;

/**
 * A file without a name: it is unlinked before a byte is written to it, so that no end of this process, however sudden,
 * leaves its contents behind. Whoever is given the descriptor reads it; it is gone when the last one is closed.
 */
export async function namelessFile(folder: string, content: Uint8Array): Promise<FileHandle> {
  const name = path.join(folder, `.endymail-${randomBytes(12).toString('hex')}`);
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const handle = await open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    // With force: another run that clears up may have been quicker.
    await rm(name, { force: true });
    // With a position: where opening /dev/fd/N duplicates the descriptor (macOS), the reader begins at the first byte.
    await handle.write(content, 0, content.length, 0);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Where nameless files are made: in memory where the system has such a folder (XDG_RUNTIME_DIR by its specification,
 * /dev/shm on Linux), so that secrets do not reach a disk at all; else in the folder given.
 */
export async function namelessFolder(system: System, otherwise: string): Promise<string> {
  for (const folder of [system.env['XDG_RUNTIME_DIR'], system.platform === 'linux' ? '/dev/shm' : undefined]) {
    if (folder === undefined || !path.isAbsolute(folder)) continue;
    try {
      await access(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch {
      // Not there or not ours to write in.
    }
  }
  return otherwise;
}
