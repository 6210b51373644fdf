import { parentPort, workerData } from 'node:worker_threads';
import { createGroupCommit, type Ask } from './group-commit.ts';
import { openDatabase } from './schema.ts';

/** The thread that owns the database: a sync of the disk keeps nobody else waiting. */

/** What the other thread tells. */
export type ToWorker = Ask | 'close';

if (parentPort === null || typeof workerData !== 'string') throw new Error('started as no worker');
const port = parentPort;
const opened = openDatabase(workerData);
port.postMessage({ opened: opened.ok ? null : opened.error });
if (opened.ok) {
  const database = opened.value;
  const commit = createGroupCommit(database);
  let asked: Ask[] = [];

  const work = (): void => {
    const asks = asked;
    asked = [];
    if (asks.length === 0) return;
    const startedMs = performance.now();
    const committed = commit(asks);
    port.postMessage({ ...committed, durationMs: performance.now() - startedMs });
  };

  port.on('message', (message: ToWorker) => {
    if (message === 'close') {
      work();
      database.close();
      port.close();
      return;
    }
    asked.push(message);
    // Behind every message that has come by then: they are one transaction.
    if (asked.length === 1) setImmediate(work);
  });
}
