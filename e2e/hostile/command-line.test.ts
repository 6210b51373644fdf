import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestHome,
  createTestPerson,
  createThunderbirdProfile,
  endymail,
  publicPartFile,
  requirePrograms,
  setPrefs,
  type EndymailRun,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const NO_SMTP_PORT = 9;

let home: TestHome;
let profile: TestProfile;
let prefsBefore: string;
let passphrase: readonly string[];

const inProfile = (name: string): string => join(profile.folder, name);
const prefsFile = (): string => readFileSync(inProfile('prefs.js'), 'utf8');
const run = (...args: readonly string[]): Promise<EndymailRun> =>
  endymail([...args, '--json', '--keychain', 'file', ...passphrase], { home });
const coded = v.object({ code: v.string() });
const answerSchema = v.object({ error: v.optional(coded), waiting: v.optional(v.array(coded)) });
/** The exit code, and the code of what went wrong or has to wait. */
const said = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
  const finished = await run(...args);
  const answer = v.parse(answerSchema, finished.json());
  return [finished.code, answer.error?.code ?? answer.waiting?.[0]?.code ?? 'ok'];
};
const ownFile = (name: string): string => join(home.endymailFolder, name);
const journalFile = (): string => {
  const [name = ''] = readdirSync(ownFile('clients')).filter((entry) => entry.endsWith('.jsonl'));
  return join(ownFile('clients'), name);
};

beforeAll(() => {
  requirePrograms('thunderbird', 'certutil', 'pk12util');
  home = createTestHome('bad-input');
  const secret = join(home.scratchFolder, 'passphrase');
  writeFileSync(secret, 'four random words here\n', { mode: 0o600 });
  passphrase = ['--passphrase-file', secret];
  profile = createThunderbirdProfile({
    home,
    name: 'Zoë & co, all of it.default',
    identities: [
      { address: ALICE, name: `Alice \u001b[2J\u202eelpmaxE ${'x'.repeat(5_000)}` },
      { address: 'nobody@example.test', name: 'No address', extraPrefs: { useremail: '' } },
      { address: 'zoe@example.test', name: 'Zoë', extraPrefs: { useremail: 'zoë@example.test' } },
    ],
    smtpPort: NO_SMTP_PORT,
  });
  prefsBefore = prefsFile();
});
afterAll(() => home.dispose());

describe('a profile that is not as it should be', () => {
  it('[SEC-30] lists what can be protected, names what can not, and obeys no name', async () => {
    const list = await run('mailboxes');
    expect(list.code).toBe(0);
    expect(list.json()).toMatchObject({
      rows: [{ address: ALICE }],
      problems: [{ code: 'address-invalid' }, { code: 'address-unsupported' }],
    });
    const shown = await endymail(['mailboxes'], { home });
    // eslint-disable-next-line no-control-regex -- exactly what must not reach a terminal
    for (const text of [list.stdout, shown.stdout, shown.stderr]) expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  it('is not set up where its user.js fixes a setting', async () => {
    writeFileSync(inProfile('user.js'), 'user_pref("mail.e2ee.auto_enable", false);\n');
    try {
      expect(await said('enable', ALICE, '--yes')).toEqual([3, 'settings-overruled']);
      expect(prefsFile()).toBe(prefsBefore);
    } finally {
      rmSync(inProfile('user.js'));
    }
  });

  it('keeps an OpenPGP key of the person’s own until they say otherwise', async () => {
    setPrefs(profile.folder, { 'mail.identity.id1.openpgp_key_id': '0123456789ABCDEF' });
    const before = prefsFile();
    const list = await run('mailboxes');
    expect(list.json()).toMatchObject({ rows: [{ suggested: false, places: [{ setup: 'own-openpgp' }] }] });
    expect(await said('enable', ALICE, '--yes')).toEqual([3, 'own-setup']);
    expect(prefsFile()).toBe(before);
    expect(await said('enable', ALICE, '--yes', '--replace-own')).toEqual([0, 'ok']);
    expect(prefsFile()).toContain('"mail.identity.id1.openpgp_key_id", "0123456789ABCDEF"');
    expect(await said('disable', ALICE, '--yes')).toEqual([0, 'ok']);
    expect(prefsFile()).toBe(before);
    writeFileSync(inProfile('prefs.js'), prefsBefore);
  });

  it('[SEC-30] half written, is refused and left', async () => {
    const half = prefsBefore.slice(0, prefsBefore.indexOf('useremail') + 20);
    writeFileSync(inProfile('prefs.js'), half);
    try {
      expect(await said('mailboxes')).toEqual([1, 'profile-malformed']);
      expect(await said('enable', ALICE, '--yes')).toEqual([1, 'profile-malformed']);
      expect(prefsFile()).toBe(half);
    } finally {
      writeFileSync(inProfile('prefs.js'), prefsBefore);
    }
  });
});

describe('files of a newer Endymail, and damaged ones', () => {
  beforeAll(async () => {
    expect(await said('enable', ALICE, '--yes')).toEqual([0, 'ok']);
  });

  let enabled: string;
  beforeEach(() => {
    enabled = prefsFile();
  });

  /** Runs a command on a changed file; it must end so, leave file and profile as they are, and be well without it. */
  async function refuses(file: string, change: (bytes: Buffer) => Buffer, args: readonly string[], code: string) {
    const whole = readFileSync(file);
    const changed = change(Buffer.from(whole));
    writeFileSync(file, changed);
    try {
      expect(await said(...args)).toEqual([expect.any(Number), code]);
      expect(readFileSync(file)).toEqual(changed);
      expect(prefsFile()).toBe(enabled);
    } finally {
      writeFileSync(file, whole);
    }
  }
  const text =
    (change: (text: string) => string) =>
    (bytes: Buffer): Buffer =>
      Buffer.from(change(bytes.toString()));
  const newerSeal = (bytes: Buffer): Buffer => {
    bytes.writeUInt16BE(9, 8);
    return bytes;
  };

  it('[SEC-31] the data', async () => {
    const disable = ['disable', ALICE, '--yes'];
    await refuses(
      ownFile('home.json'),
      text((json) => json.replace(/"version": ?1/, '"version":2')),
      disable,
      'home-newer',
    );
    await refuses(ownFile('state.sealed'), newerSeal, disable, 'home-newer');
  });

  it('[SEC-28] a journal that names what Endymail never writes undoes nothing', async () => {
    await refuses(
      journalFile(),
      text((lines) => lines.replaceAll('mail.e2ee.auto_enable', 'network.proxy.autoconfig_url')),
      ['check', ALICE],
      'home-damaged',
    );
  });

  it('[SEC-31] a backup', async () => {
    const out = join(home.scratchFolder, 'backup');
    expect(await said('backup', '--out', out)).toEqual([0, 'ok']);
    await refuses(out, newerSeal, ['restore', out, '--home', join(home.scratchFolder, 'new')], 'backup-newer');
    await refuses(
      out,
      (bytes) => bytes.subarray(0, 300),
      ['restore', out, '--home', join(home.scratchFolder, 'new')],
      'backup-invalid',
    );
  });

  it('[SEC-31] a public part', async () => {
    const part = publicPartFile(await createTestPerson('bob@example.test', 'Bob'), home);
    const newer = text((json) => json.replace(/"version": ?1/, '"version":2'));
    await refuses(part, newer, ['import-peer', part, '--yes'], 'public-part-newer');
    expect((await run('peers')).json()).toEqual({ people: [] });
  });

  it('a restored backup still undoes what was written on this computer', async () => {
    const out = join(home.scratchFolder, 'backup-to-undo');
    expect(await said('backup', '--out', out)).toEqual([0, 'ok']);
    expect(await said('restore', out, '--set-aside')).toEqual([0, 'ok']);
    expect(await said('disable', '--all', '--yes')).toEqual([0, 'ok']);
    expect(prefsFile()).toBe(prefsBefore);
  });

  it('[SEC-31] a journal', async () => {
    expect(await said('enable', ALICE, '--yes')).toEqual([0, 'ok']);
    enabled = prefsFile();
    appendFileSync(journalFile(), '{"v":2}\n');
    const journal = readFileSync(journalFile());
    expect(await said('disable', ALICE, '--yes')).toEqual([1, 'home-newer']);
    expect(readFileSync(journalFile())).toEqual(journal);
    expect(prefsFile()).toBe(enabled);
  });
});
