import { rm } from 'node:fs/promises';
import path from 'node:path';
import { err, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile, PrefValue } from '@endymail/shared/mail';
import { fileFailure } from '../applying/file-failure.ts';
import { prefsFile, rewritePrefs } from '../applying/rewrite-prefs.ts';
import type { ClientRun } from '../journal/event.ts';
import type { Journal } from '../journal/journal.ts';
import { readPrefsFile, type PrefsDocument } from '../reading/index.ts';
import { portFile } from './port-file.ts';

/**
 * Without the first, Marionette puts about a hundred testing prefs into prefs.js for ever
 * (remote/shared/RecommendedPreferences.sys.mjs). Port 0: the system chooses one at random that is free.
 */
const REMOTE_CONTROL_PREFS: ReadonlyMap<string, PrefValue> = new Map<string, PrefValue>([
  ['remote.prefs.recommended', false],
  ['marionette.port', 0],
]);

/** Start offline and stay so (OfflineStartup.sys.mjs); `--offline` alone ends when the network comes back. */
const OFFLINE_PREFS: ReadonlyMap<string, PrefValue> = new Map([['offline.startup_state', 3]]);

/**
 * What an account does by itself at a start or an exit. Offline as well it connects to servers on this computer, asks
 * for passwords, and says that it could not connect, in dialogs that stop the remote control for ever.
 */
const ACCOUNT_PREFS = /^mail\.server\.[^.]+\.(login_at_startup|empty_trash_on_exit|cleanup_inbox_on_exit)$/;

/** What every start of Thunderbird may add or change by itself; found by comparing prefs.js before and after. */
const HOUSEKEEPING_PREFS: readonly string[] = [
  'datareporting.dau.cachedUsageProfileGroupID',
  'datareporting.dau.cachedUsageProfileID',
  // Thunderbird remembers at its exit that it was offline (OfflineStartup.sys.mjs).
  'network.online',
  'toolkit.profiles.newProfileSubmitted',
  'toolkit.startup.last_success',
  'toolkit.telemetry.cachedClientID',
  'toolkit.telemetry.cachedProfileGroupID',
];

/** The run as it goes into the journal: what is set for it, and what stands in prefs.js now and is set back afterwards. */
export function clientRun(prefs: PrefsDocument, files: readonly string[]): ClientRun {
  const busyAccounts = prefs.names().filter((name) => ACCOUNT_PREFS.test(name) && prefs.get(name) === true);
  const set = [...OFFLINE_PREFS, ...busyAccounts.map((name) => [name, false] as const)];
  const touched = [...REMOTE_CONTROL_PREFS.keys(), ...HOUSEKEEPING_PREFS];
  return {
    kind: 'client-run',
    set: set.map(([name, ours]) => ({ name, before: prefs.get(name), ours })),
    touched: touched.map((name) => ({ name, before: prefs.get(name) })),
    files,
  };
}

/** Sets what the run needs. The caller holds the profile. Errors: as `rewritePrefs`. */
export function prepareRun(profile: ClientProfile, run: ClientRun): Promise<Result<void, Failure>> {
  const values = [...REMOTE_CONTROL_PREFS, ...run.set.map(({ name, ours }) => [name, ours] as const)];
  return rewritePrefs(profile.path, new Map(values));
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
  const put = await rewritePrefs(
    profile.path,
    new Map(
      [...run.touched, ...run.set.filter(({ name, ours }) => prefs.value.get(name) === ours)].map(
        ({ name, before }) => [name, before],
      ),
    ),
  );
  return put.ok ? journal.append('withdrawn', [run]) : put;
}
