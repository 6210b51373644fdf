import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createOsKeychain, type Keychain } from '@endymail/main/agent/keychain';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { runProgram } from '../harness/child.ts';
import { startDisplay } from '../harness/display.ts';
import {
  LOGIN_PASSWORD,
  startKeyring,
  startSessionBus,
  type Keyring,
  type KeyringOptions,
} from '../harness/keyring.ts';
import { requirePrograms } from '../harness/programs.ts';
import { createTestHome, type TestHome } from '../harness/test-home.ts';
import { until } from '../harness/until.ts';

/** Long enough for a keychain that answers, on a busy computer too. */
const ANSWER_MS = 8_000;
/** How long a test waits for one that does not. */
const NO_ANSWER_MS = 1_500;

let home: TestHome;
beforeAll(() => {
  requirePrograms('dbus-daemon', 'gnome-keyring-daemon');
});
beforeEach(() => {
  home = createTestHome('os-keychain');
});
afterEach(() => home.dispose());

const newKey = (): Redacted<Uint8Array> => new Redacted(Uint8Array.from(randomBytes(32)));
const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

async function startedKeyring(prompter: KeyringOptions['prompter'] = 'none'): Promise<Keyring> {
  const keyring = await startKeyring({ home: home.folder, prompter });
  home.onDispose(keyring.stop);
  return keyring;
}

/** The codes of all three calls for a home. */
async function codesOf(keychain: Keychain, homeId: string = randomUUID()): Promise<readonly (string | null)[]> {
  return [
    codeOf(await keychain.read(homeId)),
    codeOf(await keychain.write(homeId, newKey())),
    codeOf(await keychain.delete(homeId)),
  ];
}

/** What keytar itself finds for a service, account by account. */
async function storedBy(keyring: Keyring, service: string): Promise<unknown> {
  const program = `
    require(process.argv[1]).findCredentials(process.argv[2])
      .then((found) => process.stdout.write(JSON.stringify(found)));`;
  const keytar = createRequire(import.meta.url).resolve('keytar');
  const run = await runProgram(process.execPath, ['--eval', program, keytar, service], { env: keyring.env });
  const found: unknown = JSON.parse(run.stdout.toString());
  return found;
}

const ALL_MISSING = ['keychain-missing', 'keychain-missing', 'keychain-missing'];
const ALL_FAILED = ['keychain-failed', 'keychain-failed', 'keychain-failed'];
const ALL_LOCKED = ['keychain-locked', 'keychain-locked', 'keychain-locked'];

test('[SEC-2] the keychain holds 44 characters for a home, and nothing else', async () => {
  const keyring = await startedKeyring();
  const keychain = createOsKeychain({ env: keyring.env });
  const id = randomUUID();
  const key = newKey();
  await keychain.read(id);
  await keychain.write(id, key);
  await keychain.read(randomUUID());
  await keychain.delete(randomUUID());
  const password = Buffer.from(key.reveal()).toString('base64');
  expect(password).toHaveLength(44);
  expect(await storedBy(keyring, 'Endymail')).toEqual([{ account: id, password }]);
  expect(await keyring.labels()).toEqual([`Endymail/${id}`]);
  await keychain.delete(id);
  expect(await keyring.labels()).toEqual([]);
});

test('[SEC-1] [SEC-30] something else in the place of the key is refused and not shown', async () => {
  const keyring = await startedKeyring();
  const keychain = createOsKeychain({ env: keyring.env });
  const keytar = createRequire(import.meta.url).resolve('keytar');
  const program = `require(process.argv[1]).setPassword('Endymail', process.argv[2], process.argv[3])`;
  for (const other of ['somebody’s password', 'A'.repeat(44), `${'A'.repeat(43)}=`.repeat(100)]) {
    const id = randomUUID();
    await runProgram(process.execPath, ['--eval', program, keytar, id, other], { env: keyring.env });
    const read = await keychain.read(id);
    expect(codeOf(read)).toBe('keychain-failed');
    expect(JSON.stringify(read)).not.toContain(other.slice(0, 20));
  }
});

describe('a program of its own', () => {
  const asking = (env: Keyring['env'], ...program: readonly string[]): Keychain =>
    createOsKeychain({
      env,
      callTimeoutMs: ANSWER_MS,
      runner: { program: process.execPath, args: ['--eval', ...program] },
    });

  test('that can not be started, or ends without an answer, is said', async () => {
    const missing = createOsKeychain({ env: home.env, runner: { program: '/nonexistent/program', args: [] } });
    expect(await codesOf(missing)).toEqual(ALL_FAILED);
    expect(await codesOf(asking(home.env, ''))).toEqual(ALL_FAILED);
  });

  test('[SEC-30] takes nothing but a request, and says so', async () => {
    const keychain = import.meta.resolve('@endymail/main/agent/keychain');
    const serve = `import(${JSON.stringify(keychain)}).then(({ serveKeytar }) => serveKeytar());`;
    for (const input of ['', '{}\n', 'null\n', '{"operation":"list","service":"Endymail","account":"a"}\n']) {
      const run = await runProgram(process.execPath, ['--eval', serve], { env: home.env, input });
      expect(JSON.parse(run.stdout.toString())).toMatchObject({ kind: 'error' });
      expect(run.code).toBe(0);
    }
  });
});

describe('without a keychain', () => {
  test('no session bus: says that there is none', async () => {
    expect(await codesOf(createOsKeychain({ env: home.env, callTimeoutMs: ANSWER_MS }))).toEqual(ALL_MISSING);
  });

  test('a bus that is gone: says that there is none', async () => {
    const env = { ...home.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    expect(await codesOf(createOsKeychain({ env, callTimeoutMs: ANSWER_MS }))).toEqual(ALL_MISSING);
  });

  test('a bus without a Secret Service: says that there is none', async () => {
    const bus = await startSessionBus({ home: home.folder });
    home.onDispose(bus.stop);
    expect(await codesOf(createOsKeychain({ env: bus.env, callTimeoutMs: ANSWER_MS }))).toEqual(ALL_MISSING);
  });

  test('no libsecret: says that there is none', async () => {
    // The loader of the system finds an empty file where libsecret would be.
    const env = { ...home.env, LD_LIBRARY_PATH: home.scratchFolder };
    writeFileSync(join(home.scratchFolder, 'libsecret-1.so.0'), '');
    expect(await codesOf(createOsKeychain({ env, callTimeoutMs: ANSWER_MS }))).toEqual(ALL_MISSING);
  });
});

describe('a locked keychain', () => {
  test('[SEC-3] whose question is dismissed is locked, not empty', async () => {
    const keyring = await startedKeyring('none');
    const keychain = createOsKeychain({ env: keyring.env });
    const id = randomUUID();
    const key = newKey();
    await keychain.write(id, key);
    await keyring.lock();
    expect(await codesOf(keychain, id)).toEqual(ALL_LOCKED);
    // Nothing was lost by it: with the next session it is there.
    await keyring.stop();
    const next = createOsKeychain({ env: (await startedKeyring()).env });
    const back = await next.read(id);
    expect(back.ok && back.value?.reveal()).toEqual(key.reveal());
  });

  test('[SEC-3] whose question nobody answers is locked after the time-out', async () => {
    const keyring = await startedKeyring('silent');
    const id = randomUUID();
    await createOsKeychain({ env: keyring.env }).write(id, newKey());
    await keyring.lock();
    const impatient = createOsKeychain({ env: keyring.env, callTimeoutMs: NO_ANSWER_MS });
    expect(await codesOf(impatient, id)).toEqual(ALL_LOCKED);
  });

  test('does not keep a program from ending', async () => {
    const keyring = await startedKeyring('silent');
    await createOsKeychain({ env: keyring.env }).write(randomUUID(), newKey());
    await keyring.lock();
    const keychain = import.meta.resolve('@endymail/main/agent/keychain');
    const program = `
      const { createOsKeychain } = await import(${JSON.stringify(keychain)});
      const read = await createOsKeychain({ callTimeoutMs: ${NO_ANSWER_MS} }).read('${randomUUID()}');
      process.stdout.write(read.error.code);`;
    const run = await runProgram(process.execPath, ['--input-type=module', '--eval', program], {
      env: keyring.env,
      limitMs: NO_ANSWER_MS + ANSWER_MS,
    });
    expect(run.stdout.toString()).toBe('keychain-locked');
    expect(run.code).toBe(0);
  });

  test('opens when the person answers the question in time', async () => {
    const { display, keychain, id, key } = await lockedWithWindow();
    const read = keychain.read(id);
    const window = await display.findWindow(QUESTION);
    const env = { ...home.env, DISPLAY: display.name };
    await runProgram('xdotool', ['type', '--delay', '20', LOGIN_PASSWORD], { env });
    await display.pressKey(window, 'Return');
    const answer = await read;
    expect(answer.ok && answer.value?.reveal()).toEqual(key.reveal());
  });

  test('[SEC-3] whose question the person dismisses is locked, not empty', async () => {
    const { display, keychain, id } = await lockedWithWindow();
    const read = keychain.read(id);
    let answered = false;
    void read.then(() => {
      answered = true;
    });
    await until('an answer', async () => {
      const xdotool = ['search', '--onlyvisible', '--name', QUESTION, 'windowfocus', 'key', 'Escape'];
      if (!answered) await runProgram('xdotool', xdotool, { env: { ...home.env, DISPLAY: display.name } });
      return answered;
    });
    expect(codeOf(await read)).toBe('keychain-locked');
  });
});

/** The title of GNOME's window that asks for the password of the keyring. */
const QUESTION = 'Unlock Login Keyring';

/** A locked keychain that holds a key, and a display on which its question appears. */
async function lockedWithWindow() {
  requirePrograms('Xvfb', 'xdotool');
  const display = await startDisplay();
  home.onDispose(() => display.close());
  const keyring = await startedKeyring({ display: display.name });
  const keychain = createOsKeychain({ env: keyring.env });
  const id = randomUUID();
  const key = newKey();
  await keychain.write(id, key);
  await keyring.lock();
  return { display, keychain, id, key };
}
