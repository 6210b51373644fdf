import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeStore } from '../testing/conformance.ts';
import { createGroupCommit } from './group-commit.ts';
import { openDatabase } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'mesh.db');

describeStore('SQLite', () =>
  Promise.resolve({
    async open() {
      const store = await openSqliteStore(file());
      if (!store.ok) throw new Error(store.error);
      return store.value;
    },
    dispose: () => Promise.resolve(),
  }),
);

const refusal = async (): Promise<string | null> => {
  const opened = await openSqliteStore(file());
  if (!opened.ok) return opened.error;
  await opened.value.close();
  return null;
};

it('refuses the database of a newer service, and leaves it byte for byte', async () => {
  expect(await refusal()).toBeNull();
  const database = new DatabaseSync(file());
  database.exec('PRAGMA user_version = 2');
  database.close();
  const before = readFileSync(file());
  expect(await refusal()).toBe('newer');
  expect(readFileSync(file()).equals(before)).toBe(true);
});

it('refuses the database of another program, and a file that is none', async () => {
  const other = new DatabaseSync(file());
  other.exec('CREATE TABLE notes (text TEXT)');
  other.close();
  const before = readFileSync(file());
  expect(await refusal()).toBe('foreign');
  expect(readFileSync(file()).equals(before)).toBe(true);
  writeFileSync(file(), 'this is a letter, and no database at all '.repeat(100));
  expect(await refusal()).toBe('damaged');
});

it('says so where it can not write', async () => {
  rmSync(folder, { recursive: true });
  expect(await refusal()).toBe('unwritable');
});

it('commits everything that waits together, and takes nothing back for one that is refused', () => {
  const opened = openDatabase(file());
  if (!opened.ok) throw new Error(opened.error);
  const commit = createGroupCommit(opened.value);
  const nonce = (id: number, text: string) => ({ id, method: 'useNonce' as const, args: [text, 20, 10] });
  const before = walCommits();
  const { answers } = commit([nonce(1, 'aa'), nonce(2, 'aa'), nonce(3, 'bb')]);
  expect(answers.map(({ result }) => (result.ok ? 'ok' : result.error))).toEqual(['ok', 'conflict', 'ok']);
  expect(walCommits() - before).toBe(1);
  opened.value.close();
});

it('does the others each by itself where one of them breaks the transaction', () => {
  const opened = openDatabase(file());
  if (!opened.ok) throw new Error(opened.error);
  const commit = createGroupCommit(opened.value);
  const nonce = (id: number, args: readonly unknown[]) => ({ id, method: 'useNonce' as const, args });
  const { answers } = commit([nonce(1, ['aa', 20, 10]), nonce(2, ['cc', 'no number', 10]), nonce(3, ['bb', 20, 10])]);
  expect(answers.map(({ id, result }) => [id, result.ok ? 'ok' : result.error])).toEqual([
    [1, 'ok'],
    [2, 'failed'],
    [3, 'ok'],
  ]);
  opened.value.close();
});

it('says that the disk is full, keeps what was there, and goes on when there is room', () => {
  const opened = openDatabase(file());
  if (!opened.ok) throw new Error(opened.error);
  const database = opened.value;
  const commit = createGroupCommit(database);
  const create = (id: number, bytes: number) => ({
    id,
    method: 'createAccount' as const,
    args: [
      {
        account: id.toString(16).padStart(128, '0'),
        name: `name${String(id)}`,
        link: new Uint8Array(bytes),
        linkHash: '00'.repeat(32),
        bundle: new Uint8Array(0),
        sequences: new Map(),
        nowSeconds: 1,
      },
    ],
  });
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
  database.exec(`PRAGMA max_page_count = ${String(pages + 4)}`);
  const full = commit([create(1, 1_000), create(2, 200_000)]);
  expect(full.answers.map(({ result }) => (result.ok ? 'ok' : result.error))).toEqual(['ok', 'full']);
  database.exec(`PRAGMA max_page_count = ${String(pages + 1_000)}`);
  expect(commit([create(2, 200_000)]).answers[0]?.result.ok).toBe(true);
  database.close();
});

it('overwrites what was deleted', async () => {
  const opened = await openSqliteStore(file());
  if (!opened.ok) throw new Error(opened.error);
  const account = '11'.repeat(64);
  const secret = 'bytes that must be gone '.repeat(500);
  await opened.value.createAccount({
    account,
    name: 'gone',
    link: Buffer.from(secret),
    linkHash: '00'.repeat(32),
    bundle: Buffer.from(secret),
    sequences: new Map(),
    nowSeconds: 1,
  });
  await opened.value.deleteAccount(account);
  await opened.value.close();
  copyFileSync(file(), join(folder, 'copy'));
  expect(readFileSync(join(folder, 'copy')).includes('bytes that must be gone')).toBe(false);
});

/** How many transactions stand in the write-ahead log: frames whose header names a size of the database (file format §4.1). */
function walCommits(): number {
  const wal = readFileSync(`${file()}-wal`);
  if (wal.length < 32) return 0;
  const frame = 24 + wal.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= wal.length; at += frame) if (wal.readUInt32BE(at + 4) !== 0) commits += 1;
  return commits;
}
