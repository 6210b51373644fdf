import fc from 'fast-check';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { sealUnderPassphrase } from '../keychain/sealing/passphrase-seal.ts';
import { openHome, type Home } from './home.ts';
import { restoreHome, startOver } from './restore.ts';
import { stateToJson } from './state-codec.ts';
import { EMPTY_STATE, type AgentState } from './state.ts';
import { arbitraryState, revealed } from './testing/arbitrary-state.ts';
import { createMemoryKeychain, type MemoryKeychain } from './testing/memory-keychain.ts';

const PASSPHRASE = new Redacted('four random words here');
const NOW = new Date('2026-11-25T08:15:00.000Z');
const now = (): Date => NOW;
const [someState] = fc.sample(
  arbitraryState.filter(
    ({ anchor, people, mailboxes, account }) =>
      anchor !== null && account !== null && people.length > 0 && mailboxes.some(({ enabled }) => !enabled),
  ),
  { numRuns: 1, seed: 2 },
);
const SOME_STATE: AgentState = someState ?? EMPTY_STATE;
/** An account is not part of a backup. */
const RESTORED_STATE: AgentState = { ...SOME_STATE, account: null, joining: null };
const OFF = SOME_STATE.mailboxes.filter(({ enabled }) => !enabled).map(({ address }) => address);
const { name } = SOME_STATE.account!;
/** What restoring its backup tells. */
const LEFT = { mailboxesOff: OFF, accountLeftOut: `${name.local}@${name.host}` };
const JOURNAL = '0123456789abcdef.jsonl';
const OTHER_JOURNAL = 'fedcba9876543210.jsonl';

let root = '';
let keychain: MemoryKeychain = createMemoryKeychain();
const opened: Home[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-restore-'));
  keychain = createMemoryKeychain();
});
afterEach(() => {
  for (const home of opened.splice(0)) home.close();
  rmSync(root, { recursive: true });
});

const inRoot = (name: string): string => join(root, name);
const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

async function openedHome(name: string): Promise<Home> {
  const folder = inRoot(name);
  const home = await openHome({ folder, keychain, command: 'endymail test', now, waitForLockMs: 0 });
  if (!home.ok) throw new Error(home.error.message);
  opened.push(home.value);
  return home.value;
}

/** What every such home's backup holds; made once, because Argon2id takes its time. */
let backup: Uint8Array | null = null;

/** A home with something in it, and a backup of just that. */
async function backedUp(name: string): Promise<{ home: Home; file: Uint8Array }> {
  const home = await openedHome(name);
  await home.update(() => SOME_STATE);
  writeFileSync(join(home.clientsFolder, JOURNAL), '{"first":1}\n');
  if (backup === null) {
    const file = await home.backup(PASSPHRASE);
    if (!file.ok) throw new Error(file.error.message);
    backup = file.value;
  }
  home.close();
  return { home, file: backup };
}

const restore = (name: string, file: Uint8Array, options: { setAside?: boolean; passphrase?: string } = {}) =>
  restoreHome({
    folder: inRoot(name),
    keychain,
    file,
    passphrase: options.passphrase === undefined ? PASSPHRASE : new Redacted(options.passphrase),
    setAside: options.setAside ?? false,
    now,
    waitForLockMs: 0,
  });

/** Every file below the root, except those of locks. */
function content(): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'lock.db');
  return Object.fromEntries(
    files.map((file) => [join(file.parentPath, file.name), readFileSync(join(file.parentPath, file.name), 'base64')]),
  );
}

describe('restoring', () => {
  test('brings everything into an empty home, under a new id and a new key', async () => {
    const { home, file } = await backedUp('old');
    expect(await restore('new', file)).toEqual({ ok: true, value: { setAsideAs: null, ...LEFT } });
    const restored = await openedHome('new');
    expect(revealed(restored.state)).toEqual(revealed(RESTORED_STATE));
    expect(readFileSync(join(restored.clientsFolder, JOURNAL), 'utf8')).toBe('{"first":1}\n');
    expect(restored.id).not.toBe(home.id);
    expect(keychain.entries.get(restored.id)).not.toEqual(keychain.entries.get(home.id));
    expect(readdirSync(restored.folder).toSorted()).toEqual([
      'clients',
      'holder.json',
      'home.json',
      'lock.db',
      'state.sealed',
    ]);
  });

  test('works when the old computer, its keychain and its home are lost', async () => {
    const { file } = await backedUp('old');
    rmSync(inRoot('old'), { recursive: true });
    keychain = createMemoryKeychain('file');
    expect((await restore('new', file)).ok).toBe(true);
    expect(revealed((await openedHome('new')).state)).toEqual(revealed(RESTORED_STATE));
  });

  test('takes a backup from before there were accounts', async () => {
    const json = { createdAt: NOW.toISOString(), state: stateToJson(RESTORED_STATE), journals: {} };
    const state = { ...json.state, account: undefined, joining: undefined };
    const format = { magic: 'EndyBkup', version: 1, oldestVersion: 1, maxBytes: 1_000_000 };
    const plain = Buffer.from(JSON.stringify({ ...json, state }));
    const file = await sealUnderPassphrase(format, 'endymail backup', PASSPHRASE, plain);
    expect((await restore('new', file.ok ? file.value : new Uint8Array(0))).ok).toBe(true);
    expect(revealed((await openedHome('new')).state)).toEqual(revealed(RESTORED_STATE));
  });

  test('does not touch a home that is in use, unless it may set it aside', async () => {
    const { home, file } = await backedUp('home');
    writeFileSync(join(home.folder, 'last-served.json'), 'when the old one was served');
    mkdirSync(join(home.folder, 'mesh'));
    writeFileSync(join(home.folder, 'mesh', 'chain'), 'links');
    const before = content();
    expect(codeOf(await restore('home', file))).toBe('home-in-use');
    expect(content()).toEqual(before);

    const restored = await restore('home', file, { setAside: true });
    const setAsideAs = inRoot('home-set-aside-2026-11-25T08-15-00');
    expect(restored).toEqual({ ok: true, value: { setAsideAs, ...LEFT } });
    for (const name of ['home.json', 'state.sealed', 'last-served.json', 'mesh/chain', `clients/${JOURNAL}`]) {
      const old = before[join(home.folder, name)];
      expect(old).toBeTypeOf('string');
      expect(content()[join(setAsideAs, name)]).toBe(old);
    }
    for (const name of ['last-served.json', 'mesh']) expect(existsSync(join(home.folder, name))).toBe(false);
    // Its key is still there, so that it can be put back.
    expect(keychain.entries.has(home.id)).toBe(true);
    expect((await openedHome('home')).id).not.toBe(home.id);
    expect((await openedHome('home-set-aside-2026-11-25T08-15-00')).id).toBe(home.id);
  });

  test('[SEC-22] the journal that is here tells of this computer, not that of the backup', async () => {
    const { home, file } = await backedUp('home');
    writeFileSync(join(home.clientsFolder, JOURNAL), '{"first":1}\n{"second":2}\n');
    writeFileSync(join(home.clientsFolder, OTHER_JOURNAL), '{"other":1}\n');
    expect((await restore('home', file, { setAside: true })).ok).toBe(true);
    expect(readFileSync(join(home.clientsFolder, JOURNAL), 'utf8')).toBe('{"first":1}\n{"second":2}\n');
    expect(readFileSync(join(home.clientsFolder, OTHER_JOURNAL), 'utf8')).toBe('{"other":1}\n');
  });

  test('sets aside data whose key is gone, and data that is damaged', async () => {
    const { home, file } = await backedUp('home');
    keychain.entries.clear();
    expect((await restore('home', file, { setAside: true })).ok).toBe(true);
    writeFileSync(join(home.folder, 'home.json'), 'damaged');
    expect(await restore('home', file, { setAside: true })).toEqual({
      ok: true,
      value: { setAsideAs: inRoot('home-set-aside-2026-11-25T08-15-00-2'), ...LEFT },
    });
    await openedHome('home');
  });

  test('that was interrupted before it was complete is told, and done again', async () => {
    const { file } = await backedUp('old');
    mkdirSync(inRoot('home/.restore.0123456789abcdef.tmp'), { recursive: true });
    const folder = inRoot('home');
    const home = await openHome({ folder, keychain, command: 'endymail test', now, waitForLockMs: 0 });
    expect(codeOf(home)).toBe('home-damaged');
    expect(await restore('home', file)).toEqual({ ok: true, value: { setAsideAs: null, ...LEFT } });
    expect(revealed((await openedHome('home')).state)).toEqual(revealed(RESTORED_STATE));
  });

  test.each(['read', 'write'] as const)('with a keychain that does not %s, the old home stays', async (operation) => {
    const { file } = await backedUp('home');
    const before = content();
    const keys = new Map(keychain.entries);
    keychain.failing(operation, 'keychain-locked');
    expect(codeOf(await restore('home', file, { setAside: true }))).toBe('keychain-locked');
    expect(content()).toEqual(before);
    expect(keychain.entries).toEqual(keys);
  });

  test('[SEC-32] waits for the one that has the home', async () => {
    const { file } = await backedUp('home');
    await openedHome('home');
    expect(codeOf(await restore('home', file, { setAside: true }))).toBe('home-busy');
  });

  test('leaves what is not ours where it is', async () => {
    const { home, file } = await backedUp('home');
    writeFileSync(join(home.folder, 'notes.txt'), 'of the person');
    expect((await restore('home', file, { setAside: true })).ok).toBe(true);
    expect(readFileSync(join(home.folder, 'notes.txt'), 'utf8')).toBe('of the person');
  });
});

describe('a backup that is refused changes nothing', () => {
  async function refusal(file: Uint8Array, passphrase?: string): Promise<string | null> {
    const before = content();
    const keys = new Map(keychain.entries);
    const result = await restore('home', file, { setAside: true, ...(passphrase === undefined ? {} : { passphrase }) });
    expect(content()).toEqual(before);
    expect(keychain.entries).toEqual(keys);
    return codeOf(result);
  }

  test('[SEC-6] another passphrase, a damaged file, a cut one, another file', async () => {
    const { file } = await backedUp('home');
    expect(await refusal(file, 'another passphrase')).toBe('passphrase-wrong');
    const damaged = Uint8Array.from(file);
    damaged[100]! ^= 1;
    expect(await refusal(damaged)).toBe('backup-invalid');
    expect(await refusal(file.subarray(0, -1))).toBe('backup-invalid');
    expect(await refusal(new Uint8Array(0))).toBe('backup-invalid');
    expect(await refusal(Buffer.from('%PDF-1.7 something else'))).toBe('backup-invalid');
  });

  test('[SEC-31] one of a newer Endymail', async () => {
    const { file } = await backedUp('home');
    const newer = Buffer.from(file);
    newer.writeUInt16BE(9, 8);
    expect(await refusal(newer)).toBe('backup-newer');
  });

  test('[SEC-30] one that is authentic but holds something else', async () => {
    await backedUp('home');
    const good = { createdAt: NOW.toISOString(), state: stateToJson(EMPTY_STATE), journals: {} };
    const contents: unknown[] = [null, { ...good, state: {} }, { ...good, journals: { '../../.bashrc': 'evil' } }];
    const format = { magic: 'EndyBkup', version: 2, oldestVersion: 2, maxBytes: 1_000_000 };
    for (const json of contents) {
      const plain = Buffer.from(JSON.stringify(json));
      const file = await sealUnderPassphrase(format, 'endymail backup', PASSPHRASE, plain);
      expect(await refusal(file.ok ? file.value : new Uint8Array(0))).toBe('backup-invalid');
    }
  });
});

describe('a backup', () => {
  test('[SEC-2] shows nothing of what is in it, nor the wrapping key', async () => {
    const home = await openedHome('home');
    await home.update(() => SOME_STATE);
    writeFileSync(join(home.clientsFolder, JOURNAL), '{"first":1}\n');
    const file = await home.backup(PASSPHRASE);
    const bytes = Buffer.from(file.ok ? file.value : []);
    expect(bytes.length).toBeGreaterThan(200);
    const secrets = [...SOME_STATE.people.map(({ address }) => address), '{"first":1}', JOURNAL];
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(Buffer.from(keychain.entries.get(home.id) ?? []))).toBe(false);
  });

  test('needs a passphrase of 12 characters', async () => {
    const home = await openedHome('home');
    expect(codeOf(await home.backup(new Redacted('elevenchars')))).toBe('passphrase-too-short');
  });

  test('takes journals in folders, and leaves what is none', async () => {
    const home = await openedHome('home');
    mkdirSync(join(home.clientsFolder, 'thunderbird'));
    writeFileSync(join(home.clientsFolder, 'thunderbird', JOURNAL), 'text with ümläuts');
    writeFileSync(join(home.clientsFolder, '.half.0123456789abcdef.tmp'), 'half');
    const file = await home.backup(PASSPHRASE);
    expect(file.ok && (await restore('new', file.value)).ok).toBe(true);
    const clients = inRoot('new/clients');
    expect(readFileSync(join(clients, 'thunderbird', JOURNAL), 'utf8')).toBe('text with ümläuts');
    expect(readdirSync(clients)).toEqual(['thunderbird']);
  });

  test('[SEC-30] with a journal that is no text, there is no backup that would lack it', async () => {
    const home = await openedHome('home');
    writeFileSync(join(home.clientsFolder, JOURNAL), Buffer.from([0xff, 0xfe]));
    expect(codeOf(await home.backup(PASSPHRASE))).toBe('home-damaged');
  });
});

describe('starting over', () => {
  test('moves the data aside and deletes nothing; the journals stay in use', async () => {
    const { home } = await backedUp('home');
    const before = content();
    keychain.entries.delete(home.id);
    const setAsideAs = inRoot('home-set-aside-2026-11-25T08-15-00');
    expect(await startOver({ folder: home.folder, now })).toEqual({ ok: true, value: { setAsideAs } });
    for (const [file, bytes] of Object.entries(before)) {
      expect(content()[file.replace(home.folder, setAsideAs)]).toBe(bytes);
    }
    const fresh = await openedHome('home');
    expect(fresh.state).toEqual(EMPTY_STATE);
    expect(existsSync(join(fresh.clientsFolder, JOURNAL))).toBe(true);
  });

  test('where there is nothing, says so and makes nothing', async () => {
    expect(codeOf(await startOver({ folder: inRoot('nothing'), now }))).toBe('mailbox-not-enabled');
    expect(existsSync(inRoot('nothing'))).toBe(false);
    mkdirSync(inRoot('empty'));
    expect(codeOf(await startOver({ folder: inRoot('empty'), now }))).toBe('mailbox-not-enabled');
    expect(readdirSync(dirname(inRoot('empty')))).toEqual(['empty']);
  });

  test('[SEC-32] waits for the one that has the home', async () => {
    const home = await openedHome('home');
    expect(codeOf(await startOver({ folder: home.folder, now, waitForLockMs: 0 }))).toBe('home-busy');
  });
});
