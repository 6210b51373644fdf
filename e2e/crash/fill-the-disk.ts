import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { openSqliteStore } from '../../service/store/sqlite/sqlite-store.ts';
import type { Store, StoredHead } from '../../service/store/store.ts';
import { entryOf } from './store-entries.ts';

/**
 * Started by a test with a folder on a small disk of its own: appends, fills the disk, appends until the store has no room,
 * makes room and goes on. Prints what it met, as JSON.
 */
const [folder = ''] = argv.slice(2);
const path = join(folder, 'mesh.db');
const filler = join(folder, 'filler');
const account = '11'.repeat(64);
const sequence = '22'.repeat(16);
const first: StoredHead = { count: 0, hash: '00'.repeat(32) };

/** The store's own files have this much room at the most, so it can not take longer. */
const APPENDS_MAX = 10_000;

async function opened(): Promise<Store> {
  const store = await openSqliteStore(path);
  if (!store.ok) throw new Error(store.error);
  return store.value;
}

function fillDisk(): void {
  const descriptor = openSync(filler, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4_096));
  } catch {
    closeSync(descriptor);
  }
}

async function appendAfter(store: Store, expected: StoredHead): Promise<StoredHead | string> {
  const bytes = entryOf(sequence, expected.count);
  const hash = createHash('sha256').update(expected.hash).update(bytes).digest('hex');
  const room = { maxAccountBytes: Number.MAX_SAFE_INTEGER, maxAccountEntries: Number.MAX_SAFE_INTEGER };
  const done = await store.append({ account, sequence, expected, entries: [{ bytes, hash }], ...room });
  return done.ok ? done.value : done.error;
}

/** How many entries there are; -1: one of them is not what was put there. */
async function wholeEntries(store: Store): Promise<number> {
  const range = await store.read(account, sequence, 0, Number.MAX_SAFE_INTEGER);
  if (!range.ok) throw new Error(range.error);
  const isWhole = range.value.items.every((bytes, index) => Buffer.compare(bytes, entryOf(sequence, index)) === 0);
  return isWhole && range.value.items.length === range.value.head.count ? range.value.items.length : -1;
}

fillDisk();
const refused = await openSqliteStore(path);
rmSync(filler);

let store = await opened();
await store.createAccount({
  account,
  name: 'alice',
  link: Buffer.from('link'),
  linkHash: first.hash,
  bundle: Buffer.from('bundle'),
  sequences: new Map([[sequence, first.hash]]),
  nowSeconds: 1,
});
let head = first;
let met: StoredHead | string = head;
for (let appends = 0; appends < APPENDS_MAX && typeof met !== 'string'; appends += 1) {
  head = met;
  if (head.count === 10) fillDisk();
  met = await appendAfter(store, head);
}
const whileFull = { met, wasHeld: head.count >= 10, isWhole: (await wholeEntries(store)) === head.count };
rmSync(filler);
const after = await appendAfter(store, head);
await store.close();
store = await opened();
const reopened = { isLongerBy: (await wholeEntries(store)) - head.count };
await store.close();
stdout.write(
  JSON.stringify({
    start: refused.ok ? 'opened' : refused.error,
    whileFull,
    goesOn: typeof after !== 'string',
    reopened,
  }),
);
