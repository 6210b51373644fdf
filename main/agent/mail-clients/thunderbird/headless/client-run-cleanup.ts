import { rm } from 'node:fs/promises';
import path from 'node:path';
import { err, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile, PrefValue } from '@endymail/shared/mail';
import { fileFailure } from '../applying/file-failure.ts';
import { rewritePrefs } from '../applying/rewrite-prefs.ts';
import type { ClientRun } from '../journal/event.ts';
import type { Journal } from '../journal/journal.ts';
import type { PrefsDocument } from '../reading/index.ts';
import { portFile } from './port-file.ts';

/** What the run itself needs to be set. Port 0: the system chooses one at random that is free. */
export const REMOTE_CONTROL_PREFS: ReadonlyMap<string, PrefValue> = new Map<string, PrefValue>([
  ['remote.prefs.recommended', false],
  ['marionette.port', 0],
]);

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

/** The run as it goes into the journal: what stands in prefs.js now and is put back afterwards. */
export const clientRun = (prefs: PrefsDocument, files: readonly string[]): ClientRun => ({
  kind: 'client-run',
  prefs: [...REMOTE_CONTROL_PREFS.keys(), ...HOUSEKEEPING_PREFS].map((name) => ({ name, before: prefs.get(name) })),
  files,
});

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
  const put = await rewritePrefs(profile.path, new Map(run.prefs.map(({ name, before }) => [name, before])));
  return put.ok ? journal.append('withdrawn', [run]) : put;
}
