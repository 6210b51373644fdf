import type { DatabaseSync } from 'node:sqlite';
import { err, type Result } from '@endymail/shared/result';
import type { NonceUse, StoreChange, StoreFault } from '../store.ts';
import { isFull } from './error-codes.ts';
import { createOperations, type Method, type Operations } from './operations.ts';

/** One call of a method, as it came over from the other thread. */
export interface Ask {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
  /** The number that goes with it, and before it; null: it needs none. */
  readonly use: NonceUse | null;
}

export interface Answer {
  readonly id: number;
  readonly result: Result<unknown, StoreFault>;
}

/** What one commit made durable, or what was refused. */
export interface Committed {
  readonly answers: readonly Answer[];
  readonly changes: readonly StoreChange[];
}

/** Nothing of a transaction is there. */
interface TakenBack {
  readonly fault: StoreFault;
  /** Where it did not even begin, what was asked is not at fault. */
  readonly hasBegun: boolean;
}

/**
 * Does everything that has come in meanwhile in one transaction, so that one sync of the disk serves all of it (32,000
 * appends a second instead of 5,000 where many write). Nothing is answered before it is on disk.
 */
export function createGroupCommit(database: DatabaseSync): (asks: readonly Ask[]) => Committed {
  let changes: StoreChange[] = [];
  const operations = createOperations(database, (change) => changes.push(change));

  function transact(asks: readonly Ask[]): Committed | TakenBack {
    let hasBegun = false;
    changes = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      hasBegun = true;
      const answers = asks.map((ask) => ({ id: ask.id, result: perform(operations, ask) }));
      database.exec('COMMIT');
      return { answers, changes };
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      return { fault: isFull(error) ? 'full' : 'failed', hasBegun };
    }
  }

  function commit(asks: readonly Ask[]): Committed {
    const whole = transact(asks);
    if ('answers' in whole) return whole;
    if (!whole.hasBegun || asks.length === 1) {
      return { answers: asks.map(({ id }) => ({ id, result: err(whole.fault) })), changes: [] };
    }
    // One of them is at fault, or a full disk takes the small ones still: each by itself, in the same order.
    const parts = asks.map((ask) => commit([ask]));
    return { answers: parts.flatMap(({ answers }) => answers), changes: parts.flatMap((part) => part.changes) };
  }

  return (asks) => {
    const committed = commit(asks);
    if (committed.changes.some(({ kind }) => kind === 'deleted')) emptyLog(database);
    return committed;
  };
}

/** What was deleted is overwritten in the database's file, and stands in its write-ahead log until that is emptied. */
function emptyLog(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The deletion is on disk all the same; the log is written over when it begins anew, and removed by close().
  }
}

/**
 * An operation refuses before it writes its first row, so what is refused leaves nothing in the transaction but the number
 * that it used up; what throws takes it back as a whole.
 */
function perform(operations: Operations, { method, args, use }: Ask): Result<unknown, StoreFault> {
  const used = use === null ? null : operations.useNonce(use);
  if (used?.ok === false) return used;
  // The arguments are those of the method of this name: `createSqliteStore` is the only one that asks.
  const operation = operations[method] as (...args: readonly unknown[]) => Result<unknown, StoreFault>;
  return operation(...args);
}
