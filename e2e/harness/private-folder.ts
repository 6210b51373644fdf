import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only its owner can look into. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a file into it; returns its path. */
  put(name: string, content: Uint8Array | string): string;
}

/** For programs that read keys and passwords from files only: the folder is gone when the work is done. */
export async function inPrivateFolder<T>(work: (folder: PrivateFolder) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'endymail-private-'));
  try {
    return await work({
      path,
      put: (name, content) => {
        writeFileSync(join(path, name), content, { mode: 0o600 });
        return join(path, name);
      },
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
