import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '@endymail/shared/result';
import type { PrefValue } from '@endymail/shared/mail';
import { readBoundedText } from './bounded-file.ts';
import type { PrefOverride } from './effective-prefs.ts';
import { DEFAULTS_FILES_MAX, PREFS_MAX_BYTES } from './limits.ts';
import { readPrefsStatements } from './prefs-statements.ts';

/** Defaults that were added to the program, or locked, outside its own archive. */
export interface ProgramDefaults {
  readonly overrides: readonly PrefOverride[];
  readonly problems: readonly Failure[];
  /** A default among them; null where none is set. */
  readonly get: (name: string) => PrefValue;
}

/**
 * Reads the `*.js` files of these folders: `defaults/pref` of the program, and Debian's /etc/thunderbird/pref. Folders
 * that are not there say nothing. Within one folder Thunderbird reads from z to a (Preferences.cpp, pref_LoadPrefsInDir).
 */
export async function readProgramDefaults(folders: readonly string[]): Promise<ProgramDefaults> {
  const overrides: PrefOverride[] = [];
  const problems: Failure[] = [];
  for (const file of (await Promise.all(folders.map(prefsFilesIn))).flat()) {
    const text = await readBoundedText(file, PREFS_MAX_BYTES);
    if (!text.ok) {
      problems.push(text.error);
      continue;
    }
    for (const { name, value, locked } of readPrefsStatements(text.value ?? '', 'default') ?? []) {
      overrides.push({ name, value, effect: locked ? 'locked' : 'default', by: 'autoconfig' });
    }
  }
  return { overrides, problems, get: (name) => overrides.findLast((entry) => entry.name === name)?.value ?? null };
}

async function prefsFilesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    return names
      .sort()
      .reverse()
      .slice(0, DEFAULTS_FILES_MAX)
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
