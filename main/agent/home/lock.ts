import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE } from '../../files/durable-write.ts';
import { SQLITE, sqliteCode } from '../../files/sqlite-code.ts';
import { errnoOf, messageOf } from '../../files/system-error.ts';
import { diskFailure } from '../own-files/replace-file.ts';
import type { HomeLayout } from './layout.ts';

/** How long a second agent waits for the first. */
export const LOCK_WAIT_MS = 10_000;
const LOCK_POLL_MS = 100;
const HOLDER_MAX_CHARS = 4_096;

const Holder = v.object({
  pid: v.pipe(v.number(), v.integer()),
  command: v.pipe(v.string(), v.maxLength(200)),
  since: v.pipe(v.string(), v.isoTimestamp()),
});

export interface LockOptions {
  readonly layout: Pick<HomeLayout, 'lock' | 'holder'>;
  /** What to tell the one who has to wait. */
  readonly command: string;
  readonly now: () => Date;
  readonly waitMs: number;
}

export interface HomeLock {
  readonly release: () => void;
  /** Takes the lock's own files away as well. */
  readonly releaseAndRemove: () => void;
}

/**
 * Makes this process the only one that works on a home. The lock is the operating system's lock on a file (fcntl,
 * LockFileEx), taken by SQLite with an exclusive transaction: it ends with the process, however that ends, and needs no
 * native module. A test for a living process id instead would fail when ids are used again.
 *
 * Errors: `home-busy` (names who holds it), `home-unwritable`, `home-damaged` (the lock file is something else).
 */
export async function lockHome(options: LockOptions): Promise<Result<HomeLock, Failure>> {
  const { layout } = options;
  const deadline = performance.now() + options.waitMs;
  for (;;) {
    const attempt = tryLock(layout.lock);
    if (!attempt.ok) return attempt;
    if (attempt.value !== null) return hold(attempt.value, options);
    const left = deadline - performance.now();
    if (left <= 0) return err(busy(layout.holder));
    await delay(Math.min(LOCK_POLL_MS, left));
  }
}

/** Whether somebody holds the lock in this file now. Reads only; what can not be told is "no". */
export function isLocked(path: string): boolean {
  if (inodeOf(path) === null) return false;
  try {
    using database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    database.exec('SELECT 1 FROM sqlite_schema');
    return false;
  } catch (error) {
    return sqliteCode(error) === SQLITE.busy;
  }
}

/** One try; null when another has it. */
function tryLock(path: string): Result<DatabaseSync | null, Failure> {
  let database: DatabaseSync | null = null;
  try {
    // The one before us may have removed the home, folder and all.
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
    createIfMissing(path);
    const before = inodeOf(path);
    database = new DatabaseSync(path, { timeout: 0 });
    // In memory, because nothing is written: the lock needs no second file beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // The one before us may have taken the file away between opening and locking; then we hold what nobody looks at.
    if (before !== null && before === inodeOf(path)) return ok(database);
    database.close();
    return ok(null);
  } catch (error) {
    database?.close();
    return sqliteCode(error) === SQLITE.busy ? ok(null) : err(lockFailure(error, path));
  }
}

/**
 * `wx`, never a plain open: closing any descriptor of the file would end the lock that this process may hold on it
 * through SQLite (sqlite.org/howtocorrupt.html §2.2, POSIX advisory locks). A new file has no lock yet.
 */
function createIfMissing(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: PRIVATE_FILE_MODE });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

function inodeOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function hold(database: DatabaseSync, { layout, command, now }: LockOptions): Result<HomeLock, Failure> {
  try {
    chmodSync(layout.lock, PRIVATE_FILE_MODE);
    writeHolder(layout.holder, { pid: process.pid, command: command.slice(0, 200), since: now().toISOString() });
  } catch (error) {
    database.close();
    return err(diskFailure(error, layout.holder));
  }
  return ok({
    release() {
      rmSync(layout.holder, { force: true });
      database.close();
    },
    releaseAndRemove() {
      rmSync(layout.holder, { force: true });
      // While we still hold it, so that nobody who gets it after us keeps a file that is gone. Windows removes no file
      // that is open; there the other order has no such risk, because it removes none that another has open either.
      const posix = process.platform !== 'win32';
      if (posix) rmSync(layout.lock, { force: true });
      database.close();
      if (!posix) removeUnlessOpen(layout.lock);
    },
  });
}

function writeHolder(path: string, holder: v.InferOutput<typeof Holder>): void {
  try {
    writeFileSync(path, JSON.stringify(holder), { mode: PRIVATE_FILE_MODE });
  } catch (error) {
    // What can be read must stay readable on a full disk; the one who waits is told less.
    if (diskFailure(error, path).code !== 'disk-full') throw error;
  }
}

function removeUnlessOpen(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next owner has it.
  }
}

function busy(holderPath: string): Failure {
  const holder = readHolder(holderPath);
  return holder === null
    ? failure('home-busy')
    : failure(
        'home-busy',
        `Another Endymail is at work on this data: "${holder.command}" (process ${holder.pid}), since ${holder.since}.`,
      );
}

function readHolder(path: string): v.InferOutput<typeof Holder> | null {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > HOLDER_MAX_CHARS) return null;
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const parsed = v.safeParse(Holder, holder);
    return parsed.success ? parsed.output : null;
  } catch {
    // Between locking and writing it down, there is no name yet.
    return null;
  }
}

/** SQLite could not open or lock the file: a folder that can not be written to, unless the file is no database at all. */
function lockFailure(error: unknown, path: string): Failure {
  const code = sqliteCode(error);
  if (code === null) return diskFailure(error, path);
  return code === SQLITE.notADatabase
    ? failure('home-damaged', `This file is not the lock that it should be: ${path}`, messageOf(error))
    : failure('home-unwritable', `Endymail can not lock ${path}.`, messageOf(error));
}
