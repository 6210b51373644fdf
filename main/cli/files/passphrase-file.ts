import { open } from 'node:fs/promises';
import { err, failure, ok, Redacted, type Failure, type Result } from '@endymail/shared/result';

const PASSPHRASE_FILE_MAX_BYTES = 4_096;

/**
 * Reads a passphrase from a file, without the line end that an editor puts there. `warn` hears when others than its owner
 * can read the file. Errors: `passphrase-file`.
 */
export async function readPassphraseFile(
  path: string,
  warn: (text: string) => void,
): Promise<Result<Redacted<string>, Failure>> {
  try {
    await using file = await open(path, 'r');
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      warn(`Others on this computer can read ${path}. Make it yours alone: chmod 600 ${path}`);
    }
    // One byte more than is allowed tells a file that is too long; it may be no regular file and know no size.
    const buffer = Buffer.alloc(PASSPHRASE_FILE_MAX_BYTES + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead > PASSPHRASE_FILE_MAX_BYTES) {
      return err(failure('passphrase-file', `${path} is too long for a passphrase.`));
    }
    const passphrase = buffer.toString('utf8', 0, bytesRead).replace(/\r?\n$/, '');
    buffer.fill(0);
    if (passphrase === '') return err(failure('passphrase-file', `${path} is empty.`));
    return ok(new Redacted(passphrase));
  } catch (error) {
    return err(failure('passphrase-file', `${path} can not be read.`, error instanceof Error ? error.message : ''));
  }
}
