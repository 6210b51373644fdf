import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileKeychain, createOsKeychain, type Keychain } from '@endymail/main/agent/keychain';
import { Redacted, ok } from '@endymail/shared/result';
import { startKeyring } from '../harness/keyring.ts';
import { requirePrograms } from '../harness/programs.ts';
import { createTestHome, type TestHome } from '../harness/test-home.ts';

/** As an application whose executable is not Node serves a request of its own: by the exported function. */
const SERVING_PROGRAM = {
  program: process.execPath,
  args: [
    '--input-type=module',
    '--eval',
    `await (await import(${JSON.stringify(import.meta.resolve('@endymail/main/agent/keychain'))})).serveKeytar();`,
  ],
};

/** One contract, every implementation: what stands on a keychain need not know which one it is. */
const IMPLEMENTATIONS: readonly (readonly [string, (home: TestHome) => Promise<() => Keychain>])[] = [
  [
    'the keychain of the system',
    async (home) => {
      requirePrograms('dbus-daemon', 'gnome-keyring-daemon');
      const keyring = await startKeyring({ home: home.folder });
      home.onDispose(keyring.stop);
      return () => createOsKeychain({ env: keyring.env });
    },
  ],
  [
    'the keychain of the system, reached by a program of its own',
    async (home) => {
      const keyring = await startKeyring({ home: home.folder });
      home.onDispose(keyring.stop);
      return () => createOsKeychain({ env: keyring.env, runner: SERVING_PROGRAM });
    },
  ],
  [
    'the file under a passphrase',
    (home) => {
      const folder = join(home.folder, 'keys');
      const passphrase = () => Promise.resolve(ok(new Redacted('four random words here')));
      return Promise.resolve(() => createFileKeychain({ folder, passphrase }));
    },
  ],
];

const newKey = (): Redacted<Uint8Array> => new Redacted(Uint8Array.from(randomBytes(32)));

describe.each(IMPLEMENTATIONS)('%s', (_, prepare) => {
  const home = createTestHome('keychain');
  /** As the next start of the program sees it. */
  let start: () => Keychain;
  beforeAll(async () => {
    start = await prepare(home);
  });
  afterAll(() => home.dispose());

  const read = async (homeId: string): Promise<Uint8Array | null> => {
    const key = await start().read(homeId);
    if (!key.ok) throw new Error(key.error.code);
    return key.value?.reveal() ?? null;
  };

  test('holds nothing for a home that it does not know', async () => {
    expect(await read(randomUUID())).toBeNull();
  });

  test('gives back what it was given, in the next start too', async () => {
    const id = randomUUID();
    const key = newKey();
    expect(await start().write(id, key)).toEqual({ ok: true });
    expect(await read(id)).toEqual(key.reveal());
    expect(await read(id)).toEqual(key.reveal());
  });

  test('keeps homes apart', async () => {
    const homes = [randomUUID(), randomUUID()] as const;
    const keys = [newKey(), newKey()] as const;
    const keychain = start();
    await keychain.write(homes[0], keys[0]);
    await keychain.write(homes[1], keys[1]);
    expect(await keychain.delete(homes[0])).toEqual({ ok: true });
    expect(await read(homes[0])).toBeNull();
    expect(await read(homes[1])).toEqual(keys[1].reveal());
  });

  test('the last key written counts', async () => {
    const id = randomUUID();
    const last = newKey();
    await start().write(id, newKey());
    await start().write(id, last);
    expect(await read(id)).toEqual(last.reveal());
  });

  test('deleting what is not there is done already', async () => {
    expect(await start().delete(randomUUID())).toEqual({ ok: true });
  });
});
