import { MESH_API, MESH_WATCH } from '@endymail/shared/mesh-api';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Journal, RequestRecord } from '../http/journal.ts';
import type { Gauges } from '../start-service.ts';
import type { CommitRecord } from '../store/sqlite/sqlite-store.ts';

/** What is counted of a service: nothing that says whose it was, as in the journal. */
export interface Metrics {
  /** Counts what the journal is told. */
  readonly journal: Journal;
  readonly onCommit: (commit: CommitRecord) => void;
  readonly mediaType: string;
  /** Everything in the text format of Prometheus. `gauges`: how the service stands. */
  readonly text: (gauges: Gauges) => Promise<string>;
}

const REQUEST_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const COMMIT_BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** The name of a call by method and pattern of its path. */
const CALLS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(MESH_API).map(([name, { method, path }]) => [`${method} ${path}`, name] as const),
  [`${MESH_WATCH.method} ${MESH_WATCH.path}`, 'watch'],
]);
/** What stands for a call where there is none, and for the code where it went well. */
const NONE = 'none';

const callOf = ({ method, route }: RequestRecord): string => CALLS.get(`${method} ${route ?? ''}`) ?? NONE;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'endymail_mesh_requests_total',
    help: 'Requests that were answered, by call, status, and code of the problem.',
    labelNames: ['call', 'status', 'code'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'endymail_mesh_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer.',
    labelNames: ['call'] as const,
    buckets: REQUEST_BUCKETS_SECONDS,
    registers,
  });
  const mistakes = new Counter({
    name: 'endymail_mesh_mistakes_total',
    help: 'Mistakes of the service; the journal says where.',
    registers,
  });
  const commits = new Histogram({
    name: 'endymail_mesh_store_commit_duration_seconds',
    help: 'Commits of the store, until they are on disk.',
    buckets: COMMIT_BUCKETS_SECONDS,
    registers,
  });
  const calls = new Counter({
    name: 'endymail_mesh_store_calls_total',
    help: 'Calls that the store answered; several are one commit.',
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `endymail_mesh_${name}`, help, registers });
  const watches = gauge('watches', 'Connections on which devices listen.');
  const waiting = gauge('store_waiting', 'Calls that wait for the store.');
  const up = gauge('store_up', '1: the store answers.');
  const accounts = gauge('accounts', 'Accounts that are kept.');
  const bytes = gauge('account_bytes', 'Bytes of links, bundles and entries of all accounts.');
  const entries = gauge('entries', 'Entries of all accounts.');

  return {
    journal(record) {
      if (record.event === 'mistake') mistakes.inc();
      if (record.event !== 'request') return;
      const call = callOf(record);
      requests.inc({ call, status: record.status, code: record.code ?? NONE });
      durations.observe({ call }, record.durationMs / 1_000);
    },
    onCommit({ calls: count, durationMs }) {
      commits.observe(durationMs / 1_000);
      calls.inc(count);
    },
    mediaType: registry.contentType,
    text(now) {
      watches.set(now.watches);
      waiting.set(now.waiting);
      up.set(now.totals === null ? 0 : 1);
      if (now.totals !== null) {
        accounts.set(now.totals.accounts);
        bytes.set(now.totals.bytes);
        entries.set(now.totals.entries);
      }
      return registry.metrics();
    },
  };
}
