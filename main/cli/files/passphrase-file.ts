import { open } from 'node:fs/promises';
import { err, failure, ok, Redacted, type Failure, type Result } from '@endymail/shared/result';
import { readUpTo } from '../../files/bounded-read.ts';
import { messageOf } from '../../files/system-error.ts';

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
    const stat = await file.stat();
    if (process.platform !== 'win32' && stat.isFile() && (stat.mode & 0o077) !== 0) {
      warn(`Others on this computer can read ${path}. Make it yours alone: chmod 600 ${path}`);
    }
    const content = await readUpTo(file, PASSPHRASE_FILE_MAX_BYTES);
    if (content === null) return err(failure('passphrase-file', `${path} is too long for a passphrase.`));
    const passphrase = content.toString('utf8').replace(/\r?\n$/, '');
    content.fill(0);
    if (passphrase === '') return err(failure('passphrase-file', `${path} is empty.`));
    return ok(new Redacted(passphrase));
  } catch (error) {
    return err(failure('passphrase-file', `${path} can not be read.`, messageOf(error)));
  }
}
