import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@endymail/shared/result';
import { isDamage } from './error-codes.ts';

/** "EMsh": says whose file this is (PRAGMA application_id). */
const APPLICATION_ID = 0x454d7368;
const VERSION = 1;
const FILE_MODE = 0o600;

/** An index in a stream has 24 bits, so that stream and index together are one safe integer and the row's own key. */
export const STREAM_MAX_ITEMS = 2 ** 24;

/** The row of an item: next to each other on disk are those that are read together. */
export const rowOf = (stream: number, index: number): number => stream * STREAM_MAX_ITEMS + index;

export const indexOf = (row: number): number => row % STREAM_MAX_ITEMS;

/** How long it is waited for another process that writes to the same file. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Those that say where everything is. The two that hold the content grow too large to be read at every start: what is
 * damaged there is seen when it is read.
 */
const CHECKED_TABLES = ['accounts', 'streams', 'sqlite_sequence', 'requests', 'steps', 'nonces'];

/**
 * Why a database was not opened: of a newer service, of another program, damaged, or not to be written to (also for want
 * of room). It is left as it is.
 */
export type OpenFault = 'newer' | 'foreign' | 'damaged' | 'unwritable';

const TABLES = `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    account BLOB NOT NULL UNIQUE,
    name TEXT UNIQUE,
    created INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    entries INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (id),
    sequence BLOB,
    count INTEGER NOT NULL,
    head BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX stream_of_sequence ON streams (account, ifnull(sequence, x''));
  CREATE TABLE items (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
  CREATE TABLE bundles (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
  CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    request BLOB NOT NULL,
    data BLOB NOT NULL,
    expires INTEGER NOT NULL,
    UNIQUE (account, request)
  ) STRICT;
  CREATE INDEX requests_expires ON requests (expires);
  CREATE TABLE steps (
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (request, step)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE nonces (nonce BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX nonces_until ON nonces (until);
`;

/**
 * Opens the database, or makes it where there is none. WAL with synchronous FULL: what was committed survives the loss of
 * power. Deleted rows are overwritten (secure_delete), and their room is used again; the file never shrinks.
 */
export function openDatabase(path: string): Result<DatabaseSync, OpenFault> {
  let database: DatabaseSync | null = null;
  try {
    const refused = refusal(path);
    if (refused !== null) return err(refused);
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    // Also where the folder is not its owner's alone. SQLite gives its other files the same mode.
    chmodSync(path, FILE_MODE);
    // The size of a page is settled before the first table: with 8 KiB an entry of 1 KB costs 1.17 KB.
    database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec('PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;');
    if (pragma(database, 'user_version') === 0) {
      database.exec(`BEGIN IMMEDIATE; ${TABLES}
        PRAGMA application_id = ${String(APPLICATION_ID)}; PRAGMA user_version = ${String(VERSION)}; COMMIT;`);
    }
    return ok(database);
  } catch (error) {
    database?.close();
    return err(isDamage(error) ? 'damaged' : 'unwritable');
  }
}

/** Why the database at a path could not be opened; null: it could, or there is none yet. Reads only. */
export function databaseFault(path: string): OpenFault | null {
  try {
    return refusal(path);
  } catch (error) {
    return isDamage(error) ? 'damaged' : 'unwritable';
  }
}

/**
 * Reads only: what is not ours, or from a time to come, stays byte for byte as it is. Where there is a write-ahead log,
 * that takes a connection which can not write: any other puts the log into the file when it closes.
 */
function refusal(path: string): OpenFault | null {
  if (!existsSync(path)) return null;
  using database = new DatabaseSync(path, { readOnly: existsSync(`${path}-wal`), timeout: BUSY_TIMEOUT_MS });
  const [version, application] = [pragma(database, 'user_version'), pragma(database, 'application_id')];
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
  if (version === 0 && application === 0 && tables === 0) return null;
  if (application !== APPLICATION_ID) return 'foreign';
  if (version > VERSION) return 'newer';
  return CHECKED_TABLES.every((table) => isWhole(database, table)) ? null : 'damaged';
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

const isWhole = (database: DatabaseSync, table: string): boolean =>
  database.prepare(`PRAGMA quick_check(${table})`).get()?.['quick_check'] === 'ok';
