import path from 'node:path';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { readBoundedText } from './bounded-file.ts';
import { parseIni } from './ini.ts';
import { INI_MAX_BYTES } from './limits.ts';

/** What `compatibility.ini` says of the program that last used a profile. */
export interface LastUse {
  /** "153.7.0" */
  readonly version: string | null;
  /** The program's folder, in its own view. */
  readonly platformDir: string | null;
}

/** Reads who last used a profile; all null when it was never started. Errors: `profile-unreadable`, `profile-malformed`. */
export async function readLastUse(profilePath: string): Promise<Result<LastUse, Failure>> {
  const text = await readBoundedText(path.join(profilePath, 'compatibility.ini'), INI_MAX_BYTES);
  if (!text.ok) return text;
  const section = parseIni(text.value ?? '').find(({ name }) => name === 'Compatibility');
  return ok({
    // LastVersion=153.7.0_20261110162734/20261110162734: version, build of the program, build of the platform.
    version: /^\d+(\.\d+){0,3}[a-z0-9]*(?=_|$)/.exec(section?.get('LastVersion') ?? '')?.[0] ?? null,
    platformDir: section?.get('LastPlatformDir') ?? null,
  });
}
