import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteStore } from '../../service/store/sqlite/sqlite-store.ts';
import type { Store } from '../../service/store/store.ts';
import { entryOf } from './store-entries.ts';

const ROUNDS = 16;
/** The write-ahead log is put into the database after some 330 of them: a kill comes before, in and after that. */
const APPENDS_MAX = 700;
const PROGRAM = fileURLToPath(new URL('append-until-killed.ts', import.meta.url));

/** A kill leaves what the operating system holds: it proves the order of things, not the loss of power. */
let folder = '';
const account = randomBytes(64).toString('hex');
/** Nobody writes to this one meanwhile. */
const neighbour = randomBytes(64).toString('hex');
const sequences = [0, 1, 2, 3].map(() => randomBytes(16).toString('hex'));
const firstHash = '00'.repeat(32);

const hashAfter = (hash: string, bytes: Uint8Array): string =>
  createHash('sha256').update(hash).update(bytes).digest('hex');

const file = (): string => join(folder, 'mesh.db');

async function opened(): Promise<Store> {
  const store = await openSqliteStore(file());
  if (!store.ok) throw new Error(store.error);
  return store.value;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-killed-'));
  const store = await opened();
  for (const one of [account, neighbour]) {
    await store.createAccount({
      account: one,
      name: null,
      link: Buffer.from('link'),
      linkHash: firstHash,
      bundle: Buffer.from('bundle'),
      sequences: new Map(sequences.map((sequence) => [sequence, firstHash])),
      nowSeconds: 1,
    });
  }
  const [sequence = ''] = sequences;
  let hash = firstHash;
  const entries = Array.from({ length: 20 }, (_, index) => {
    const bytes = entryOf(sequence, index);
    hash = hashAfter(hash, bytes);
    return { bytes, hash };
  });
  const room = { maxAccountBytes: 1_000_000, maxAccountEntries: 100 };
  const expected = { count: 0, hash: firstHash };
  expect((await store.append({ account: neighbour, sequence, expected, entries, ...room })).ok).toBe(true);
  await store.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Reads a sequence from its beginning: how long it is, which entries are not what was put there, whether its head fits. */
async function readWhole(store: Store, of: string, sequence: string) {
  let hash = firstHash;
  let count = 0;
  const broken: number[] = [];
  for (;;) {
    const range = await store.read(of, sequence, count, 1_000_000);
    if (!range.ok) throw new Error(range.error);
    const { head, items } = range.value;
    if (items.length === 0) return { count, broken, isChained: head.count === count && head.hash === hash };
    for (const bytes of items) {
      if (Buffer.compare(bytes, entryOf(sequence, count)) !== 0) broken.push(count);
      hash = hashAfter(hash, bytes);
      count += 1;
    }
  }
}

/** Kills the program after so many acknowledgements; answers with how far each sequence was acknowledged. */
function appendUntilKilled(after: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [PROGRAM, file(), account, ...sequences], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<string, number>();
  let rest = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [sequence = '', index = ''] = line.split(' ');
      acknowledged.set(sequence, Number(index) + 1);
      seen += 1;
    }
    if (seen >= after) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(acknowledged);
      else reject(new Error('it ended by itself'));
    });
  });
}

it('[SEC-70] loses no acknowledged append, and leaves no gap and no half entry, when it is killed at any moment', async () => {
  const counts = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const acknowledged = await appendUntilKilled(randomInt(1, APPENDS_MAX));
    const store = await opened();
    for (const sequence of sequences) {
      const { count, broken, isChained } = await readWhole(store, account, sequence);
      expect({ broken, isChained }).toEqual({ broken: [], isChained: true });
      expect(count).toBeGreaterThanOrEqual(acknowledged.get(sequence) ?? counts.get(sequence) ?? 0);
      counts.set(sequence, count);
    }
    expect(await readWhole(store, neighbour, sequences[0] ?? '')).toEqual({ count: 20, broken: [], isChained: true });
    await store.close();
  }
  expect(Math.max(...counts.values())).toBeGreaterThan(ROUNDS);
});
