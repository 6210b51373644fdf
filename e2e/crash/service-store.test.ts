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

const ROUNDS = 12;
const APPENDS_MAX = 400;
const PROGRAM = fileURLToPath(new URL('append-until-killed.ts', import.meta.url));

/** A kill leaves what the operating system holds: it proves the order of things, not the loss of power. */
let folder = '';
const account = randomBytes(64).toString('hex');
const sequences = [0, 1, 2, 3].map(() => randomBytes(16).toString('hex'));
const firstHash = '00'.repeat(32);

const file = (): string => join(folder, 'mesh.db');

async function opened(): Promise<Store> {
  const store = await openSqliteStore(file());
  if (!store.ok) throw new Error(store.error);
  return store.value;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-killed-'));
  const store = await opened();
  await store.createAccount({
    account,
    name: null,
    link: Buffer.from('link'),
    linkHash: firstHash,
    bundle: Buffer.from('bundle'),
    sequences: new Map(sequences.map((sequence) => [sequence, firstHash])),
    nowSeconds: 1,
  });
  await store.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

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
      let hash = firstHash;
      let count = 0;
      for (;;) {
        const range = await store.read(account, sequence, count, 1_000_000);
        if (!range.ok) throw new Error(range.error);
        for (const bytes of range.value.items) {
          expect(Buffer.compare(bytes, entryOf(sequence, count))).toBe(0);
          hash = createHash('sha256').update(hash).update(bytes).digest('hex');
          count += 1;
        }
        if (range.value.items.length > 0) continue;
        expect(range.value.head).toEqual({ count, hash });
        break;
      }
      expect(count).toBeGreaterThanOrEqual(acknowledged.get(sequence) ?? counts.get(sequence) ?? 0);
      counts.set(sequence, count);
    }
    await store.close();
  }
  expect(Math.max(...counts.values())).toBeGreaterThan(ROUNDS);
});
