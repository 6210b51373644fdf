import { realpath, rm } from 'node:fs/promises';
import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import type { TransportKey } from '../../adapter.ts';
import { recoverDatabases } from '../applying/clear-up.ts';
import type { ProfileHold } from '../applying/profile-hold.ts';
import type { CertificateStoreWriter, StoreChange } from '../applying/store-change.ts';
import { fileFailure } from '../files/file-failure.ts';
import type { ClientRun } from '../journal/event.ts';
import type { Journal } from '../journal/journal.ts';
import { prefsFile, readPrefsFile } from '../reading/index.ts';
import { startClient } from './client-process.ts';
import { cleanUpAfterRun, clientRun, prepareRun } from './client-run.ts';
import { keyFiles } from './key-files.ts';
import { connectMarionette, type MarionetteSession } from './marionette.ts';
import { portFile, portOfRun } from './port-file.ts';
import {
  LIMIT_SCRIPT,
  readScriptAnswer,
  scriptArguments,
  STORE_SCRIPT,
  TRUST_STRINGS,
  WHERE_SCRIPT,
  type ScriptChange,
} from './store-script.ts';

export interface HeadlessOptions {
  readonly system: System;
  /** Where the files without a name are made that carry keys into the client. */
  readonly namelessFolder: string;
  readonly journal: Journal;
  /** Let go of while the client itself runs, and taken again. */
  readonly hold: ProfileHold;
  /** Called at every point where a crash would leave another state. For the crash tests. */
  readonly onStep: (step: string) => void;
}

/** How long a start may take until the remote control listens. */
const START_LIMIT_MS = 30_000;
/** A first start on a slow disk may not be done in the time that a run has; the second finds its files in memory. */
const RUNS_MAX = 2;
/** How long the remote control is open at most, from the moment it listens (SEC-25). */
const CONTROL_LIMIT_MS = 10_000;
/** What of it is left for the quit. */
const QUIT_RESERVE_MS = 3_000;

/**
 * Writes the store through a short run of the profile's own Thunderbird, offline and without a window: the way for
 * systems where the NSS tools do not exist (nearly every Windows and macOS) and for sandboxed packages.
 */
export function createHeadlessWriter(options: HeadlessOptions): CertificateStoreWriter {
  return {
    write: async (profile, changes) => {
      const { program } = profile;
      if (program === null) return err(failure('client-not-installed'));
      // Thunderbird would ask for it before its remote control listens, where nobody sees the question.
      if (profile.primaryPassword === true) return err(failure('primary-password'));
      const taken = await options.hold.take();
      if (!taken.ok) return taken;
      for (let run = 1; ; run += 1) {
        const done = await runClient(options, profile, program, changes);
        if (done.ok || done.error.code !== 'client-run-failed' || run === RUNS_MAX) return done;
      }
    },
  };
}

async function runClient(
  options: HeadlessOptions,
  profile: ClientProfile,
  program: string,
  changes: readonly StoreChange[],
): Promise<Result<void, Failure>> {
  const { system, namelessFolder, journal, hold, onStep } = options;
  const prefs = await readPrefsFile(prefsFile(profile.path));
  if (!prefs.ok) return prefs;
  const keys = await Promise.all(changes.flatMap((change) => (change.kind === 'import-key' ? [change.key()] : [])));
  const files = keyFiles(profile, keys, system, namelessFolder);
  const run = clientRun(prefs.value, files.names);
  const journalled = await journal.append('intend', [run]);
  if (!journalled.ok) return journalled;
  onStep('client-run-journalled');

  const outcome = await prepareAndRun(options, profile, program, run, files.make, (paths) =>
    scriptChanges(changes, keys, paths),
  );
  await files.dispose();
  // Also after a failure: whatever the run left is taken away before anything else is done.
  const held = await hold.take();
  if (!held.ok) return held;
  onStep('client-run-over');
  // It may have been killed at the end of its time.
  recoverDatabases(profile.path);
  const cleaned = await cleanUpAfterRun(profile, run, journal);
  onStep('client-run-cleaned');
  return outcome.ok ? cleaned : outcome;
}

async function prepareAndRun(
  { system, hold, onStep }: HeadlessOptions,
  profile: ClientProfile,
  program: string,
  run: ClientRun,
  makeFiles: () => Promise<readonly string[]>,
  changesWith: (paths: readonly string[]) => readonly ScriptChange[],
): Promise<Result<void, Failure>> {
  const set = await prepareRun(profile, run);
  if (!set.ok) return set;
  onStep('remote-control-set');
  let paths: readonly string[];
  try {
    // After the settings: where there is a file, planning sees by them that something is to be cleaned up.
    paths = await makeFiles();
    // One of a run that was killed would be taken for the port of this one.
    await rm(portFile(profile), { force: true });
  } catch (error) {
    return err(fileFailure(error, profile.path, 'write-failed'));
  }
  onStep('key-files-made');

  hold.release();
  const client = startClient(
    program,
    [
      '--profile',
      profile.path,
      '--no-remote',
      '--headless',
      '--offline',
      '--marionette',
      '--remote-allow-system-access',
    ],
    system,
  );
  try {
    onStep('client-started');
    const port = await portOfRun(profile, Date.now() + START_LIMIT_MS, client.signal);
    if (!port.ok) return port;
    const until = Date.now() + CONTROL_LIMIT_MS;
    const session = await connectMarionette({
      port: port.value,
      deadlineMs: CONTROL_LIMIT_MS - QUIT_RESERVE_MS,
      signal: client.signal,
    });
    if (!session.ok) return session;
    const kill = setTimeout(client.kill, until - Date.now());
    try {
      const done = await control(session.value, profile, changesWith(paths), until, onStep);
      await session.value.quit();
      await client.ended;
      return done;
    } finally {
      clearTimeout(kill);
      session.value.close();
    }
  } finally {
    client.kill();
    await client.ended;
  }
}

/** What is done while the remote control is open. */
async function control(
  session: MarionetteSession,
  profile: ClientProfile,
  changes: readonly ScriptChange[],
  until: number,
  onStep: (step: string) => void,
): Promise<Result<void, Failure>> {
  const limited = await session.run(LIMIT_SCRIPT, [until - Date.now()], until - Date.now());
  if (!limited.ok) return limited;
  const where = await session.run(WHERE_SCRIPT, [], until - Date.now());
  if (!where.ok) return where;
  if (typeof where.value !== 'string' || !(await isSameFolder(where.value, profile.path))) {
    return err(failure('client-run-failed', undefined, 'Another program answered on the port of this run.'));
  }
  onStep('remote-control-open');
  const answer = await session.run(STORE_SCRIPT, scriptArguments(changes), until - Date.now() - QUIT_RESERVE_MS);
  onStep('client-store-written');
  return answer.ok ? readScriptAnswer(answer.value) : answer;
}

/** `keys` and `paths`: of the keys to import, in their order. */
function scriptChanges(
  changes: readonly StoreChange[],
  keys: readonly TransportKey[],
  paths: readonly string[],
): readonly ScriptChange[] {
  let next = 0;
  return changes.map((change): ScriptChange => {
    switch (change.kind) {
      case 'add':
        return { kind: 'add', der: Buffer.from(change.der).toString('base64'), trust: TRUST_STRINGS[change.trust] };
      case 'remove':
        return { kind: 'remove', der: Buffer.from(change.der).toString('base64') };
      case 'import-key': {
        const [file, key] = [paths[next], keys[next]];
        if (file === undefined || key === undefined) throw new Error('a key to import was not packed');
        next += 1;
        return { kind: 'import-key', file, password: key.password.reveal() };
      }
    }
  });
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  try {
    return (await realpath(one)) === (await realpath(other));
  } catch {
    return false;
  }
}
