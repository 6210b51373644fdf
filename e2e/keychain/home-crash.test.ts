import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { openHome, type Home } from '@endymail/main/agent/home';
import { createSharedKeychain } from './shared-keychain.ts';

const PASSPHRASE = 'four random words here';
const now = (): Date => new Date('2026-11-25T08:15:00.000Z');

let root = '';
let folder = '';
let keys = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-crash-'));
  folder = join(root, 'home');
  keys = join(root, 'keys');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, maxRetries: 10 });
});

/** Another process with the home's modules at hand. */
function startChild(program: string) {
  const moduleOf = (name: string): string => JSON.stringify(import.meta.resolve(name));
  const source = `
    import { openHome, restoreHome } from ${moduleOf('@endymail/main/agent/home')};
    import { createSharedKeychain } from ${moduleOf('./shared-keychain.ts')};
    import { Redacted } from ${moduleOf('@endymail/shared/result')};
    import { readFileSync } from 'node:fs';
    const folder = ${JSON.stringify(folder)};
    const keychain = createSharedKeychain(${JSON.stringify(keys)});
    const now = () => new Date('${now().toISOString()}');
    ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

const open = (): Promise<Result<Home, Failure>> =>
  openHome({ folder, keychain: createSharedKeychain(keys), command: 'endymail test', now, waitForLockMs: 0 });

async function opened(): Promise<Home> {
  const home = await open();
  if (!home.ok) throw new Error(`${home.error.code}: ${home.error.message}`);
  return home.value;
}

test('[SEC-6] killed while it remembers: the last change that was reported is there, and nothing half done', async () => {
  for (let round = 0; round < 6; round += 1) {
    const child = startChild(`
      const home = (await openHome({ folder, keychain, command: 'child', now, waitForLockMs: 0 })).value;
      for (let count = 1; ; count += 1) {
        const profile = { id: '0123456789abcdef', path: String(count) + 'x'.repeat(20_000), automatic: 'accepted' };
        await home.update((state) => ({ ...state, profiles: [profile] }));
        process.stdout.write(count + '\\n');
      }`);
    let reported = '';
    child.stdout.on('data', (chunk: Buffer) => (reported += chunk.toString()));
    await once(child.stdout, 'data');
    setTimeout(() => child.kill('SIGKILL'), 3 * round);
    await once(child, 'close');

    const last = Number(reported.trimEnd().split('\n').at(-1));
    const home = await opened();
    expect(Number.parseInt(home.state.profiles[0]?.path ?? '', 10)).toBeGreaterThanOrEqual(last);
    home.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
});

test('[SEC-6] killed at any step of restoring: the old data is there, whole, and never taken for a new home', async () => {
  const first = await opened();
  await first.update((state) => ({ ...state, settings: { autoDisable: false } }));
  writeFileSync(join(first.clientsFolder, '0123456789abcdef.jsonl'), '{}\n');
  const backup = await first.backup(new Redacted(PASSPHRASE));
  first.close();
  if (!backup.ok) throw new Error(backup.error.message);
  writeFileSync(join(root, 'backup'), backup.value);
  const sealed = readFileSync(join(folder, 'state.sealed'));
  cpSync(folder, join(root, 'pristine'), { recursive: true });

  const outcomes: string[] = [];
  for (let step = 1; await killedRestoring(step); step += 1) {
    const places = readdirSync(root).filter((name) => name.startsWith('home'));
    const kept = places.map((name) => join(root, name, 'state.sealed')).filter((path) => existsSync(path));
    expect(kept.some((path) => readFileSync(path).equals(sealed))).toBe(true);

    const home = await open();
    outcomes.push(home.ok ? 'opens' : home.error.code);
    if (home.ok) {
      expect(home.value.state.settings.autoDisable).toBe(false);
      home.value.close();
    }
    for (const name of places) rmSync(join(root, name), { recursive: true });
    cpSync(join(root, 'pristine'), folder, { recursive: true });
  }
  expect(outcomes.length).toBeGreaterThan(8);
  expect(outcomes).toContain('home-damaged');
  const restored = await opened();
  expect(restored.state.settings.autoDisable).toBe(false);
  restored.close();
}, 120_000);

/** Restores in another process that is killed before its `step`th change of the disk; false when it was done before. */
async function killedRestoring(step: number): Promise<boolean> {
  const child = startChild(`
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    let left = ${step};
    const armed = (change) => (...args) => {
      if (args[1] === 'r') return change(...args);
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return change(...args);
    };
    for (const name of ['open', 'rename', 'mkdir', 'rm', 'cp']) fs[name] = armed(fs[name]);
    syncBuiltinESMExports();
    const file = readFileSync(${JSON.stringify(join(root, 'backup'))});
    const passphrase = new Redacted(${JSON.stringify(PASSPHRASE)});
    const restored = await restoreHome({ folder, keychain, file, passphrase, setAside: true, now, waitForLockMs: 0 });
    process.exit(restored.ok ? 0 : 1);`);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === null) expect(code).toBe(0);
  return signal === 'SIGKILL';
}
