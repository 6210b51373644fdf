import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';

/**
 * Reads a file of another program. Null when there is none.
 * Errors: `profile-unreadable` (no permission, not a file), `profile-malformed` (larger than `maxBytes`).
 */
export async function readBoundedFile(path: string, maxBytes: number): Promise<Result<Uint8Array | null, Failure>> {
  let file: FileHandle | null = null;
  try {
    // Without O_NONBLOCK the open of a named pipe that nobody writes to never ends.
    file = await open(path, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    const stat = await file.stat();
    if (!stat.isFile()) return err(failure('profile-unreadable', `${path} is not a file.`));
    if (stat.size > maxBytes) return err(tooLarge(path, maxBytes));
    // It may grow while it is read, so what is read is bounded, and not only what it said of its size.
    const buffer = new Uint8Array(stat.size + 1);
    const length = await fill(file, buffer);
    return length > maxBytes ? err(tooLarge(path, maxBytes)) : ok(buffer.subarray(0, length));
  } catch (error) {
    const code = systemCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? ok(null)
      : err(failure('profile-unreadable', `${path} could not be read.`, String(error)));
  } finally {
    await file?.close();
  }
}

/** Reads a text in UTF-8; a byte order mark stays in it. Errors: as `readBoundedFile`, and `profile-malformed`. */
export async function readBoundedText(path: string, maxBytes: number): Promise<Result<string | null, Failure>> {
  const bytes = await readBoundedFile(path, maxBytes);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return ok(null);
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value));
  } catch {
    return err(failure('profile-malformed', `${path} is not text in UTF-8.`));
  }
}

/** The system's own name of an error ("ENOENT"); empty when it has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

async function fill(file: FileHandle, buffer: Uint8Array): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

function tooLarge(path: string, maxBytes: number): Failure {
  return failure('profile-malformed', `${path} is larger than ${maxBytes} bytes, which Thunderbird never makes it.`);
}
