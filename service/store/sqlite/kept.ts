import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@endymail/shared/result';
import type { StoredBundle, StoredHead } from '../store.ts';
import { isDamage } from './error-codes.ts';
import { hexOf } from './hex.ts';
import { bytesIn, numberIn } from './row.ts';
import { databaseFault, indexOf, rowOf, STREAM_MAX_ITEMS, type OpenFault } from './schema.ts';

/** A database as it stands, for who looks at all of it or copies it: read alone, also while a service writes to it. */
export interface Kept extends Disposable {
  /** Whether SQLite finds it whole, and every row's other row there. Reads all of it. */
  readonly isWhole: () => boolean;
  /** The accounts that were not deleted. */
  readonly accounts: () => Iterable<KeptAccount>;
  /** How many items and bundles belong to no list. */
  readonly strays: () => number;
  /** Writes a copy, as of one moment, into a file that is empty. Throws what SQLite says. */
  readonly copyInto: (path: string) => void;
}

export interface KeptAccount {
  /** Its row: who operates a service is told by it which account is meant. */
  readonly row: number;
  readonly account: string;
  /** As they were counted. */
  readonly bytes: number;
  readonly entries: number;
  readonly streams: readonly KeptStream[];
}

export interface KeptStream {
  /** Null: the profile chain. */
  readonly sequence: string | null;
  readonly head: StoredHead;
  readonly items: () => Iterable<StoredBundle>;
  readonly bundles: () => readonly StoredBundle[];
}

/** Opens a database that is there, of one moment. Errors: `missing`, and as `openSqliteStore`. */
export function openKept(path: string): Result<Kept, OpenFault | 'missing'> {
  if (!existsSync(path)) return err('missing');
  const fault = databaseFault(path);
  if (fault !== null) return err(fault);
  try {
    // Where there is no write-ahead log, a connection that can not write would leave one behind.
    return ok(keptIn(new DatabaseSync(path, { readOnly: existsSync(`${path}-wal`) })));
  } catch (error) {
    return err(isDamage(error) ? 'damaged' : 'unwritable');
  }
}

function keptIn(database: DatabaseSync): Kept {
  const accounts = database.prepare('SELECT id, account, bytes, entries FROM accounts WHERE deleted = 0 ORDER BY id');
  const streams = database.prepare('SELECT id, sequence, count, head FROM streams WHERE account = ? ORDER BY id');

  function* rowsOf(table: 'items' | 'bundles', stream: number): Iterable<StoredBundle> {
    const rows = database.prepare(`SELECT id, data FROM ${table} WHERE id >= ? AND id < ? ORDER BY id`);
    for (const row of rows.iterate(rowOf(stream, 0), rowOf(stream + 1, 0))) {
      yield { index: indexOf(numberIn(row, 'id')), bytes: bytesIn(row, 'data') };
    }
  }

  function streamIn(row: Readonly<Record<string, unknown>>): KeptStream {
    const id = numberIn(row, 'id');
    return {
      sequence: row['sequence'] === null ? null : hexOf(bytesIn(row, 'sequence')),
      head: { count: numberIn(row, 'count'), hash: hexOf(bytesIn(row, 'head')) },
      items: () => rowsOf('items', id),
      bundles: () => [...rowsOf('bundles', id)],
    };
  }

  return {
    isWhole() {
      // Everything that is read from here on is of one moment.
      if (!database.isTransaction) database.exec('BEGIN');
      const found = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
      return found === 'ok' && database.prepare('PRAGMA foreign_key_check').get() === undefined;
    },

    *accounts() {
      for (const row of accounts.all()) {
        const id = numberIn(row, 'id');
        yield {
          row: id,
          account: hexOf(bytesIn(row, 'account')),
          bytes: numberIn(row, 'bytes'),
          entries: numberIn(row, 'entries'),
          streams: streams.all(id).map(streamIn),
        };
      }
    },

    strays() {
      const items = String(STREAM_MAX_ITEMS);
      const straysOf = (table: string): number => {
        const row = database
          .prepare(
            `SELECT count(*) AS n FROM ${table} AS kept WHERE NOT EXISTS (SELECT 1 FROM streams
             WHERE streams.id = kept.id / ${items} AND kept.id % ${items} < streams.count)`,
          )
          .get();
        return numberIn(row ?? {}, 'n');
      };
      return straysOf('items') + straysOf('bundles');
    },

    copyInto(path) {
      database.prepare('VACUUM INTO ?').run(path);
    },

    [Symbol.dispose]() {
      database.close();
    },
  };
}
