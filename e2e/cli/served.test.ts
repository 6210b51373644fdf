import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestHome,
  createThunderbirdProfile,
  endProgram,
  endymail,
  endymailDone,
  requirePrograms,
  startProgram,
  startThunderbird,
  until,
  type EndymailRun,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';
import { hasEnded } from '../harness/child.ts';

const ALICE = 'alice@example.test';

let home: TestHome;
let profile: TestProfile;
let keychain: readonly string[];

beforeEach(() => {
  requirePrograms('thunderbird', 'certutil');
  home = createTestHome('served');
  profile = createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  const passphraseFile = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
});
afterEach(() => home.dispose());

const SOURCE = `
  import { homedir } from 'node:os';
  import { serveAgent } from ${JSON.stringify(import.meta.resolve('@endymail/main/agent'))};
  const { platform, env } = process;
  const system = { platform, homeDir: homedir(), env, now: () => new Date() };
  const serving = await serveAgent({ home: process.argv[1], system, command: 'endymail window' });
  console.log(serving.ok ? 'serving' : serving.error.code);
  if (serving.ok) await serving.value.closed;
`;

let started = 0;

/** Another process that serves this home, or tells why not; `said` is what it has printed. */
async function serve(): Promise<{ child: ChildProcess; said: string }> {
  started += 1;
  const logFile = join(home.scratchFolder, `serving-${started}.log`);
  const args = ['--input-type=module', '--eval', SOURCE, home.endymailFolder];
  const child = startProgram(process.execPath, args, { env: home.env, logFile });
  home.onDispose(() => endProgram(child));
  const said = await until('a process to serve, or not', () => readFileSync(logFile, 'utf8').trim() || hasEnded(child));
  return { child, said: String(said) };
}

const run = (...args: string[]): Promise<EndymailRun> => endymail([...args, '--json', ...keychain], { home });
const done = (...args: string[]): Promise<EndymailRun> => endymailDone([...args, '--json', ...keychain], { home });
const prefs = (): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');
const isSetUp = (): boolean => prefs().includes('mail.e2ee.auto_enable');

test('commands at the same time are answered one after another, as without a serving process', async () => {
  await serve();
  const [enabled, listed, peers] = await Promise.all([run('enable', ALICE, '--yes'), run('mailboxes'), run('peers')]);
  expect([enabled.code, listed.code, peers.code]).toEqual([0, 0, 0]);
  expect(enabled.json()).toMatchObject({ mailboxes: [{ address: ALICE, state: 'ready' }], waiting: [] });
  expect(isSetUp()).toBe(true);
  expect((await done('mailboxes')).json()).toMatchObject({ rows: [{ address: ALICE, state: 'ready' }] });
  expect((await run('restore', join(profile.folder, 'prefs.js'))).json()).toMatchObject({
    error: { code: 'backup-invalid' },
  });
});

test('what waits for Thunderbird is done when that is closed: by itself, and for a command that waits', async () => {
  await serve();
  const thunderbird = await startThunderbird(profile);
  home.onDispose(async () => thunderbird[Symbol.asyncDispose]());
  const left = await run('enable', ALICE, '--yes');
  expect(left.json()).toMatchObject({ mailboxes: [{ state: 'waiting' }] });
  const waiting = run('enable', ALICE, '--yes', '--wait');
  expect(isSetUp()).toBe(false);
  await thunderbird.quit();
  expect((await waiting).json()).toMatchObject({ mailboxes: [{ address: ALICE, state: 'ready' }], waiting: [] });
  expect(isSetUp()).toBe(true);

  const again = await startThunderbird(profile);
  home.onDispose(async () => again[Symbol.asyncDispose]());
  expect((await run('disable', ALICE, '--yes')).json()).toMatchObject({ waiting: [{}] });
  await again.quit();
  // Nobody asks for it any more.
  await until('what was left to be taken back', () => !isSetUp());
  // Asked behind the work, this waits for its end: the settings are not the last of it.
  await done('mailboxes');
});

test('a serving process that is killed is followed by the next one, and what was begun is finished', async () => {
  const { child } = await serve();
  const enabling = run('enable', ALICE, '--yes');
  const journals = join(home.endymailFolder, 'clients');
  await until('the first line of the journal', () => existsSync(journals));
  child.kill('SIGKILL');
  const cut = await enabling;
  expect(cut.code).toBe(1);
  expect(cut.json()).toMatchObject({ error: { code: 'agent-gone', retry: true } });

  expect((await serve()).said).toBe('serving');
  await done('enable', ALICE, '--yes');
  expect((await done('check', ALICE)).code).toBe(0);
  expect((await done('mailboxes')).json()).toMatchObject({ rows: [{ address: ALICE, state: 'ready' }] });
});

test('[SEC-32] of several that begin at once one serves', async () => {
  const all = await Promise.all([serve(), serve(), serve()]);
  expect(all.map(({ said }) => said).toSorted()).toEqual(['home-busy', 'home-busy', 'serving']);
  expect((await run('peers')).json()).toEqual({ people: [] });
});

test('after remove nothing is left, a mailbox can be enabled again, and a folder taken away ends it', async () => {
  const { child } = await serve();
  await done('enable', ALICE, '--yes');
  await done('remove', '--without-backup', '--yes');
  expect(isSetUp()).toBe(false);
  expect(existsSync(join(home.endymailFolder, 'state.sealed'))).toBe(false);
  await done('enable', ALICE, '--yes');
  expect(isSetUp()).toBe(true);

  rmSync(home.endymailFolder, { recursive: true });
  if (!hasEnded(child)) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(existsSync(home.endymailFolder)).toBe(false);
  expect((await done('mailboxes')).json()).toMatchObject({ rows: [{ address: ALICE }] });
});
