import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '@endymail/shared/result';
import type { NonceUse, Store, StoreChange, StoreFault } from '../store.ts';
import type { Answer, Committed } from './group-commit.ts';
import type { Method } from './operations.ts';
import type { OpenFault } from './schema.ts';
import type { ToWorker } from './store-worker.ts';

/**
 * Where the worker's program is: beside this one, with its suffix. A bundle has `store-worker.ts` as an entry of this
 * name, in the folder of the file that this module comes to be in.
 */
const WORKER = new URL(`./store-worker${extname(import.meta.url)}`, import.meta.url);

/** What the worker tells: how opening went, first of all; then what each commit made durable. */
type FromWorker = (Committed & { readonly durationMs: number }) | { readonly opened: OpenFault | null };

/** One commit: how many calls were in it, and how long it took until it was on disk. */
export interface CommitRecord {
  readonly calls: number;
  readonly durationMs: number;
}

/**
 * Opens a store in an SQLite file, or makes one. Errors (the file is as it was): `newer`, `foreign`, `damaged`,
 * `unwritable`. `onCommit` is told of each commit.
 */
export async function openSqliteStore(
  path: string,
  onCommit: (commit: CommitRecord) => void = () => undefined,
): Promise<Result<Store, OpenFault>> {
  const worker = new Worker(WORKER, { workerData: path });
  const fault = await new Promise<OpenFault | null>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: FromWorker) => {
      if ('opened' in message) resolve(message.opened);
    });
  });
  if (fault !== null) {
    await worker.terminate();
    return err(fault);
  }
  return ok(storeOf(worker, onCommit));
}

function storeOf(worker: Worker, onCommit: (commit: CommitRecord) => void): Store {
  const waiting = new Map<number, (result: Answer['result']) => void>();
  const listeners = new Set<(change: StoreChange) => void>();
  const ended = Promise.withResolvers<undefined>();
  let lastId = 0;
  let isOpen = true;

  worker.on('message', (message: FromWorker) => {
    if ('opened' in message) return;
    onCommit({ calls: message.answers.length, durationMs: message.durationMs });
    for (const { id, result } of message.answers) {
      waiting.get(id)?.(result);
      waiting.delete(id);
    }
    for (const change of message.changes) for (const listener of listeners) listener(change);
  });
  // A mistake of ours in the worker: what was asked is not on disk, and nothing more can be.
  worker.on('error', end);
  worker.on('exit', end);

  function end(): void {
    isOpen = false;
    for (const answer of waiting.values()) answer(err('failed'));
    waiting.clear();
    ended.resolve(undefined);
  }

  function tell(message: ToWorker): void {
    worker.postMessage(message);
  }

  function asking<Name extends Method>(method: Name, use: NonceUse | null = null): Store[Name] {
    const ask = (...args: readonly unknown[]): Promise<Result<unknown, StoreFault>> => {
      if (!isOpen) return Promise.resolve(err('failed'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        tell({ id, method, args, use });
      });
    };
    // What goes over is answered by the operation of the same name and type.
    return ask as Store[Name];
  }

  return {
    createAccount: asking('createAccount'),
    accountOf: asking('accountOf'),
    statusOf: asking('statusOf'),
    appendLink: asking('appendLink'),
    readLinks: asking('readLinks'),
    readBundles: asking('readBundles'),
    append: asking('append'),
    read: asking('read'),
    heads: asking('heads'),
    putRequest: asking('putRequest'),
    requests: asking('requests'),
    requestOf: asking('requestOf'),
    putStep: asking('putStep'),
    useNonce: asking('useNonce'),
    totals: asking('totals'),
    waiting: () => waiting.size,
    deleteAccount: asking('deleteAccount'),
    signed: (use) => ({
      appendLink: asking('appendLink', use),
      append: asking('append', use),
      putStep: asking('putStep', use),
      deleteAccount: asking('deleteAccount', use),
    }),
    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      if (isOpen) tell('close');
      isOpen = false;
      return ended.promise;
    },
  };
}
