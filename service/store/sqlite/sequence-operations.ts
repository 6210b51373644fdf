import type { StatementSync } from 'node:sqlite';
import { err, ok, type Result } from '@endymail/shared/result';
import type { Range, StoreFault, StoredHead } from '../store.ts';
import { bytesOf, hexOf } from './hex.ts';
import type { Ground, Operations, Stream } from './operations.ts';
import { bytesIn, numberIn } from './row.ts';
import { isSameHead } from './same-head.ts';
import { indexOf, rowOf, STREAM_MAX_ITEMS } from './schema.ts';

type SequenceOperations = Pick<Operations, 'appendLink' | 'readLinks' | 'readBundles' | 'append' | 'read' | 'heads'>;

export function createSequenceOperations({ database, accountRow, streamOf, note }: Ground): SequenceOperations {
  const insertItem = database.prepare('INSERT INTO items (id, data) VALUES (?, ?)');
  const insertBundle = database.prepare('INSERT INTO bundles (id, data) VALUES (?, ?)');
  const moveHead = database.prepare('UPDATE streams SET count = ?, head = ? WHERE id = ?');
  const use = database.prepare('UPDATE accounts SET bytes = bytes + ?, entries = entries + ? WHERE id = ?');
  const usage = database.prepare('SELECT bytes, entries FROM accounts WHERE id = ?');
  const itemsFrom = database.prepare('SELECT id, data FROM items WHERE id >= ? AND id < ? ORDER BY id');
  const bundlesFrom = database.prepare('SELECT id, data FROM bundles WHERE id >= ? AND id < ? ORDER BY id');
  const streams = database.prepare(
    'SELECT sequence, count, head FROM streams WHERE account = ? AND sequence IS NOT NULL',
  );

  /** The bytes and entries that an account would have with this many more. */
  function usedWith(account: number, bytes: number, entries: number): { bytes: number; entries: number } {
    const row = usage.get(account) ?? {};
    return { bytes: numberIn(row, 'bytes') + bytes, entries: numberIn(row, 'entries') + entries };
  }

  function move(stream: Stream, items: readonly { bytes: Uint8Array; hash: string }[]): StoredHead {
    let { head } = stream;
    for (const { bytes, hash } of items) {
      insertItem.run(rowOf(stream.id, head.count), bytes);
      head = { count: head.count + 1, hash };
    }
    moveHead.run(head.count, bytesOf(head.hash), stream.id);
    return head;
  }

  function readRange(stream: Stream, from: number, maxBytes: number): Range {
    const items = upTo(maxBytes, itemsFrom, stream, from).map(({ bytes }) => bytes);
    return { head: stream.head, items };
  }

  function sequenceOf(account: string, sequence: string | null): Result<Stream & { account: number }, StoreFault> {
    const id = accountRow(account);
    if (!id.ok) return id;
    const stream = streamOf(id.value, sequence);
    return stream === null ? err('unknown-sequence') : ok({ ...stream, account: id.value });
  }

  return {
    appendLink({ account, expected, link, linkHash, bundle, maxAccountBytes }) {
      const stream = sequenceOf(account, null);
      if (!stream.ok) return stream;
      if (!isSameHead(stream.value.head, expected)) return err('conflict');
      if (expected.count >= STREAM_MAX_ITEMS) return err('limit');
      const bytes = link.length + (bundle?.length ?? 0);
      if (usedWith(stream.value.account, bytes, 0).bytes > maxAccountBytes) return err('limit');
      if (bundle !== null) insertBundle.run(rowOf(stream.value.id, expected.count), bundle);
      const head = move(stream.value, [{ bytes: link, hash: linkHash }]);
      use.run(bytes, 0, stream.value.account);
      note({ account, kind: 'chain', sequence: null, count: head.count });
      return ok(head);
    },

    readLinks(account, from, maxBytes) {
      const stream = sequenceOf(account, null);
      return stream.ok ? ok(readRange(stream.value, from, maxBytes)) : stream;
    },

    readBundles(account, from, maxBytes) {
      const stream = sequenceOf(account, null);
      return stream.ok ? ok(upTo(maxBytes, bundlesFrom, stream.value, from)) : stream;
    },

    append({ account, sequence, expected, entries, maxAccountBytes, maxAccountEntries }) {
      const stream = sequenceOf(account, sequence);
      if (!stream.ok) return stream;
      if (!isSameHead(stream.value.head, expected)) return err('conflict');
      if (expected.count + entries.length > STREAM_MAX_ITEMS) return err('limit');
      const bytes = entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
      const used = usedWith(stream.value.account, bytes, entries.length);
      if (used.bytes > maxAccountBytes || used.entries > maxAccountEntries) return err('limit');
      const head = move(stream.value, entries);
      use.run(bytes, entries.length, stream.value.account);
      note({ account, kind: 'sequence', sequence, count: head.count });
      return ok(head);
    },

    read(account, sequence, from, maxBytes) {
      const stream = sequenceOf(account, sequence);
      return stream.ok ? ok(readRange(stream.value, from, maxBytes)) : stream;
    },

    heads(account) {
      const id = accountRow(account);
      if (!id.ok) return id;
      const rows = streams.all(id.value).map((row): [string, StoredHead] => {
        const head = { count: numberIn(row, 'count'), hash: hexOf(bytesIn(row, 'head')) };
        return [hexOf(bytesIn(row, 'sequence')), head];
      });
      return ok(new Map(rows));
    },
  };
}

/** Rows of a stream from an index on, as many as fit, and one at least. */
function upTo(maxBytes: number, rowsFrom: StatementSync, { id, head }: Stream, from: number) {
  const found: { index: number; bytes: Uint8Array }[] = [];
  if (from >= head.count) return found;
  let sum = 0;
  for (const row of rowsFrom.iterate(rowOf(id, from), rowOf(id, head.count))) {
    const bytes = bytesIn(row, 'data');
    sum += bytes.length;
    if (found.length > 0 && sum > maxBytes) break;
    found.push({ index: indexOf(numberIn(row, 'id')), bytes });
  }
  return found;
}
