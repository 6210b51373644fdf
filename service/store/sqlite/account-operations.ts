import { err, ok } from '@endymail/shared/result';
import { bytesOf } from './hex.ts';
import type { Ground, Operations } from './operations.ts';
import { numberIn, textIn } from './row.ts';
import { rowOf } from './schema.ts';

type AccountOperations = Pick<Operations, 'createAccount' | 'accountOf' | 'statusOf' | 'totals' | 'deleteAccount'>;

export function createAccountOperations({ database, accountRow, streamOf, note }: Ground): AccountOperations {
  const known = database.prepare('SELECT 1 FROM accounts WHERE account = ?');
  const named = database.prepare('SELECT 1 FROM accounts WHERE name = ?');
  const insertAccount = database.prepare('INSERT INTO accounts (account, name, created, bytes) VALUES (?, ?, ?, ?)');
  const insertStream = database.prepare('INSERT INTO streams (account, sequence, count, head) VALUES (?, ?, ?, ?)');
  const insertItem = database.prepare('INSERT INTO items (id, data) VALUES (?, ?)');
  const insertBundle = database.prepare('INSERT INTO bundles (id, data) VALUES (?, ?)');
  const byName = database.prepare('SELECT lower(hex(account)) AS account FROM accounts WHERE name = ? AND deleted = 0');
  const usage = database.prepare('SELECT name, bytes, entries FROM accounts WHERE id = ?');
  const totals = database.prepare(
    'SELECT count(*) AS n, total(bytes) AS bytes, total(entries) AS entries FROM accounts WHERE deleted = 0',
  );
  const streams = database.prepare('SELECT id FROM streams WHERE account = ?');
  const deletions = ['items', 'bundles'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE id >= ? AND id < ?`),
  );
  const deleteRequests = database.prepare('DELETE FROM requests WHERE account = ?');
  const deleteStreams = database.prepare('DELETE FROM streams WHERE account = ?');
  const markDeleted = database.prepare('UPDATE accounts SET deleted = 1, bytes = 0, entries = 0 WHERE id = ?');

  return {
    createAccount({ account, name, link, linkHash, bundle, sequences, nowSeconds }) {
      if (known.get(bytesOf(account)) !== undefined) return err('account-exists');
      if (name !== null && named.get(name) !== undefined) return err('name-taken');
      const bytes = link.length + bundle.length;
      const id = Number(insertAccount.run(bytesOf(account), name, nowSeconds, bytes).lastInsertRowid);
      const chain = Number(insertStream.run(id, null, 1, bytesOf(linkHash)).lastInsertRowid);
      insertItem.run(rowOf(chain, 0), link);
      insertBundle.run(rowOf(chain, 0), bundle);
      for (const [sequence, hash] of sequences) insertStream.run(id, bytesOf(sequence), 0, bytesOf(hash));
      note({ account, kind: 'chain', sequence: null, count: 1 });
      return ok();
    },

    accountOf(name) {
      const row = byName.get(name);
      return ok(row === undefined ? null : textIn(row, 'account'));
    },

    statusOf(account) {
      const id = accountRow(account);
      if (!id.ok) return id;
      const row = usage.get(id.value);
      const chain = streamOf(id.value, null);
      if (row === undefined || chain === null) return err('failed');
      return ok({
        name: textIn(row, 'name'),
        chain: chain.head,
        bytes: numberIn(row, 'bytes'),
        entries: numberIn(row, 'entries'),
      });
    },

    totals() {
      const row = totals.get() ?? {};
      return ok({ accounts: numberIn(row, 'n'), bytes: numberIn(row, 'bytes'), entries: numberIn(row, 'entries') });
    },

    deleteAccount(account) {
      const id = accountRow(account);
      if (!id.ok) return id;
      for (const row of streams.all(id.value)) {
        const stream = numberIn(row, 'id');
        for (const deletion of deletions) deletion.run(rowOf(stream, 0), rowOf(stream + 1, 0));
      }
      deleteRequests.run(id.value);
      deleteStreams.run(id.value);
      // Id and name stay: a name that came to mean another account would lead people to a stranger.
      markDeleted.run(id.value);
      note({ account, kind: 'deleted', sequence: null, count: 0 });
      return ok();
    },
  };
}
