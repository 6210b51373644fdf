import { createHash } from 'node:crypto';
import { argv, stdout } from 'node:process';
import { openSqliteStore } from '../../service/store/sqlite/sqlite-store.ts';
import type { StoredHead } from '../../service/store/store.ts';
import { entryOf } from './store-entries.ts';

/**
 * Started by a test, and killed by it: appends to several sequences at once and prints each index once it is acknowledged.
 * Parameters: the database's file, the account, its sequences.
 */
const [path = '', account = '', ...sequences] = argv.slice(2);
const store = await openSqliteStore(path);
if (!store.ok) throw new Error(store.error);
const heads = await store.value.heads(account);
if (!heads.ok) throw new Error(heads.error);

async function appendForEver(sequence: string, from: StoredHead): Promise<void> {
  let head = from;
  for (;;) {
    const bytes = entryOf(sequence, head.count);
    const hash = createHash('sha256').update(head.hash).update(bytes).digest('hex');
    const room = { maxAccountBytes: Number.MAX_SAFE_INTEGER, maxAccountEntries: Number.MAX_SAFE_INTEGER };
    if (!store.ok) return;
    const done = await store.value.append({ account, sequence, expected: head, entries: [{ bytes, hash }], ...room });
    if (!done.ok) throw new Error(done.error);
    stdout.write(`${sequence} ${String(head.count)}\n`);
    head = done.value;
  }
}

await Promise.all(
  sequences.map((sequence) => {
    const head = heads.value.get(sequence);
    if (head === undefined) throw new Error('no such sequence');
    return appendForEver(sequence, head);
  }),
);
