import { closeSync, openSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { SQLITE, sqliteCode } from '../../../../files/sqlite-code.ts';
import { errnoOf } from '../../../../files/system-error.ts';
import type { System } from '../../../system.ts';

/**
 * Thunderbird marks a profile as in use by a POSIX write lock over the whole of `.parentlock` (nsProfileLock.cpp,
 * LockWithFcntl); the file itself stays for ever. Node has no fcntl, but SQLite takes its locks by fcntl on the very
 * file it opens: an exclusive transaction on `.parentlock` fails while Thunderbird runs and keeps it from starting while
 * it is open. Nothing is written: the file stays empty. On Windows Thunderbird opens `parent.lock` without sharing.
 *
 * A process loses its POSIX locks on a file when it closes ANY descriptor of it (fcntl(2)): nothing else in this
 * process may open `.parentlock`.
 */
const LOCK_FILE_POSIX = '.parentlock';
const LOCK_FILE_WINDOWS = 'parent.lock';

/** As long as it is held, Thunderbird does not run on the profile and can not start on it. */
export interface ProfileGuard {
  release(): void;
}

/** Resolved paths of the profiles that this process guards. */
const held = new Set<string>();

/**
 * Keeps Thunderbird from starting on this profile until released (it tries for 5 seconds, then says that it is running
 * already).
 * Errors: `client-running`, `profile-read-only`, `profile-unreadable`.
 */
export function guardProfile(profilePath: string, system: System): Promise<Result<ProfileGuard, Failure>> {
  return Promise.resolve(takeGuard(profilePath, system));
}

/** Whether Thunderbird runs on this profile now. What can not be told (no permission) is "no". */
export function isProfileRunning(profilePath: string, system: System): Promise<boolean> {
  return Promise.resolve(isLocked(profilePath, system));
}

function isLocked(profilePath: string, system: System): boolean {
  const folder = resolved(profilePath);
  if (folder === null || held.has(folder)) return false;
  if (system.platform === 'win32') {
    // No sharing: any other open of the file fails while Thunderbird has it (ERROR_SHARING_VIOLATION).
    return tryOpen(path.join(folder, LOCK_FILE_WINDOWS), 'r+') === 'EBUSY';
  }
  const lockFile = path.join(folder, LOCK_FILE_POSIX);
  if (!isFile(lockFile)) return false;
  try {
    // Read-only, so that it works on a read-only disk; a read lock is refused as well while there is a write lock.
    using database = new DatabaseSync(lockFile, { readOnly: true });
    database.exec('SELECT 1 FROM sqlite_schema');
    return false;
  } catch (error) {
    return sqliteCode(error) === SQLITE.busy;
  }
}

type Release = () => void;

function takeGuard(profilePath: string, system: System): Result<ProfileGuard, Failure> {
  const folder = resolved(profilePath);
  if (folder === null) return err(failure('profile-unreadable', `The profile ${profilePath} is not there.`));
  if (held.has(folder)) return err(failure('client-running', 'Endymail is at work on this profile already.'));
  const taken = system.platform === 'win32' ? openWithoutSharing(folder) : lockExclusively(folder);
  if (!taken.ok) return taken;
  held.add(folder);
  let done = false;
  return ok({
    release() {
      if (done) return;
      done = true;
      taken.value();
      held.delete(folder);
    },
  });
}

function lockExclusively(folder: string): Result<Release, Failure> {
  const lockFile = path.join(folder, LOCK_FILE_POSIX);
  if (exists(lockFile) && !isFile(lockFile)) {
    return err(failure('profile-unreadable', `${lockFile} is not a file.`));
  }
  let database: DatabaseSync | null = null;
  try {
    // Makes the file where it is missing, and fails where SQLite would go on with a read lock only. No lock of ours is
    // on the file yet that this close could drop.
    closeSync(openSync(lockFile, 'a', 0o600));
    database = new DatabaseSync(lockFile);
    // The journal in memory: otherwise SQLite makes a file of its own beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const open = database;
    return ok(() => {
      open.close();
    });
  } catch (error) {
    database?.close();
    return err(lockFailure(error, lockFile));
  }
}

function lockFailure(error: unknown, lockFile: string): Failure {
  const code = sqliteCode(error);
  if (code === SQLITE.busy) return failure('client-running');
  if (['EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error) ?? '')) {
    return failure('profile-read-only', undefined, `${lockFile}: ${String(error)}`);
  }
  return failure('profile-unreadable', `${lockFile} could not be locked.`, String(error));
}

function openWithoutSharing(folder: string): Result<Release, Failure> {
  const lockFile = path.join(folder, LOCK_FILE_WINDOWS);
  const opened = tryOpen(lockFile, 'a+');
  if (typeof opened === 'function') return ok(opened);
  if (opened === 'EBUSY') return err(failure('client-running'));
  return err(failure('profile-read-only', undefined, `${lockFile}: ${opened}`));
}

/** Opens the file and returns how to close it, or the system's code of what went wrong. */
function tryOpen(file: string, flags: 'r+' | 'a+'): Release | string {
  try {
    const descriptor = openSync(file, flags);
    const close = (): void => {
      closeSync(descriptor);
    };
    if (flags === 'r+') close();
    return close;
  } catch (error) {
    return errnoOf(error) ?? '';
  }
}

function resolved(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch {
    return null;
  }
}

const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;
const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
