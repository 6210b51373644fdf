import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHome, restoreHome, startOver, type Home } from '@endymail/main/agent/home';
import { createFileKeychain, createOsKeychain, type Keychain } from '@endymail/main/agent/keychain';
import { Redacted, ok, type Failure, type Result } from '@endymail/shared/result';
import { startKeyring, type Keyring } from '../harness/keyring.ts';
import { requirePrograms } from '../harness/programs.ts';
import { createTestHome, type TestHome } from '../harness/test-home.ts';

const BACKUP_PASSPHRASE = new Redacted('four random words here');
const now = (): Date => new Date();

let home: TestHome;
let keyring: Keyring;
beforeAll(() => {
  requirePrograms('dbus-daemon', 'gnome-keyring-daemon');
});
beforeEach(async () => {
  home = createTestHome('home');
  keyring = await startKeyring({ home: home.folder });
});
afterEach(async () => {
  await keyring.stop();
  await home.dispose();
});

const osKeychain = (): Keychain => createOsKeychain({ env: keyring.env });
const fileKeychain = (): Keychain =>
  createFileKeychain({
    folder: home.endymailFolder,
    passphrase: () => Promise.resolve(ok(new Redacted('other words, for the file'))),
  });
const open = (keychain: Keychain = osKeychain()): Promise<Result<Home, Failure>> =>
  openHome({ folder: home.endymailFolder, keychain, command: 'endymail test', now, waitForLockMs: 0 });

function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message} ${result.error.detail ?? ''}`);
  return result.value;
}
const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

/** A home that remembers something: encryption is not turned off by itself. */
async function madeHome(keychain: Keychain = osKeychain()): Promise<string> {
  const made = valueOf(await open(keychain));
  valueOf(await made.update((state) => ({ ...state, settings: { autoDisable: false } })));
  made.close();
  return made.id;
}

const sealed = (): Buffer => readFileSync(join(home.endymailFolder, 'state.sealed'));

/** A new system on the same disk, or a person who cleaned up: the keyring begins anew. */
async function emptyKeyring(): Promise<void> {
  await keyring.stop();
  rmSync(join(home.folder, '.local', 'share', 'keyrings'), { recursive: true });
  keyring = await startKeyring({ home: home.folder });
}

test('a home lives across sessions, with its key in the keychain', async () => {
  const id = await madeHome();
  await keyring.stop();
  keyring = await startKeyring({ home: home.folder });
  const again = valueOf(await open());
  expect(again.id).toBe(id);
  expect(again.state.settings.autoDisable).toBe(false);
  again.close();
});

test('[SEC-3] with an emptied keychain the data stays as it is; the ways on are a backup and a new start', async () => {
  await madeHome();
  const first = valueOf(await open());
  const backup = valueOf(await first.backup(BACKUP_PASSPHRASE));
  first.close();
  const before = sealed();

  await emptyKeyring();
  expect(codeOf(await open())).toBe('keychain-key-gone');
  expect(sealed()).toEqual(before);
  expect(await keyring.labels()).toEqual([]);

  const { setAsideAs } = valueOf(await startOver({ folder: home.endymailFolder, now }));
  expect(readFileSync(join(setAsideAs, 'state.sealed'))).toEqual(before);
  const fresh = valueOf(await open());
  expect(fresh.state.settings.autoDisable).toBe(true);
  fresh.close();

  valueOf(
    await restoreHome({
      folder: home.endymailFolder,
      keychain: osKeychain(),
      file: backup,
      passphrase: BACKUP_PASSPHRASE,
      setAside: true,
      now,
    }),
  );
  const restored = valueOf(await open());
  expect(restored.state.settings.autoDisable).toBe(false);
  expect(await keyring.labels()).toContain(`Endymail/${restored.id}`);
  restored.close();
});

test('[SEC-3] with a locked keychain the data stays as it is, and opens when it is unlocked', async () => {
  await madeHome();
  const before = sealed();
  await keyring.lock();
  expect(codeOf(await open())).toBe('keychain-locked');
  expect(sealed()).toEqual(before);
  await keyring.stop();
  keyring = await startKeyring({ home: home.folder });
  valueOf(await open()).close();
});

test('[SEC-4] without a keychain there is no home, and no file in its place unless the person says so', async () => {
  const keychain = createOsKeychain({ env: home.env });
  expect(codeOf(await open(keychain))).toBe('keychain-missing');
  expect(readdirSync(home.endymailFolder)).toEqual(['lock.db']);
  const id = await madeHome(fileKeychain());
  expect(await keyring.labels()).toEqual([]);
  expect(readdirSync(home.endymailFolder)).toContain(`wrapping-key-${id}.sealed`);
  expect(codeOf(await open())).toBe('keychain-other');
});

test.each([
  ['the keychain', osKeychain],
  ['a file', fileKeychain],
])('destroying a home whose key is in %s leaves nothing', async (_, keychain) => {
  await madeHome(keychain());
  const doomed = valueOf(await open(keychain()));
  valueOf(await doomed.destroy());
  expect(existsSync(home.endymailFolder)).toBe(false);
  expect(await keyring.labels()).toEqual([]);
});
