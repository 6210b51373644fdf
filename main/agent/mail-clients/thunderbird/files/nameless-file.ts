import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { System } from '../../../system.ts';

/** How such a file is called for the instant in which it is made. */
export const NAMELESS = /^\.endymail-[0-9a-f]{24}$/;

/** An open file; `close` may be called once. */
export interface NamelessFile {
  readonly fd: number;
  readonly close: () => void;
}

/**
 * A file without a name: it is unlinked before a byte is written to it, so that no end of this process, however sudden,
 * leaves its contents behind. Whoever is given the descriptor reads it; it is gone when the last one is closed. Throws what
 * the file system says.
 */
export function namelessFile(folder: string, content: Uint8Array): NamelessFile {
  const name = path.join(folder, `.endymail-${randomBytes(12).toString('hex')}`);
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    // With force: another run that clears up may have been quicker.
    rmSync(name, { force: true });
    // With a position: where opening /dev/fd/N duplicates the descriptor (macOS), the reader begins at the first byte.
    for (let written = 0; written < content.length;) {
      written += writeSync(fd, content, written, content.length - written, written);
    }
    return {
      fd,
      close: () => {
        closeSync(fd);
      },
    };
  } catch (error) {
    closeSync(fd);
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
