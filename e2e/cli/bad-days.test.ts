import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestHome,
  createThunderbirdProfile,
  endymail,
  endymailDone,
  requirePrograms,
  startKeyring,
  type EndymailRun,
  type Keyring,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';

let home: TestHome;
let profile: TestProfile;
let passphrase: readonly string[];
let wrong: readonly string[];

beforeAll(() => {
  requirePrograms('thunderbird', 'certutil', 'dbus-daemon', 'gnome-keyring-daemon');
  home = createTestHome('bad-days');
  profile = createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  passphrase = ['--passphrase-file', secretFile('right', 'four random words here\n')];
  wrong = ['--passphrase-file', secretFile('wrong', 'four other words here\n')];
});
afterAll(() => home.dispose());

function secretFile(name: string, content: string): string {
  const path = join(home.scratchFolder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<EndymailRun> =>
  endymail([...args, '--json'], { home, env });
const setAsideOf = (restored: EndymailRun): string =>
  v.parse(v.object({ setAsideAs: v.string() }), restored.json()).setAsideAs;
const prefsFile = (): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');
const freshFolder = (): string => mkdtempSync(join(home.scratchFolder, 'data-'));

test('[SEC-4] without a keychain nothing is done, and both ways on are named', async () => {
  const before = prefsFile();
  const refused = await run(['enable', ALICE, '--yes']);
  expect(refused.code).toBe(4);
  expect(refused.json()).toMatchObject({ error: { code: 'keychain-missing', retry: true } });
  expect(refused.stdout).toMatch(/gnome-keyring.*--keychain file/);
  expect(prefsFile()).toBe(before);
  expect(existsSync(join(home.endymailFolder, 'home.json'))).toBe(false);
  // Looking around needs none.
  expect((await run(['mailboxes'])).code).toBe(0);
});

test('a file under a passphrase, chosen once, serves from then on', async () => {
  const enabled = await run(['enable', ALICE, '--yes', '--keychain', 'file', ...passphrase]);
  expect(enabled.code).toBe(0);
  expect(enabled.json()).toMatchObject({ mailboxes: [{ address: ALICE, state: 'ready' }], waiting: [] });

  const codes = async (...args: string[]): Promise<unknown> => {
    const answer = await run(args);
    const value = answer.json();
    return [answer.code, typeof value === 'object' && value !== null && 'error' in value ? value.error : null];
  };
  expect(await codes('check', ALICE, ...passphrase)).toEqual([0, null]);
  expect(await codes('peers', ...wrong)).toMatchObject([4, { code: 'passphrase-wrong' }]);
  expect(await codes('peers')).toMatchObject([2, { code: 'passphrase-needed' }]);
  expect(await codes('peers', '--keychain', 'os')).toMatchObject([4, { code: 'keychain-other' }]);
});

test('a backup comes back on a computer where everything is gone, and never over what is there', async () => {
  const out = join(home.scratchFolder, 'backup');
  expect((await run(['backup', '--out', out, ...passphrase])).json()).toEqual({ file: out });
  const restored = ['restore', out, '--keychain', 'file', ...passphrase];

  const occupied = await run(restored);
  expect([occupied.code, occupied.json()]).toMatchObject([3, { error: { code: 'home-in-use' } }]);
  const falsePass = await run(['restore', out, '--home', freshFolder(), ...wrong]);
  expect([falsePass.code, falsePass.json()]).toMatchObject([4, { error: { code: 'passphrase-wrong' } }]);
  const noBackup = await run(['restore', profile.folder, '--home', freshFolder(), ...passphrase]);
  expect([noBackup.code, noBackup.json()]).toMatchObject([1, { error: { code: 'file-unreadable' } }]);

  const aside = await run([...restored, '--set-aside']);
  expect(aside.code).toBe(0);
  expect(readdirSync(setAsideOf(aside))).toContain('state.sealed');
  const shared = await run(['share', ALICE, ...passphrase]);
  expect(shared.json()).toMatchObject({ address: ALICE, file: null });
  expect((await run(['check', ALICE, ...passphrase])).code).toBe(0);
});

test('[SEC-3] with the keychain emptied the old data is set aside when the person says so, and only then', async () => {
  const folder = freshFolder();
  let keyring: Keyring = await startKeyring({ home: home.folder });
  home.onDispose(() => keyring.stop());
  const at = (...args: string[]) => run([...args, '--home', folder], { ...keyring.env });
  await endymailDone(['settings', '--auto-disable', 'off', '--home', folder], { home, env: keyring.env });
  const sealed = readFileSync(join(folder, 'state.sealed'));

  await keyring.stop();
  rmSync(join(home.folder, '.local', 'share', 'keyrings'), { recursive: true });
  keyring = await startKeyring({ home: home.folder });
  const gone = await at('settings');
  expect([gone.code, gone.json()]).toMatchObject([4, { error: { code: 'keychain-key-gone' } }]);
  expect(gone.stdout).toContain('endymail restore --start-over');
  const unasked = await at('restore', '--start-over');
  expect([unasked.code, unasked.json()]).toMatchObject([3, { error: { code: 'confirm-needed' } }]);
  expect(readFileSync(join(folder, 'state.sealed'))).toEqual(sealed);

  const over = await at('restore', '--start-over', '--yes');
  expect(over.code).toBe(0);
  expect(readFileSync(join(setAsideOf(over), 'state.sealed'))).toEqual(sealed);
  expect((await at('settings')).json()).toEqual({ autoDisable: true, folders: [] });
});
