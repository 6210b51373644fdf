import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateId } from '../../../certificates/index.ts';
import type { Change, PrefChange } from './event.ts';
import { deleteJournal, openJournal, readLedger, type Journal } from './journal.ts';

const PROFILE = '/home/alice/.thunderbird/Zoë & co.default';
const pref: PrefChange = {
  kind: 'pref',
  name: 'mail.e2ee.auto_enable',
  address: null,
  before: null,
  ours: true,
};
const der = Uint8Array.of(0x30, 1, 2);
const certificate: Change = {
  kind: 'certificate',
  id: certificateId(der),
  role: 'anchor',
  address: null,
  der,
  before: 'absent',
};

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'endymail-journal-'));
  file = path.join(folder, '0123456789abcdef.jsonl');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function opened(): Promise<Journal> {
  const journal = await openJournal(file, PROFILE);
  if (!journal.ok) throw new Error(journal.error.message);
  return journal.value;
}

async function codeOf(): Promise<string> {
  const read = await readLedger(file);
  return read.ok ? 'ok' : read.error.code;
}

describe('a journal', () => {
  it('is empty where there is none, and reading makes none', async () => {
    const read = await readLedger(file);
    expect(read.ok && read.value.prefs.size).toBe(0);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('[SEC-20] has on disk what it was told, the old value with it, when append resolves', async () => {
    const journal = await opened();
    expect(await journal.append('intend', [pref, certificate])).toEqual({ ok: true, value: undefined });
    const read = await readLedger(file);
    expect(read.ok && read.value.prefs.get(pref.name)).toEqual({
      name: pref.name,
      address: null,
      before: null,
      ours: [true],
      settled: false,
    });
    expect(read.ok && read.value.certificates.get(certificate.id)?.change).toEqual(certificate);
  });

  it('[SEC-20] is made with the first events in it, and holds several kinds that are told at once', async () => {
    const journal = await opened();
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await journal.append('intend', [certificate]);
    await journal.appendAll([
      ['done', [certificate]],
      ['withdraw', []],
      ['intend', [pref]],
    ]);
    const read = await readLedger(file);
    expect(read.ok && read.value.certificates.get(certificate.id)?.settled).toBe(true);
    expect(read.ok && read.value.prefs.get(pref.name)?.settled).toBe(false);
    expect(read).toEqual({ ok: true, value: journal.ledger() });
  });

  it('[SEC-7] is readable by its owner alone', async () => {
    await (await opened()).append('intend', [pref]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('goes on where it ended', async () => {
    await (await opened()).append('intend', [pref]);
    await (await opened()).append('done', [pref]);
    expect((await opened()).ledger().prefs.get(pref.name)?.settled).toBe(true);
    await (await opened()).append('withdrawn', [pref]);
    expect((await opened()).ledger().prefs.size).toBe(0);
  });

  it('[SEC-24] bears a last line cut at any byte, and goes on behind it', async () => {
    await (await opened()).append('intend', [pref]);
    const whole = await readFile(file);
    await (await opened()).append('intend', [{ ...pref, name: 'mail.identity.id1.signing_cert_name', before: 'Zoë' }]);
    const longer = await readFile(file);
    for (let length = whole.length; length < longer.length; length += 1) {
      await writeFile(file, longer.subarray(0, length));
      const journal = await opened();
      expect(journal.ledger().prefs.size).toBe(1);
      await journal.append('done', [pref]);
      const read = await readLedger(file);
      expect(read.ok && read.value.prefs.get(pref.name)?.settled).toBe(true);
    }
  });

  it.each([
    ['a malformed line in the middle', (text: string) => text.replace('"intend"', '"intent"')],
    ['a missing line', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    ['no header', (text: string) => text.split('\n').slice(1).join('\n')],
    ['an empty file', () => ''],
    [
      'a file name that leads out of the profile',
      (text: string) =>
        `${text}{"v":1,"n":3,"event":"intend","change":{"kind":"client-run","set":[],"touched":[],"files":["../.endymail-00.p12"]}}\n`,
    ],
    [
      'a setting that Endymail never writes',
      (text: string) => text.replace('mail.e2ee.auto_enable', 'network.proxy.autoconfig_url'),
    ],
    [
      'a setting of a run that no run sets',
      (text: string) =>
        `${text}{"v":1,"n":3,"event":"intend","change":{"kind":"client-run","set":[],"touched":[{"name":"network.proxy.type","before":2}],"files":[]}}\n`,
    ],
    ['the bytes of another certificate', (text: string) => text.replace('MAEC', 'MAED')],
    ['an unknown field', (text: string) => text.replace('"before"', '"extra":1,"before"')],
  ])('[SEC-30] with %s is refused and left as it is', async (_what, damage) => {
    await (await opened()).append('intend', [pref, certificate]);
    const damaged = damage(await readFile(file, 'utf8'));
    await writeFile(file, damaged);
    expect(await codeOf()).toBe('home-damaged');
    const reopened = await openJournal(file, PROFILE);
    expect(!reopened.ok && reopened.error.code).toBe('home-damaged');
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  it('[SEC-31] of a newer Endymail is refused and left as it is', async () => {
    await (await opened()).append('intend', [pref]);
    await appendFile(file, '{"v":2,"n":2,"something":"else"}\n{"v":2,"n":3,"cut');
    const before = await readFile(file);
    expect(await codeOf()).toBe('home-newer');
    const reopened = await openJournal(file, PROFILE);
    expect(!reopened.ok && reopened.error.code).toBe('home-newer');
    expect(await readFile(file)).toEqual(before);
  });

  it('is shortened to what it amounts to when it has grown long', async () => {
    const journal = await opened();
    await journal.append('intend', [certificate]);
    const long: PrefChange = { ...pref, before: 'x'.repeat(4_000) };
    for (let round = 0; round < 40; round += 1) {
      await journal.append('intend', [long]);
      await journal.append('withdrawn', [long]);
    }
    const grown = (await stat(file)).size;
    const reopened = await opened();
    expect((await stat(file)).size).toBeLessThan(grown / 100);
    expect(reopened.ledger()).toEqual(journal.ledger());
    await reopened.append('done', [certificate]);
    expect((await opened()).ledger().certificates.get(certificate.id)?.settled).toBe(true);
  });

  it('is deleted, also when it is not there', async () => {
    await (await opened()).append('intend', [pref]);
    expect((await deleteJournal(file)).ok).toBe(true);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect((await deleteJournal(file)).ok).toBe(true);
  });
});
