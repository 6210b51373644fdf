import type { Failure, Redacted, Result } from '@endymail/shared/result';
import { restoreHome, startOver as startHomeOver, type Restored } from './home/index.ts';
import { chosenKeychain, oldJournal, type KeychainChoice } from './open-agent.ts';
import type { System } from './system.ts';

export interface RestoreOptions extends KeychainChoice {
  readonly home: string;
  readonly system: System;
  /** What `backup` made. */
  readonly file: Uint8Array;
  readonly backupPassphrase: Redacted<string>;
  /** Move data that is here already out of the way; never deleted. */
  readonly setAside: boolean;
}

export type { Restored };

/**
 * Brings a backup into this home, under a new wrapping key of this computer's keychain.
 * Errors: `backup-invalid`, `backup-newer`, `passphrase-wrong`, `home-in-use`, and everything of the keychain.
 */
export function restoreBackup(options: RestoreOptions): Promise<Result<Restored, Failure>> {
  return restoreHome({
    folder: options.home,
    keychain: chosenKeychain(options.home, options),
    file: options.file,
    passphrase: options.backupPassphrase,
    setAside: options.setAside,
    oldJournal,
    now: options.system.now,
  });
}

/** Sets the data of this home aside, so that the next change begins with an empty one. Nothing is deleted. */
export function startOver(options: {
  readonly home: string;
  readonly system: System;
}): Promise<Result<{ readonly setAsideAs: string }, Failure>> {
  return startHomeOver({ folder: options.home, now: options.system.now });
}
