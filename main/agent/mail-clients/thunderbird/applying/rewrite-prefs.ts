import { realpath, stat } from 'node:fs/promises';
import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import type { PrefValue } from '@endymail/shared/mail';
import { fileFailure } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { prefsFile, readPrefsFile } from '../reading/index.ts';

/**
 * Sets (null: takes out) the named prefs and leaves every other byte of prefs.js as it is. The caller holds the
 * profile: Thunderbird writes its own prefs over this at its next exit otherwise. A prefs.js that is a link stays one.
 * Errors: `profile-unreadable`, `profile-malformed`, `profile-read-only`, `disk-full`, `write-failed`; the file is intact.
 */
export async function rewritePrefs(
  profilePath: string,
  values: ReadonlyMap<string, PrefValue>,
): Promise<Result<void, Failure>> {
  const file = prefsFile(profilePath);
  const read = await readPrefsFile(file);
  if (!read.ok) return read;
  let prefs = read.value;
  for (const [name, value] of values) {
    if (prefs.get(name) !== value) prefs = prefs.set(name, value);
  }
  if (prefs === read.value) return ok();
  try {
    const target = await realpath(file);
    await replaceFile(target, prefs.toString(), (await stat(target)).mode & PERMISSION_BITS);
    return ok();
  } catch (error) {
    return err(fileFailure(error, file, 'write-failed'));
  }
}

const PERMISSION_BITS = 0o777;
