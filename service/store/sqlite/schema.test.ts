import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { databaseFile } from '../testing/folder.ts';
import { openDatabase } from './schema.ts';

const file = databaseFile();
const PAGE_BYTES = 8_192;

function opened(): DatabaseSync {
  const database = openDatabase(file());
  if (!database.ok) throw new Error(database.error);
  return database.value;
}

const refusal = (): string | null => {
  const database = openDatabase(file());
  if (!database.ok) return database.error;
  database.value.close();
  return null;
};

/** Changes the file with a connection of its own, as another program would. */
function changed(sql: string): void {
  using database = new DatabaseSync(file());
  database.exec(sql);
}

it('is its owner’s alone, with the log beside it', () => {
  using database = opened();
  database.exec("INSERT INTO nonces (nonce, until) VALUES (x'00', 1)");
  expect([file(), `${file()}-wal`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
});

it('syncs every commit, writes ahead, and has pages that entries of 1 KB fit in', () => {
  using database = opened();
  const pragmas = ['synchronous', 'journal_mode', 'page_size', 'secure_delete', 'foreign_keys'];
  expect(pragmas.map((name) => database.prepare(`PRAGMA ${name}`).get()?.[name])).toEqual([2, 'wal', 8_192, 1, 1]);
});

it('refuses the database of a newer service, and leaves it byte for byte', () => {
  expect(refusal()).toBeNull();
  changed('PRAGMA user_version = 2');
  const before = readFileSync(file());
  expect(refusal()).toBe('newer');
  expect(readFileSync(file()).equals(before)).toBe(true);
});

it('leaves it and its log byte for byte also where the newer service was killed', () => {
  expect(refusal()).toBeNull();
  const names = [file(), `${file()}-wal`];
  using newer = new DatabaseSync(file());
  newer.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 2');
  for (const name of names) copyFileSync(name, `${name}.copy`);
  newer.close();
  for (const name of names) copyFileSync(`${name}.copy`, name);
  expect(refusal()).toBe('newer');
  for (const name of names) expect(readFileSync(name).equals(readFileSync(`${name}.copy`))).toBe(true);
});

it('refuses the database of another program, and leaves it byte for byte', () => {
  changed('CREATE TABLE notes (text TEXT)');
  const before = readFileSync(file());
  expect(refusal()).toBe('foreign');
  expect(readFileSync(file()).equals(before)).toBe(true);
});

it('refuses a file that is no database', () => {
  writeFileSync(file(), 'this is a letter, and no database at all '.repeat(100));
  expect(refusal()).toBe('damaged');
});

it('refuses a database that was cut off', () => {
  expect(refusal()).toBeNull();
  truncateSync(file(), 3 * PAGE_BYTES);
  expect(refusal()).toBe('damaged');
});

it.each(['accounts', 'streams', 'stream_of_sequence', 'requests', 'nonces'])(
  'refuses a database whose %s are overwritten, and leaves it byte for byte',
  (name) => {
    expect(refusal()).toBeNull();
    using database = new DatabaseSync(file());
    const page = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage']);
    database.close();
    const descriptor = openSync(file(), 'r+');
    writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
    closeSync(descriptor);
    const before = readFileSync(file());
    expect(refusal()).toBe('damaged');
    expect(readFileSync(file()).equals(before)).toBe(true);
  },
);

it('says so where it can not write', () => {
  rmSync(dirname(file()), { recursive: true });
  expect(refusal()).toBe('unwritable');
});
