import { rm } from 'node:fs/promises';
import path from 'node:path';
import { err, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile, PrefValue } from '@endymail/shared/mail';
import { rewritePrefs } from '../applying/rewrite-prefs.ts';
import { fileFailure } from '../files/file-failure.ts';
import { settingsOfRun, type ClientRun } from '../journal/event.ts';
import type { Journal } from '../journal/journal.ts';
import { ACCOUNT_PREFS, HOUSEKEEPING_PREFS, PORT, RECOMMENDED_PREFS } from '../journal/own-prefs.ts';
import { prefsFile, readPrefsFile, type PrefsDocument } from '../reading/index.ts';
import { portFile } from './port-file.ts';

/** The run as it goes into the journal: what is set for it, and what stands in prefs.js now and is set back afterwards. */
export function clientRun(prefs: PrefsDocument, files: readonly string[]): ClientRun {
  const busyAccounts = prefs.names().filter((name) => ACCOUNT_PREFS.test(name) && prefs.get(name) === true);
  return {
    kind: 'client-run',
    set: [
      { name: RECOMMENDED_PREFS, before: prefs.get(RECOMMENDED_PREFS), ours: false },
      ...busyAccounts.map((name) => ({ name, before: true, ours: false })),
    ],
    touched: HOUSEKEEPING_PREFS.map((name) => ({ name, before: prefs.get(name) })),
    files,
  };
}

/** Sets what the run needs. The caller holds the profile. Errors: as `rewritePrefs`. */
export function prepareRun(profile: ClientProfile, run: ClientRun): Promise<Result<void, Failure>> {
  return rewritePrefs(
    profile.path,
    new Map<string, PrefValue>([[PORT, 0], ...run.set.map(({ name, ours }) => [name, ours] as const)]),
  );
}

/**
 * Leaves nothing of a run behind: its files, the settings of remote control, what the start wrote by itself. After a
 * crash the next run does it. The caller holds the profile.
 */
export async function cleanUpAfterRun(
  profile: ClientProfile,
  run: ClientRun,
  journal: Journal,
): Promise<Result<void, Failure>> {
  try {
    // Thunderbird deletes it at an orderly exit.
    await rm(portFile(profile), { force: true });
    for (const name of run.files) await rm(path.join(profile.path, name), { force: true });
  } catch (error) {
    return err(fileFailure(error, profile.path, 'write-failed'));
  }
  const prefs = await readPrefsFile(prefsFile(profile.path));
  if (!prefs.ok) return prefs;
  const restored = [...run.touched, ...settingsOfRun(run, prefs.value)];
  const put = await rewritePrefs(profile.path, new Map(restored.map(({ name, before }) => [name, before])));
  return put.ok ? journal.append('withdrawn', [run]) : put;
}
