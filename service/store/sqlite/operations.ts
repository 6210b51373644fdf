import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@endymail/shared/result';
import type { Store, StoreChange, StoreFault, StoredHead } from '../store.ts';
import { createAccountOperations } from './account-operations.ts';
import { createNonceOperations } from './nonce-operations.ts';
import { createRequestOperations } from './request-operations.ts';
import { createSequenceOperations } from './sequence-operations.ts';
import { numberIn, bytesIn } from './row.ts';
import { bytesOf, hexOf } from './hex.ts';

/** What goes through the worker: every method of a store but those about the store itself. */
export type Method = Exclude<keyof Store, 'signed' | 'waiting' | 'watch' | 'close'>;

type Answered<Name extends Method> = Awaited<ReturnType<Store[Name]>>;

/** The same methods on the database itself: they are done when they return, and durable when the worker has committed. */
export type Operations = { readonly [Name in Method]: (...args: Parameters<Store[Name]>) => Answered<Name> };

/** What an operation works with. */
export interface Ground {
  readonly database: DatabaseSync;
  /** The row of an account that is there. */
  readonly accountRow: (account: string) => Result<number, StoreFault>;
  /** The stream of a sequence; of the profile chain with null. */
  readonly streamOf: (account: number, sequence: string | null) => Stream | null;
  /** Told to those who watch once it is on disk. */
  readonly note: (change: StoreChange) => void;
}

export interface Stream {
  readonly id: number;
  readonly head: StoredHead;
}

/** What stands for the profile chain where a sequence has its id. */
const CHAIN = new Uint8Array(0);

export function createOperations(database: DatabaseSync, note: (change: StoreChange) => void): Operations {
  const selectAccount = database.prepare('SELECT id FROM accounts WHERE account = ? AND deleted = 0');
  const selectStream = database.prepare(
    "SELECT id, count, head FROM streams WHERE account = ? AND ifnull(sequence, x'') = ?",
  );
  const ground: Ground = {
    database,
    note,
    accountRow(account) {
      const row = selectAccount.get(bytesOf(account));
      return row === undefined ? err('unknown-account') : ok(numberIn(row, 'id'));
    },
    streamOf(account, sequence) {
      const row = selectStream.get(account, sequence === null ? CHAIN : bytesOf(sequence));
      if (row === undefined) return null;
      return { id: numberIn(row, 'id'), head: { count: numberIn(row, 'count'), hash: hexOf(bytesIn(row, 'head')) } };
    },
  };
  return {
    ...createAccountOperations(ground),
    ...createSequenceOperations(ground),
    ...createRequestOperations(ground),
    ...createNonceOperations(ground),
  };
}
