import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { firstSequenceHead, nextHead, type Head } from '@endymail/shared/identity';
import { MESH_API, signatureHeaders, targetOf } from '@endymail/shared/mesh-api';
import {
  accountIdBytes,
  encodeCbor,
  hash32Bytes,
  sequenceIdBytes,
  signStatement,
  type SequenceId,
} from '@endymail/shared/sealing';
import { figure, inTurns, NO_RESULTS, times, type Pair, type Results } from '../measure.ts';
import { newAccount, nowSeconds, type BenchAccount } from './account.ts';
import { loaded, type Sent } from './load.ts';
import { startServer } from './program.ts';

const RUNS = 5;

/** The sealed part of an entry with one person in it. */
const SEALED_BYTES = 1_100;

/**
 * At least a quarter of the rate of the bare server: at most four times as long. What of it the two signatures take, and
 * what the disk, the other comparisons say.
 */
const GOAL = 4;

/** How fast entries are appended, each one durable when it is answered: by one account, and by 64 at the same time. */
export async function benchAppends(): Promise<Results> {
  const results: Results[] = [];
  for (const [accounts, each] of [
    [1, 512],
    [64, 32],
  ] as const) {
    results.push(await appendsOf(accounts, each));
  }
  return {
    ...NO_RESULTS,
    results: results.flatMap((each) => each.results),
    figures: results.flatMap((each) => each.figures),
  };
}

async function appendsOf(accounts: number, each: number): Promise<Results> {
  await using mesh = await startServer('mesh');
  await using bare = await startServer('bare');
  await using checking = await startServer('checking');
  const writers: Writer[] = [];
  for (let index = 0; index < accounts; index += 1) {
    writers.push(writerOf(await newAccount(mesh.url, `account${String(index)}`)));
  }
  const write = (): Promise<readonly (readonly Sent[])[]> => Promise.all(writers.map((writer) => writer(each)));
  // What the others do not read can be the same every time.
  const same = await write();
  await loaded(mesh.url, same);
  const ours = async (): Promise<number> => loaded(mesh.url, await write());
  const against = (other: () => Promise<number>): Promise<readonly Pair<number>[]> => inTurns(RUNS, ours, other);
  const http = await against(() => loaded(bare.url, same));
  const checked = await against(() => loaded(checking.url, same));
  const sqlite = await against(() => Promise.resolve(inserted(same.flat())));
  const count = accounts * each;
  const name = `${String(count)} appends, ${accounts === 1 ? 'one account' : `${String(accounts)} accounts at once`}`;
  const toHttp = 'the same HTTP server answering ok';
  const rate = (pair: Pair<number>): Pair<number> => ({
    ours: Math.round((count * 1_000) / pair.ours),
    bare: Math.round((count * 1_000) / pair.bare),
  });
  return {
    ...NO_RESULTS,
    results: [
      times({ name, comparedTo: toHttp, goal: GOAL }, http),
      times({ name, comparedTo: 'that server verifying two signatures before it answers' }, checked),
      times({ name, comparedTo: 'an insert and a commit of SQLite for each, one after another' }, sqlite),
    ],
    figures: [figure({ name, comparedTo: toHttp, unit: 'per second' }, http.map(rate))],
  };
}

/** Makes so many requests, each with one entry behind the last one. */
type Writer = (count: number) => Promise<readonly Sent[]>;

/** Writes into one of the sequences of an account, from its beginning. */
export function writerOf({ service, account, key, made }: BenchAccount): Writer {
  const sequence = [...made.profile.sequences.keys()].at(-1);
  if (sequence === undefined) throw new Error('An account without sequences');
  const target = targetOf(MESH_API.appendEntries, { account, sequence });
  let head = firstSequenceHead(account, sequence);
  return async (count) => {
    const requests: Sent[] = [];
    for (let index = 0; index < count; index += 1) {
      const entry = await entryAt(account, sequence, key, head);
      const body = MESH_API.appendEntries.body.write({ expected: head, entries: [entry] });
      const parts = { method: 'POST', targetUri: `${service.url}${target}`, body };
      const nonce = new Uint8Array(randomBytes(16));
      const signing = { service: service.id, key, createdSeconds: nowSeconds(), nonce };
      const headers = { ...(await signatureHeaders(parts, signing)), 'content-type': 'application/cbor' };
      requests.push({ method: 'POST', target, headers, body });
      head = nextHead(head, entry);
    }
    return requests;
  };
}

/** An entry as a service sees it: signed, and sealed to everybody else. */
function entryAt(
  account: BenchAccount['account'],
  sequence: SequenceId,
  key: BenchAccount['key'],
  head: Head,
): Promise<Uint8Array> {
  return signStatement({
    type: 'entry',
    key,
    context: encodeCbor(['endymail/entry', 1, accountIdBytes(account), sequenceIdBytes(sequence)]),
    payload: encodeCbor([head.count, hash32Bytes(head.hash), new Uint8Array(randomBytes(SEALED_BYTES))]),
  });
}

/** Puts the bodies into a table, each with a commit that is on the disk. Returns milliseconds. */
function inserted(requests: readonly Sent[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-bench-sqlite-'));
  const database = new DatabaseSync(join(folder, 'bare.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entries (body BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO entries (body) VALUES (?)');
  const start = performance.now();
  for (const { body } of requests) insert.run(body);
  const took = performance.now() - start;
  database.close();
  rmSync(folder, { recursive: true });
  return took;
}
