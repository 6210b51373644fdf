import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readBounded } from '../../../../files/bounded-read.ts';
import { utf8Text } from '../../../../files/decode.ts';

/**
 * Reads a file of another program. Null when there is none.
 * Errors: `profile-unreadable` (no permission, not a file), `profile-malformed` (larger than `maxBytes`).
 */
export async function readBoundedFile(path: string, maxBytes: number): Promise<Result<Uint8Array | null, Failure>> {
  const read = await readBounded(path, maxBytes);
  if (read.ok) return read;
  switch (read.error.kind) {
    case 'too-long':
      return err(
        failure('profile-malformed', `${path} is larger than ${maxBytes} bytes, which Thunderbird never makes it.`),
      );
    case 'not-a-file':
      return err(failure('profile-unreadable', `${path} is not a file.`));
    case 'unreadable':
      return err(failure('profile-unreadable', `${path} could not be read.`, String(read.error.error)));
  }
}

/** Reads a text in UTF-8; a byte order mark stays in it. Errors: as `readBoundedFile`, and `profile-malformed`. */
export async function readBoundedText(path: string, maxBytes: number): Promise<Result<string | null, Failure>> {
  const bytes = await readBoundedFile(path, maxBytes);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return ok(null);
  const text = utf8Text(bytes.value);
  return text === null ? err(failure('profile-malformed', `${path} is not text in UTF-8.`)) : ok(text);
}
