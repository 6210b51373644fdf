import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { SQLITE, sqliteCode } from '../../../../files/sqlite-code.ts';
import {
  NSS_ATTRIBUTE_MAX_BYTES,
  NSS_DATABASE_MAX_BYTES,
  NSS_DATABASE_WAIT_MS,
  NSS_OBJECTS_MAX,
  NSS_OBJECTS_MAX_BYTES,
  NSS_ROW_MAX_BYTES,
} from './limits.ts';

/** One object of an NSS database: its attributes by PKCS #11 type. Absent ones are left out. */
export type NssObject = ReadonlyMap<number, Uint8Array>;

/** An open `cert9.db` or `key4.db`. */
export interface NssDatabase {
  /** Reads these attributes of every object, within bounds. Throws what SQLite throws. */
  objects(attributes: readonly number[]): readonly NssObject[];
  /** A row of `metaData`; null when there is none. */
  metaData(id: string): { readonly item1: Uint8Array; readonly item2: Uint8Array } | null;
}

/**
 * Opens an NSS database (softoken's sdb.c: one SQLite table, a column an attribute) for reading only, while Thunderbird
 * runs too, and on a read-only disk, and hands it to `use`. Null when there is no such file.
 * The file is another program's and may be anything: only plain columns of a plain table are read, with bounds.
 * Errors: `profile-unreadable`, `profile-malformed`.
 */
export function readNssDatabase<T>(
  file: string,
  table: 'nssPublic' | 'nssPrivate',
  use: (database: NssDatabase) => T,
): Result<T | null, Failure> {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return ok(null);
    if (!stat.isFile()) return err(failure('profile-unreadable', `${file} is not a file.`));
    if (stat.size > NSS_DATABASE_MAX_BYTES) {
      return err(failure('profile-malformed', `${file} is larger than ${NSS_DATABASE_MAX_BYTES} bytes.`));
    }
    // The file that a new store begins with, before anything is in it.
    if (stat.size === 0) return ok(null);
    using sqlite = openReadOnly(file);
    // One transaction: the file is locked and looked at once, and all that is read is of one moment.
    sqlite.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; BEGIN');
    return ok(use(createDatabase(sqlite, table)));
  } catch (error) {
    return err(databaseFailure(error, file));
  }
}

function openReadOnly(file: string): DatabaseSync {
  const options = {
    readOnly: true,
    timeout: NSS_DATABASE_WAIT_MS,
    enableDoubleQuotedStringLiterals: false,
    defensive: true,
    limits: { length: NSS_ROW_MAX_BYTES },
  };
  if (!isWalWithoutLog(file)) return new DatabaseSync(file, options);
  // SQLite would make files beside it, and could not open it on a read-only disk. Without a log nobody writes to it.
  const url = pathToFileURL(file);
  url.search = 'mode=ro&immutable=1';
  return new DatabaseSync(url, options);
}

/** sqlite.org/fileformat.html §1.3.3: a file format version of 2 says that changes go to a log beside the file. */
const READ_VERSION_OFFSET = 19;
const WAL_VERSION = 2;

/** NSS does not use the WAL mode; a database may have been put into it by another hand. */
function isWalWithoutLog(file: string): boolean {
  // Closing it drops the locks that this process has on the file (fcntl(2)): there are none before it is opened.
  const descriptor = openSync(file, 'r');
  try {
    const version = Buffer.alloc(1);
    readSync(descriptor, version, 0, 1, READ_VERSION_OFFSET);
    return version[0] === WAL_VERSION && (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
  } finally {
    closeSync(descriptor);
  }
}

function createDatabase(sqlite: DatabaseSync, table: 'nssPublic' | 'nssPrivate'): NssDatabase {
  return {
    objects(attributes) {
      const columns = plainColumns(sqlite, table);
      const wanted = attributes.filter((attribute) => columns.has(columnOf(attribute)));
      if (wanted.length === 0) return [];
      const selected = wanted.map((attribute) => boundedColumn(columnOf(attribute)));
      const statement = sqlite.prepare(`SELECT ${selected.join(', ')} FROM ${table} LIMIT ${NSS_OBJECTS_MAX}`);
      const objects: NssObject[] = [];
      let held = 0;
      for (const row of statement.iterate()) {
        const object = new Map<number, Uint8Array>();
        for (const attribute of wanted) {
          const value = attributeValue(row[columnOf(attribute)]);
          if (value !== null) object.set(attribute, value);
          held += value?.length ?? 0;
        }
        if (held > NSS_OBJECTS_MAX_BYTES) throw new TooMuch();
        objects.push(object);
      }
      return objects;
    },
    metaData(id) {
      const columns = plainColumns(sqlite, 'metaData');
      if (!META_DATA_COLUMNS.every((column) => columns.has(column))) return null;
      const statement = sqlite.prepare(
        `SELECT id, ${boundedColumn('item1')}, ${boundedColumn('item2')} FROM metaData LIMIT ${NSS_OBJECTS_MAX}`,
      );
      for (const row of statement.iterate()) {
        const [item1, item2] = [row['item1'], row['item2']];
        if (row['id'] === id && item1 instanceof Uint8Array && item2 instanceof Uint8Array) return { item1, item2 };
      }
      return null;
    },
  };
}

/** sdb.c, SDB_…: attribute 0x11 is the column "a11". */
const columnOf = (attribute: number): string => `a${attribute.toString(16)}`;

/** Type and length of a blob stand in the row's head, so that a value that is too long is never loaded. */
const boundedColumn = (column: string): string =>
  `CASE WHEN typeof(${column}) = 'blob' AND length(${column}) <= ${NSS_ATTRIBUTE_MAX_BYTES} THEN ${column} END AS ${column}`;

const META_DATA_COLUMNS = Object.freeze(['id', 'item1', 'item2']);

/**
 * The columns of a table that hold what was stored. Views, virtual tables and computed columns could run what somebody
 * wrote there; a table with a bracket in its definition, without which no column is computed (sqlite.org/gencol.html), is
 * not one that NSS made. The definition is read, and SQLite not asked for its 130 columns: that takes as long as the rest.
 */
function plainColumns(sqlite: DatabaseSync, table: string): ReadonlySet<string> {
  const schema = sqlite.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? LIMIT 1").get(table);
  const sql = schema?.['sql'];
  const columns = typeof sql === 'string' ? PLAIN_TABLE.exec(sql)?.[1] : undefined;
  return new Set(columns?.split(',').map((column) => column.trim().split(/\s/, 1)[0] ?? ''));
}

const PLAIN_TABLE = /^CREATE TABLE \w+ ?\(([\w\s,]*)\)$/i;

/** sdb.c, SQLITE_EXPLICIT_NULL: how NSS stores an attribute that is there and empty. */
const EXPLICIT_NULL = Buffer.from([0xa5, 0x00, 0x5a]);

function attributeValue(value: SQLOutputValue | undefined): Uint8Array | null {
  if (!(value instanceof Uint8Array)) return null;
  return EXPLICIT_NULL.equals(value) ? new Uint8Array() : value;
}

class TooMuch extends Error {}

const DAMAGED: readonly (number | null)[] = [SQLITE.corrupt, SQLITE.notADatabase, SQLITE.tooBig];

function databaseFailure(error: unknown, file: string): Failure {
  const code = sqliteCode(error);
  if (error instanceof TooMuch || DAMAGED.includes(code)) {
    return failure('profile-malformed', `${file} is damaged.`, String(error));
  }
  // SQLITE_READONLY_ROLLBACK: a program died while it wrote; its journal is there, and we write nothing.
  if (code === SQLITE.readOnly) {
    return failure('profile-malformed', `${file} was left in the middle of a change.`, String(error));
  }
  return failure('profile-unreadable', `${file} could not be read.`, String(error));
}
