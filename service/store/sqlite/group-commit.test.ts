import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseFile } from '../testing/folder.ts';
import { createGroupCommit, type Ask, type Committed } from './group-commit.ts';
import { openDatabase, STREAM_MAX_ITEMS } from './schema.ts';

const file = databaseFile();
const HASH = '00'.repeat(32);

let database: DatabaseSync;
let commit: (asks: readonly Ask[]) => Committed;
beforeEach(() => {
  const opened = openDatabase(file());
  if (!opened.ok) throw new Error(opened.error);
  database = opened.value;
  commit = createGroupCommit(database);
  commit([create(0, 10)]);
});
afterEach(() => {
  database.close();
});

/** Of an account that is there. */
const nonce = (id: number, number: string, untilSeconds: unknown = 20): Ask => {
  const use = { account: accountId(0), chain: { count: 1, hash: HASH }, nonce: number, untilSeconds, nowSeconds: 10 };
  return { id, method: 'useNonce', args: [use], use: null };
};

const accountId = (id: number): string => id.toString(16).padStart(128, '0');
const sequenceId = '22'.repeat(16);

const create = (id: number, bytes: number): Ask => ({
  id,
  method: 'createAccount',
  args: [
    {
      account: accountId(id),
      name: `name${String(id)}`,
      link: new Uint8Array(bytes),
      linkHash: HASH,
      bundle: new Uint8Array(0),
      sequences: new Map([[sequenceId, HASH]]),
      nowSeconds: 1,
    },
  ],
  use: null,
});

const outcomes = ({ answers }: Committed): (readonly [number, string])[] =>
  answers.map(({ id, result }) => [id, result.ok ? 'ok' : result.error]);

it('takes nothing back for one that is refused', () => {
  const committed = commit([nonce(1, 'aa'), nonce(2, 'aa'), nonce(3, 'bb')]);
  expect(outcomes(committed)).toEqual([
    [1, 'ok'],
    [2, 'used'],
    [3, 'ok'],
  ]);
});

it('does the others each by itself where one of them breaks the transaction', () => {
  const asks = [nonce(1, 'aa'), nonce(2, 'cc', 'no number'), nonce(3, 'bb')];
  expect(outcomes(commit(asks))).toEqual([
    [1, 'ok'],
    [2, 'failed'],
    [3, 'ok'],
  ]);
  expect(outcomes(commit([nonce(4, 'aa'), nonce(5, 'cc')]))).toEqual([
    [4, 'used'],
    [5, 'ok'],
  ]);
});

it('refuses all of them at once where another process does not let it write, and goes on when it does', () => {
  database.exec('PRAGMA busy_timeout = 0');
  using other = new DatabaseSync(file());
  other.exec('BEGIN IMMEDIATE');
  const asks = [nonce(1, 'aa'), nonce(2, 'bb')];
  expect(outcomes(commit(asks))).toEqual([
    [1, 'failed'],
    [2, 'failed'],
  ]);
  other.exec('COMMIT');
  expect(outcomes(commit(asks))).toEqual([
    [1, 'ok'],
    [2, 'ok'],
  ]);
});

it('says that there is no room, does what fits, and goes on when there is room', () => {
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
  database.exec(`PRAGMA max_page_count = ${String(pages + 4)}`);
  const committed = commit([create(1, 1_000), create(2, 200_000)]);
  expect(outcomes(committed)).toEqual([
    [1, 'ok'],
    [2, 'full'],
  ]);
  expect(committed.changes.map(({ account }) => account)).toEqual([accountId(1)]);
  database.exec(`PRAGMA max_page_count = ${String(pages + 1_000)}`);
  expect(outcomes(commit([create(2, 200_000)]))).toEqual([[2, 'ok']]);
});

it.each([
  ['append', 'sequence', 'IS NOT NULL'],
  ['appendLink', 'chain', 'IS NULL'],
] as const)('%s stops where the numbers of a %s end: the next one would be of another', (method, _of, which) => {
  commit([create(1, 10)]);
  database.exec(`UPDATE streams SET count = ${String(STREAM_MAX_ITEMS - 1)} WHERE sequence ${which}`);
  const bytes = new Uint8Array(1);
  const ask = (id: number, count: number, entries: number): Ask => ({
    id,
    method,
    args: [
      {
        account: accountId(1),
        sequence: sequenceId,
        expected: { count, hash: HASH },
        entries: Array.from({ length: entries }, () => ({ bytes, hash: HASH })),
        link: bytes,
        linkHash: HASH,
        bundle: null,
        maxAccountBytes: Number.MAX_SAFE_INTEGER,
        maxAccountEntries: Number.MAX_SAFE_INTEGER,
      },
    ],
    use: null,
  });
  expect(outcomes(commit([ask(1, STREAM_MAX_ITEMS - 1, 1), ask(2, STREAM_MAX_ITEMS, 1)]))).toEqual([
    [1, 'ok'],
    [2, 'limit'],
  ]);
});
