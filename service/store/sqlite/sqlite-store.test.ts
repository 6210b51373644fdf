import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { describeStore } from '../testing/conformance.ts';
import { databaseFile } from '../testing/folder.ts';
import type { Store } from '../store.ts';
import { openSqliteStore } from './sqlite-store.ts';

const file = databaseFile();
const HASH = '00'.repeat(32);

async function opened(): Promise<Store> {
  const store = await openSqliteStore(file());
  if (!store.ok) throw new Error(store.error);
  return store.value;
}

describeStore('SQLite', () => Promise.resolve({ open: opened, dispose: () => Promise.resolve() }));

it('says why it was not opened', async () => {
  rmSync(dirname(file()), { recursive: true });
  expect(await openSqliteStore(file())).toEqual({ ok: false, error: 'unwritable' });
});

it('commits what waits meanwhile together', async () => {
  const store = await opened();
  const account = '11'.repeat(64);
  const chain = { count: 1, hash: HASH };
  const bytes = new Uint8Array(1);
  const made = { account, name: null, link: bytes, linkHash: HASH, bundle: bytes, sequences: new Map(), nowSeconds: 1 };
  await store.createAccount(made);
  const before = walCommits();
  // Who writes now keeps the first commit waiting, and all that is asked meanwhile has to wait behind it.
  using other = new DatabaseSync(file());
  other.exec('BEGIN IMMEDIATE');
  const asked = Array.from({ length: 500 }, (_, index) => {
    const nonce = index.toString(16).padStart(8, '0');
    return store.useNonce({ account, chain, nonce, untilSeconds: 20, nowSeconds: 10 });
  });
  other.exec('COMMIT');
  expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
  expect(walCommits() - before).toBeLessThanOrEqual(2);
  await store.close();
});

it('overwrites what was deleted, in its file and in the log', async () => {
  const store = await opened();
  const account = '11'.repeat(64);
  const sequence = '22'.repeat(16);
  const secret = new Uint8Array(Buffer.from('bytes that must be gone '.repeat(500)));
  await store.createAccount({
    account,
    name: 'gone',
    link: secret,
    linkHash: HASH,
    bundle: secret,
    sequences: new Map([[sequence, HASH]]),
    nowSeconds: 1,
  });
  await store.append({
    account,
    sequence,
    expected: { count: 0, hash: HASH },
    entries: [{ bytes: secret, hash: HASH }],
    maxAccountBytes: 1_000_000,
    maxAccountEntries: 10,
  });
  await store.putRequest({
    account,
    request: '33'.repeat(32),
    bytes: secret,
    nowSeconds: 1,
    expiresAtSeconds: 10,
    maxPending: 1,
  });
  const holding = () =>
    [file(), `${file()}-wal`].filter((name) => readFileSync(name).includes('bytes that must be gone'));
  expect(holding()).not.toEqual([]);
  await store.deleteAccount(account);
  expect(holding()).toEqual([]);
  await store.close();
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
