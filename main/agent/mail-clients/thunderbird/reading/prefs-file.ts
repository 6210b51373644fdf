import path from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readBoundedText } from './bounded-file.ts';
import { PREFS_MAX_BYTES } from './limits.ts';
import { parsePrefs, type PrefsDocument } from './prefs-document.ts';

/** The settings file of a profile. */
export const prefsFile = (profilePath: string): string => path.join(profilePath, 'prefs.js');

/** Reads a prefs file. One that is not there is an empty document. Errors: `profile-unreadable`, `profile-malformed`. */
export async function readPrefsFile(path: string): Promise<Result<PrefsDocument, Failure>> {
  const text = await readBoundedText(path, PREFS_MAX_BYTES);
  if (!text.ok) return text;
  const prefs = parsePrefs(text.value ?? '');
  return prefs.ok
    ? ok(prefs.value)
    : err(failure('profile-malformed', `${path} is damaged or half-written.`, prefs.error.detail));
}
