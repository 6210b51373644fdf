import fc from 'fast-check';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Failure, Result } from '@endymail/shared/result';
import { arbitraryAccount } from '../account/testing/arbitrary-account.ts';
import type { Keychain } from '../keychain/index.ts';
import { openHome, type Home } from './home.ts';
import { EMPTY_STATE, type AgentState } from './state.ts';
import { arbitraryState, revealed } from './testing/arbitrary-state.ts';
import { createMemoryKeychain, type MemoryKeychain } from './testing/memory-keychain.ts';

let root = '';
let folder = '';
let keychain: MemoryKeychain = createMemoryKeychain();
const opened: Home[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-home-'));
  folder = join(root, 'data', 'endymail');
  keychain = createMemoryKeychain();
});
afterEach(() => {
  for (const home of opened.splice(0)) home.close();
  rmSync(root, { recursive: true });
});

const open = (with_: Keychain = keychain): Promise<Result<Home, Failure>> =>
  openHome({ folder, keychain: with_, command: 'endymail test', now: () => new Date(), waitForLockMs: 0 });

async function openedHome(): Promise<Home> {
  const home = await open();
  if (!home.ok) throw new Error(home.error.message);
  opened.push(home.value);
  return home.value;
}

/** A home that was made, and closed again. */
async function madeHome(): Promise<string> {
  const home = await openedHome();
  home.close();
  return home.id;
}

const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);
const path = (name: string): string => join(folder, name);
const [someState] = fc.sample(
  arbitraryState.filter(
    ({ anchor, mailboxes, profiles }) =>
      (anchor?.privateKey.reveal().length ?? 0) > 8 && mailboxes.length > 0 && profiles.length > 0,
  ),
  { numRuns: 1, seed: 1 },
);
const SOME_STATE: AgentState = someState ?? EMPTY_STATE;

const [someAccount] = fc.sample(arbitraryAccount, { numRuns: 1, seed: 1 });
const ACCOUNT = someAccount!.id;

/** Every file of the home and what is in it. */
function content(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => [join(file.parentPath, file.name), readFileSync(join(file.parentPath, file.name), 'base64')]),
  );
}

describe('a first start', () => {
  test('makes a home that remembers nothing yet', async () => {
    const home = await openedHome();
    expect(home.state).toEqual(EMPTY_STATE);
    expect(home.folder).toBe(folder);
    expect(home.clientsFolder).toBe(path('clients'));
    expect([...keychain.entries.keys()]).toEqual([home.id]);
    home.close();
    expect((await openedHome()).id).toBe(home.id);
  });

  test('[SEC-7] everything in it is for its owner alone', async () => {
    const umask = process.umask(0);
    try {
      await openedHome();
    } finally {
      process.umask(umask);
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      expect([entry.name, statSync(path(entry.name)).mode & 0o777]).toEqual([
        entry.name,
        entry.isDirectory() ? 0o700 : 0o600,
      ]);
    }
  });

  test('[SEC-7] so is what is kept of the mesh', async () => {
    const umask = process.umask(0);
    try {
      const home = await openedHome();
      await home.mesh.saveLinks(ACCOUNT, [Uint8Array.of(1)]);
    } finally {
      process.umask(umask);
    }
    expect([path('mesh'), path('mesh/chain')].map((of) => statSync(of).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  test('[SEC-7] a folder that others could look into is closed to them', async () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    await openedHome();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('works in a folder that is a link', async () => {
    mkdirSync(join(root, 'elsewhere'));
    mkdirSync(join(root, 'data'));
    symlinkSync(join(root, 'elsewhere'), folder);
    await madeHome();
    expect(existsSync(join(root, 'elsewhere', 'state.sealed'))).toBe(true);
  });

  test.each(['read', 'write'] as const)('a keychain that does not %s leaves no trace of a home', async (operation) => {
    keychain.failing(operation, 'keychain-locked');
    expect(codeOf(await open())).toBe('keychain-locked');
    expect(existsSync(path('home.json'))).toBe(false);
    expect(existsSync(path('state.sealed'))).toBe(false);
    expect(keychain.entries.size).toBe(0);
    keychain.failing(operation, null);
    await openedHome();
  });

  test('a keychain that gives back something else counts as failed, before anything is sealed', async () => {
    const forgetful: Keychain = { ...keychain, write: () => Promise.resolve({ ok: true, value: undefined }) };
    expect(codeOf(await open(forgetful))).toBe('keychain-failed');
    expect(existsSync(path('state.sealed'))).toBe(false);
  });

  test('the key is in the keychain before anything is sealed under it', async () => {
    const seen: boolean[] = [];
    const watching: Keychain = {
      ...keychain,
      write: (id, key) => {
        seen.push(existsSync(path('state.sealed')));
        return keychain.write(id, key);
      },
    };
    const home = await open(watching);
    if (home.ok) opened.push(home.value);
    expect(seen).toEqual([false]);
  });

  test('[SEC-3] one that was interrupted goes on with the id and the key it had', async () => {
    const id = await madeHome();
    const key = keychain.entries.get(id);
    rmSync(path('state.sealed'));
    keychain.calls.length = 0;
    const home = await openedHome();
    expect(home.id).toBe(id);
    expect(keychain.entries.get(id)).toEqual(key);
    expect(keychain.calls).toEqual(['read']);
  });

  test('one that was interrupted goes on with another keychain, when that is what the person says', async () => {
    await madeHome();
    rmSync(path('state.sealed'));
    const file = createMemoryKeychain('file');
    const home = await open(file);
    expect(home.ok).toBe(true);
    if (home.ok) home.value.close();
    expect(codeOf(await open())).toBe('keychain-other');
  });

  test('a folder that can not be made is home-unwritable', async () => {
    writeFileSync(join(root, 'data'), 'a file');
    expect(codeOf(await open())).toBe('home-unwritable');
  });
});

describe('what is remembered', () => {
  test('is there in the next start', async () => {
    const home = await openedHome();
    expect(await home.update(() => SOME_STATE)).toEqual({ ok: true });
    expect(home.state).toBe(SOME_STATE);
    home.close();
    expect(revealed((await openedHome()).state)).toEqual(revealed(SOME_STATE));
  });

  test('changes that are asked for at once are made one after another, none is lost', async () => {
    const home = await openedHome();
    const add = (automatic: 'accepted' | 'by-hand') => () =>
      home.update((state) => {
        const [profile] = SOME_STATE.profiles;
        const next = profile ?? { id: '', path: '' };
        return { ...state, profiles: [...state.profiles, { ...next, automatic }] } as AgentState;
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(index % 2 ? 'accepted' : 'by-hand')()));
    expect(home.state.profiles.map(({ automatic }) => automatic)).toEqual(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? 'accepted' : 'by-hand')),
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a change that throws changes nothing, and the next one is made', async () => {
    const home = await openedHome();
    const before = content();
    await expect(
      home.update(() => {
        throw new Error('a mistake of ours');
      }),
    ).rejects.toThrow('a mistake of ours');
    expect(content()).toEqual(before);
    expect((await home.update(() => SOME_STATE)).ok).toBe(true);
  });

  test('a change that can not be written is not remembered either', async () => {
    const home = await openedHome();
    rmSync(folder, { recursive: true });
    expect(codeOf(await home.update(() => SOME_STATE))).toBe('write-failed');
    expect(home.state).toBe(EMPTY_STATE);
  });

  test('a change under way is finished before another may have the home', async () => {
    const home = await openedHome();
    const update = home.update(() => SOME_STATE);
    home.close();
    expect(codeOf(await open())).toBe('home-busy');
    expect((await update).ok).toBe(true);
    expect(revealed((await openedHome()).state)).toEqual(revealed(SOME_STATE));
  });

  test('a closed home is not written to', async () => {
    const home = await openedHome();
    home.close();
    home.close();
    expect(() => home.update(() => SOME_STATE)).toThrow('closed');
  });

  test('[SEC-1] an inspected home shows no key', async () => {
    const home = await openedHome();
    await home.update(() => SOME_STATE);
    const secret = SOME_STATE.anchor?.privateKey.reveal() ?? new Uint8Array(0);
    const shown = inspect(home, { depth: 9, getters: true, showHidden: true }) + JSON.stringify(home.state);
    expect(secret.length).toBeGreaterThan(4);
    for (const form of [Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64'), secret.join()]) {
      expect(shown).not.toContain(form);
    }
  });
});

describe('a home that can not be opened is left as it is', () => {
  async function refusal(): Promise<string | null> {
    const before = content();
    const entries = new Map(keychain.entries);
    const result = await open();
    if (result.ok) result.value.close();
    expect(content()).toEqual(before);
    expect(keychain.entries).toEqual(entries);
    return codeOf(result);
  }

  test('[SEC-3] the key is gone', async () => {
    await madeHome();
    keychain.entries.clear();
    keychain.calls.length = 0;
    expect(await refusal()).toBe('keychain-key-gone');
    expect(keychain.calls).toEqual(['read']);
  });

  test('[SEC-3] the keychain is locked', async () => {
    await madeHome();
    keychain.failing('read', 'keychain-locked');
    expect(await refusal()).toBe('keychain-locked');
  });

  test('[SEC-4] its key is in another kind of keychain', async () => {
    await madeHome();
    keychain = createMemoryKeychain('file');
    expect(await refusal()).toBe('keychain-other');
    expect(keychain.calls).toEqual([]);
  });

  test('[SEC-6] the state is damaged, cut, empty, or of another home', async () => {
    await madeHome();
    const sealed = readFileSync(path('state.sealed'));
    const other = Buffer.from(sealed);
    other[sealed.length - 1]! ^= 1;
    for (const damaged of [other, sealed.subarray(0, -1), Buffer.alloc(0), Buffer.from('{}')]) {
      writeFileSync(path('state.sealed'), damaged);
      expect(await refusal()).toBe('home-damaged');
    }
  });

  test('[SEC-30] the state is longer than any of ours', async () => {
    await madeHome();
    writeFileSync(path('state.sealed'), Buffer.alloc(17 * 1024 * 1024));
    expect(await refusal()).toBe('home-damaged');
  });

  test('[SEC-3] the identity is missing or damaged while something is sealed', async () => {
    const id = await madeHome();
    for (const text of ['', '{', 'null', `{"version":1,"id":"../${id}","keychain":"os"}`, ' '.repeat(5_000)]) {
      writeFileSync(path('home.json'), text);
      expect(await refusal()).toBe('home-damaged');
    }
    rmSync(path('home.json'));
    expect(await refusal()).toBe('home-damaged');
  });

  test('[SEC-31] state or identity are of a newer Endymail', async () => {
    await madeHome();
    const sealed = readFileSync(path('state.sealed'));
    const newer = Buffer.from(sealed);
    newer.writeUInt16BE(9, 8);
    writeFileSync(path('state.sealed'), newer);
    expect(await refusal()).toBe('home-newer');
    writeFileSync(path('state.sealed'), sealed);
    writeFileSync(path('home.json'), JSON.stringify({ version: 2, whatever: 'it has' }));
    expect(await refusal()).toBe('home-newer');
  });

  test('[SEC-32] another has it', async () => {
    await openedHome();
    expect(await refusal()).toBe('home-busy');
  });
});

test('what a killed process left half done is taken away', async () => {
  await madeHome();
  writeFileSync(path('.state.sealed.0123456789abcdef.tmp'), 'half');
  await openedHome();
  expect(existsSync(path('.state.sealed.0123456789abcdef.tmp'))).toBe(false);
});

describe('destroy', () => {
  test('leaves nothing, neither in the keychain nor on the disk', async () => {
    const home = await openedHome();
    writeFileSync(join(home.clientsFolder, '0123456789abcdef.jsonl'), '{}\n');
    expect(await home.mesh.saveLinks(ACCOUNT, [Uint8Array.of(1)])).toEqual({ ok: true });
    expect(existsSync(path('mesh/chain'))).toBe(true);
    expect(await home.destroy()).toEqual({ ok: true });
    expect(keychain.entries.size).toBe(0);
    expect(existsSync(folder)).toBe(false);
    home.close();
    expect((await openedHome()).id).not.toBe(home.id);
  });

  test('leaves what is not ours', async () => {
    const home = await openedHome();
    writeFileSync(path('notes.txt'), 'of the person');
    expect(await home.destroy()).toEqual({ ok: true });
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  test('with a keychain that does not let go of the key, everything is still there', async () => {
    const home = await openedHome();
    keychain.failing('delete', 'keychain-locked');
    expect(codeOf(await home.destroy())).toBe('keychain-locked');
    expect((await home.update(() => SOME_STATE)).ok).toBe(true);
    keychain.failing('delete', null);
    expect((await home.destroy()).ok).toBe(true);
  });
});
