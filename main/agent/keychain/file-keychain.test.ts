import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { createFileKeychain, isWrappingKeyFile, wrappingKeyFile } from './file-keychain.ts';
import type { Keychain } from './keychain.ts';

const PASSPHRASE = 'four random words here';
const HOME = randomUUID();

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'endymail-file-keychain-')), 'home');
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

/** A keychain whose person types these passphrases, one after another. */
function keychainOf(...typed: string[]): { keychain: Keychain; asked: () => number } {
  let asked = 0;
  const passphrase = (): Promise<Result<Redacted<string>, Failure>> => {
    const text = typed[asked];
    asked += 1;
    return Promise.resolve(text === undefined ? err(failure('passphrase-needed')) : ok(new Redacted(text)));
  };
  return { keychain: createFileKeychain({ folder, passphrase }), asked: () => asked };
}

const newKey = (): Redacted<Uint8Array> => new Redacted(Uint8Array.from(randomBytes(32)));
const pathOf = (homeId: string): string => join(folder, wrappingKeyFile(homeId));
const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

async function written(): Promise<Redacted<Uint8Array>> {
  const key = newKey();
  expect(await keychainOf(PASSPHRASE).keychain.write(HOME, key)).toEqual({ ok: true });
  return key;
}

test('what was written is read by the next start', async () => {
  const key = await written();
  const back = await keychainOf(PASSPHRASE).keychain.read(HOME);
  expect(back.ok && back.value?.reveal()).toEqual(key.reveal());
});

test('[SEC-7] [SEC-1] the file is for its owner alone, and holds neither key nor passphrase', async () => {
  const key = await written();
  expect(statSync(pathOf(HOME)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual([wrappingKeyFile(HOME)]);
  const file = readFileSync(pathOf(HOME));
  expect(file.includes(Buffer.from(key.reveal()))).toBe(false);
  expect(file.includes(PASSPHRASE)).toBe(false);
});

test('no file is no key, and nobody is asked for a passphrase', async () => {
  const { keychain, asked } = keychainOf();
  expect(await keychain.read(HOME)).toEqual({ ok: true, value: null });
  expect(asked()).toBe(0);
});

test('the passphrase is asked for once, and again after a wrong one', async () => {
  await written();
  const { keychain, asked } = keychainOf('quite another passphrase', PASSPHRASE);
  expect(codeOf(await keychain.read(HOME))).toBe('passphrase-wrong');
  expect((await keychain.read(HOME)).ok).toBe(true);
  expect((await keychain.read(HOME)).ok).toBe(true);
  expect(asked()).toBe(2);
});

test('a passphrase that is too short is not remembered, and nothing is written', async () => {
  const { keychain } = keychainOf('short', PASSPHRASE);
  expect(codeOf(await keychain.write(HOME, newKey()))).toBe('passphrase-too-short');
  expect(await keychain.read(HOME)).toEqual({ ok: true, value: null });
  expect((await keychain.write(HOME, newKey())).ok).toBe(true);
});

test('a passphrase that can not be had is told as it is', async () => {
  expect(codeOf(await keychainOf().keychain.write(HOME, newKey()))).toBe('passphrase-needed');
});

test('[SEC-6] the file of another home does not open, whatever it is called', async () => {
  await written();
  const other = randomUUID();
  writeFileSync(pathOf(other), readFileSync(pathOf(HOME)));
  expect(codeOf(await keychainOf(PASSPHRASE).keychain.read(other))).toBe('passphrase-wrong');
});

test('[SEC-6] a damaged file is told from a wrong passphrase', async () => {
  await written();
  const file = readFileSync(pathOf(HOME));
  writeFileSync(pathOf(HOME), file.subarray(0, -1));
  expect(codeOf(await keychainOf(PASSPHRASE).keychain.read(HOME))).toBe('keychain-failed');
  writeFileSync(pathOf(HOME), new Uint8Array(2_000));
  expect(codeOf(await keychainOf(PASSPHRASE).keychain.read(HOME))).toBe('home-damaged');
});

test('[SEC-31] a file of a newer Endymail is refused and left as it is', async () => {
  await written();
  const newer = readFileSync(pathOf(HOME));
  newer.writeUInt16BE(2, 8);
  writeFileSync(pathOf(HOME), newer);
  expect(codeOf(await keychainOf(PASSPHRASE).keychain.read(HOME))).toBe('home-newer');
  expect(readFileSync(pathOf(HOME))).toEqual(newer);
});

test('deleting takes the file away, and may be done twice', async () => {
  await written();
  const { keychain } = keychainOf();
  expect(await keychain.delete(HOME)).toEqual({ ok: true });
  expect(await keychain.delete(HOME)).toEqual({ ok: true });
  expect(readdirSync(folder)).toEqual([]);
});

test('only a UUID becomes a file name', () => {
  expect(isWrappingKeyFile(wrappingKeyFile(HOME))).toBe(true);
  expect(() => wrappingKeyFile('../../etc/passwd')).toThrow('UUID');
});
