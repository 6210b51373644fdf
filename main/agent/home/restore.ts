import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { MailAddress } from '@endymail/shared/mail';
import { PRIVATE_FOLDER_MODE, syncFolder } from '../../files/durable-write.ts';
import type { Keychain } from '../keychain/index.ts';
import { wrappingKeyFile } from '../keychain/file-keychain.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { diskFailure, removeTemporaries, replaceFile, temporaryName } from '../own-files/replace-file.ts';
import { unsealBackup, type BackupContent } from './backup.ts';
import { encodeIdentity } from './identity.ts';
import { moveMissingJournals, writeJournals } from './journals.ts';
import { RESTORING, layoutOf, type HomeLayout } from './layout.ts';
import { LOCK_WAIT_MS, lockHome } from './lock.ts';
import { sealState, type HomeKey } from './sealed-state.ts';
import { setAsideData } from './set-aside.ts';
import { makeWrappingKey } from './wrapping-key.ts';

export interface RestoreHomeOptions {
  readonly folder: string;
  readonly keychain: Keychain;
  /** What `Home.backup` made. */
  readonly file: Uint8Array;
  readonly passphrase: Redacted<string>;
  /** Move data that is there already out of the way. */
  readonly setAside: boolean;
  /** What a journal of the backup says, now that it is old; as it was by default. */
  readonly oldJournal?: (text: string) => string;
  readonly now: () => Date;
  readonly waitForLockMs?: number;
}

/** What came of it. */
export interface Restored {
  /** Where the data that was there went; null when there was none. */
  readonly setAsideAs: string | null;
  /** Mailboxes that were off when the backup was made: their keys are here, and no client on this computer is given them. */
  readonly mailboxesOff: readonly MailAddress[];
  /** The account that the computer of the backup belonged to: this one has to join it as a device of its own. */
  readonly accountLeftOut?: string;
}

/**
 * Makes a home from a backup: a new id and wrapping key, all else as it was.
 * Errors (nothing was changed): `backup-invalid`, `backup-newer`, `passphrase-wrong`, `home-in-use`, `home-busy`,
 * `home-unwritable`, `disk-full`, and everything of the keychain.
 */
export async function restoreHome(options: RestoreHomeOptions): Promise<Result<Restored, Failure>> {
  const backup = await unsealBackup(options.file, options.passphrase);
  if (!backup.ok) return backup;
  return owning(options, 'endymail restore', async (layout) => {
    if (hasData(layout) && !options.setAside) return err(failure('home-in-use'));
    const homeId = randomUUID();
    const restored = await restoreInto(layout, { homeId, backup: backup.value, ...options });
    if (!restored.ok) {
      await options.keychain.delete(homeId);
      return restored;
    }
    const mailboxesOff = backup.value.state.mailboxes.filter(({ enabled }) => !enabled).map(({ address }) => address);
    const { accountLeftOut } = backup.value;
    return ok({ ...restored.value, mailboxesOff, ...(accountLeftOut === null ? {} : { accountLeftOut }) });
  });
}

/**
 * Moves the data of a home aside, so that the next opening makes a new one; the journals stay (see `setAsideData`).
 * Errors: `home-busy`, `home-unwritable`, `mailbox-not-enabled` (there is no data).
 */
export async function startOver(options: {
  readonly folder: string;
  readonly now: () => Date;
  readonly waitForLockMs?: number;
}): Promise<Result<{ readonly setAsideAs: string }, Failure>> {
  const nothing = failure('mailbox-not-enabled', 'There is no data of Endymail here.');
  if (!existsSync(options.folder)) return err(nothing);
  return owning(options, 'endymail restore --start-over', async (layout) => {
    const setAside = await setAsideData(layout, options.now());
    if (!setAside.ok) return setAside;
    return setAside.value === null ? err(nothing) : ok({ setAsideAs: setAside.value });
  });
}

const hasData = ({ identity, state }: HomeLayout): boolean => existsSync(identity) || existsSync(state);

interface Restoration extends RestoreHomeOptions {
  readonly homeId: string;
  readonly backup: BackupContent;
}

/** Everything new is on disk beside the old before the old is moved; what can fail for lack of space fails before. */
async function restoreInto(
  layout: HomeLayout,
  restoration: Restoration,
): Promise<Result<{ readonly setAsideAs: string | null }, Failure>> {
  const { homeId, keychain } = restoration;
  const wrappingKey = await makeWrappingKey(keychain, homeId);
  if (!wrappingKey.ok) return wrappingKey;
  const staging = layoutOf(temporaryName(layout.folder, RESTORING));
  try {
    await mkdir(staging.folder, { mode: PRIVATE_FOLDER_MODE });
    const staged = await stage(staging, restoration, { homeId, wrappingKey: wrappingKey.value });
    if (!staged.ok) return staged;
    const setAside = await setAsideData(layout, restoration.now(), [wrappingKeyFile(homeId)]);
    if (!setAside.ok) return setAside;
    await moveMissingJournals(staging.clients, layout.clients);
    // The identity last: without it the rest is taken for damaged, never for a home that was restored.
    for (const path of [staging.state, staging.identity]) await rename(path, join(layout.folder, basename(path)));
    await syncFolder(layout.folder);
    return ok({ setAsideAs: setAside.value });
  } catch (error) {
    return err(diskFailure(error, layout.folder));
  } finally {
    await rm(staging.folder, { recursive: true, force: true });
  }
}

async function stage(
  staging: HomeLayout,
  { homeId, keychain, backup, oldJournal = (text) => text }: Restoration,
  key: HomeKey,
): Promise<Result<void, Failure>> {
  const journals = await writeJournals(
    staging.clients,
    Object.fromEntries(Object.entries(backup.journals).map(([path, text]) => [path, oldJournal(text)])),
  );
  if (!journals.ok) return journals;
  const sealed = sealState(backup.state, key);
  if (!sealed.ok) return sealed;
  const state = await replaceFile(staging.state, sealed.value);
  return state.ok ? replaceFile(staging.identity, encodeIdentity({ id: homeId, keychain: keychain.kind })) : state;
}

/** Works on a home folder as its only owner. */
async function owning<T>(
  options: { readonly folder: string; readonly now: () => Date; readonly waitForLockMs?: number },
  command: string,
  work: (layout: HomeLayout) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const layout = layoutOf(options.folder);
  const made = await makePrivateFolder(layout.folder);
  if (!made.ok) return made;
  const lock = await lockHome({ layout, command, now: options.now, waitMs: options.waitForLockMs ?? LOCK_WAIT_MS });
  if (!lock.ok) return lock;
  try {
    const cleaned = await removeTemporaries(layout.folder);
    return cleaned.ok ? await work(layout) : cleaned;
  } finally {
    lock.value.release();
  }
}
