import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Failure, Result } from '@endymail/shared/result';
import { layoutOf, type HomeLayout } from './layout.ts';
import { lockHome, type HomeLock } from './lock.ts';

let layout: HomeLayout = layoutOf('');
const holders: ChildProcess[] = [];
beforeEach(() => {
  layout = layoutOf(mkdtempSync(join(tmpdir(), 'endymail-lock-')));
});
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  rmSync(layout.folder, { recursive: true, force: true });
});

const SINCE = new Date('2026-11-25T08:15:00.000Z');
const lock = (waitMs = 0, command = 'endymail check'): Promise<Result<HomeLock, Failure>> =>
  lockHome({ layout, command, now: () => SINCE, waitMs });

async function locked(waitMs?: number): Promise<HomeLock> {
  const result = await lock(waitMs);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

/** Another process that takes the lock, says so, and keeps it. */
async function startHolder(): Promise<{ child: ChildProcess; errors: () => string }> {
  const module = fileURLToPath(new URL('lock.ts', import.meta.url));
  const layoutModule = fileURLToPath(new URL('layout.ts', import.meta.url));
  const program = `
    const { lockHome } = await import(${JSON.stringify(module)});
    const { layoutOf } = await import(${JSON.stringify(layoutModule)});
    const layout = layoutOf(${JSON.stringify(layout.folder)});
    const now = () => new Date('${SINCE.toISOString()}');
    const lock = await lockHome({ layout, command: 'endymail enable', now, waitMs: 0 });
    process.stdout.write(JSON.stringify(lock.ok));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  holders.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  expect(answer.toString()).toBe('true');
  return { child, errors: () => errors };
}

test('[SEC-32] while another process has the home, the second waits as long as it was told and says who it is', async () => {
  const { child, errors } = await startHolder();
  const begin = performance.now();
  const busy = await lock(300);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(300);
  expect(codeOf(busy)).toBe('home-busy');
  const message = busy.ok ? '' : busy.error.message;
  for (const part of ['endymail enable', String(child.pid), SINCE.toISOString()]) expect(message).toContain(part);
  // node:sqlite was experimental in earlier versions of Node and said so.
  expect(errors()).toBe('');
});

test('[SEC-32] the lock of a killed process is free at once', async () => {
  const { child } = await startHolder();
  expect(codeOf(await lock())).toBe('home-busy');
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await locked()).release();
});

test('[SEC-32] of many that ask at once, one gets it', async () => {
  const results = await Promise.all(Array.from({ length: 10 }, () => lock()));
  const got = results.filter((result) => result.ok);
  expect(got).toHaveLength(1);
  expect(results.filter((result) => codeOf(result) === 'home-busy')).toHaveLength(9);
  // Nor do those that went away empty take it from the one that has it.
  const other = spawnTry();
  expect(await other).toBe('home-busy');
  got[0]?.value.release();
  expect(await spawnTry()).toBe(null);
});

/** One try of another process: the code of its failure. */
async function spawnTry(): Promise<unknown> {
  const module = fileURLToPath(new URL('lock.ts', import.meta.url));
  const program = `
    const { lockHome } = await import(${JSON.stringify(module)});
    const layout = ${JSON.stringify(layout)};
    const lock = await lockHome({ layout, command: 'endymail', now: () => new Date(), waitMs: 0 });
    process.stdout.write(JSON.stringify(lock.ok ? null : lock.error.code));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(child);
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  return JSON.parse(answer.toString());
}

test('who waits gets it as soon as it is released, and does not stop the program meanwhile', async () => {
  const first = await locked();
  let ticks = 0;
  const clock = setInterval(() => (ticks += 1), 5);
  const second = locked(10_000);
  setTimeout(first.release, 250);
  (await second).release();
  clearInterval(clock);
  expect(ticks).toBeGreaterThan(10);
});

test('who waits while the home is removed gets the lock of the new one, not of the removed', async () => {
  const first = await locked();
  const second = locked(10_000);
  setTimeout(first.releaseAndRemove, 150);
  const holder = await second;
  expect(existsSync(layout.lock)).toBe(true);
  expect(await spawnTry()).toBe('home-busy');
  holder.release();
});

test('[SEC-7] the files of the lock are for their owner alone; the holder is forgotten with the lock', async () => {
  const held = await locked();
  for (const path of [layout.lock, layout.holder]) expect(statSync(path).mode & 0o777).toBe(0o600);
  const holder: unknown = JSON.parse(readFileSync(layout.holder, 'utf8'));
  expect(holder).toEqual({ pid: process.pid, command: 'endymail check', since: SINCE.toISOString() });
  held.release();
  expect(existsSync(layout.holder)).toBe(false);
});

test.each([
  '',
  'null',
  '{"pid":"1"}',
  '{',
  ' '.repeat(5_000),
  `{"pid":1,"command":"${'x'.repeat(300)}","since":"now"}`,
])('[SEC-30] a holder that can not be read (%j) is not named', async (text) => {
  const held = await locked();
  writeFileSync(layout.holder, text);
  const busy = await lock();
  expect(busy.ok ? '' : busy.error.message).toBe('Another Endymail is at work on this data.');
  held.release();
});

test('a lock file that is something else is refused', async () => {
  writeFileSync(layout.lock, 'this is somebody’s text, and no lock of ours. '.repeat(100));
  expect(codeOf(await lock())).toBe('home-damaged');
});

test('a folder that can not be made is named', async () => {
  writeFileSync(join(layout.folder, 'file'), '');
  const inFile = layoutOf(join(layout.folder, 'file', 'home'));
  const refused = await lockHome({ layout: inFile, command: 'endymail', now: () => SINCE, waitMs: 0 });
  expect(codeOf(refused)).toBe('home-unwritable');
});
