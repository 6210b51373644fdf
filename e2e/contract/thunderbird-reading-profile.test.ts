import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientProfile } from '@endymail/shared/mail';
import {
  discoverThunderbird,
  parsePrefs,
  readPrefsFile,
} from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import type { System } from '../../main/agent/system.ts';
import {
  createTestHome,
  createThunderbirdProfile,
  requirePrograms,
  startProgram,
  startThunderbird,
  THUNDERBIRD_FOLDER,
  THUNDERBIRD_PROGRAM,
  until,
  type TestHome,
} from '../harness/index.ts';

requirePrograms('thunderbird');

let home: TestHome;
let system: System;

beforeAll(() => {
  home = createTestHome('profile');
  system = { platform: process.platform, homeDir: home.folder, env: home.env, now: () => new Date() };
});

afterAll(() => home.dispose());

const profiles = async (): Promise<readonly ClientProfile[]> => (await discoverThunderbird(system)).profiles;

describe('a first start of Thunderbird', () => {
  it('makes a profile that is found, in use, running while it runs, and without mailboxes', async () => {
    const child = startProgram(THUNDERBIRD_PROGRAM, ['--headless', '--no-remote'], {
      env: { ...home.env, MOZ_CRASHREPORTER_DISABLE: '1' },
      logFile: join(home.scratchFolder, 'first-start.log'),
    });
    home.onDispose(() => void child.kill('SIGKILL'));
    const running = await until(
      'the first profile to be in use and started',
      async () => (await profiles()).find((profile) => profile.running && profile.primaryPassword !== null),
      30_000,
    );
    expect(running.inUse).toBe(true);
    expect(running.path.startsWith(home.thunderbirdFolder)).toBe(true);
    expect([running.identities, running.primaryPassword]).toEqual([[], false]);
    expect(running.program).toBe(THUNDERBIRD_PROGRAM);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const closed = await profiles();
    expect(closed.map(({ id, running: still }) => [id, still])).toEqual([[running.id, false]]);
    // The second folder that a first start names in profiles.ini is there, and is no profile of anybody.
    expect(readdirSync(home.thunderbirdFolder)).toContain('profiles.ini');
  });
});

const NAMES = [
  'mail.e2ee.auto_enable',
  'mail.e2ee.auto_disable',
  'mail.identity.id1.encryptionpolicy',
  'mail.identity.id1.signing_cert_dbkey',
  'mail.identity.id1.encryption_cert_name',
  'mail.identity.id1.e2etechpref',
];

const prefStateSchema = v.record(
  v.string(),
  v.object({ value: v.union([v.string(), v.number(), v.boolean(), v.null()]), fixed: v.boolean() }),
);

/** What a running Thunderbird has, and whether the person could change it: not when it is locked. */
const READ_PREFS = `
  const read = name => {
    switch (Services.prefs.getPrefType(name)) {
      case Services.prefs.PREF_BOOL: return Services.prefs.getBoolPref(name);
      case Services.prefs.PREF_INT: return Services.prefs.getIntPref(name);
      case Services.prefs.PREF_STRING: return Services.prefs.getStringPref(name);
      default: return null;
    }
  };
  return Object.fromEntries(args[0].map(name => [name, { value: read(name), fixed: Services.prefs.prefIsLocked(name) }]));`;

describe('what an administrator and user.js fix', () => {
  it('is read as Thunderbird applies it: locked defaults, user.js, autoconfig, policies', async () => {
    const installation = ownInstallation(join(home.folder, 'opt', 'own thunderbird'));
    writeFileSync(
      join(installation, 'defaults', 'pref', 'site.js'),
      [
        'pref("general.config.filename", "site.cfg");',
        'pref("mail.identity.id1.e2etechpref", 1, locked);',
        'pref("mail.identity.id1.encryption_cert_name", "by default");',
      ].join('\n'),
    );
    writeFileSync(
      join(installation, 'site.cfg'),
      '// The first line is not run.\nlockPref("mail.identity.id1.signing_cert_dbkey", "AAAA");\npref("mail.identity.id1.encryptionpolicy", 2);\n// lockPref("mail.e2ee.auto_enable", false);\n',
    );
    mkdirSync(join(installation, 'distribution'));
    writeFileSync(
      join(installation, 'distribution', 'policies.json'),
      JSON.stringify({ policies: { Preferences: { 'mail.e2ee.auto_disable': { Value: 1, Status: 'locked' } } } }),
    );
    const profile = createThunderbirdProfile({
      home,
      name: 'managed',
      identities: [{ address: 'alice@example.test', name: 'Alice' }],
      smtpPort: 9,
      extraPrefs: { 'mail.identity.id1.signing_cert_dbkey': 'BBBB', 'mail.e2ee.auto_enable': false },
    });
    writeFileSync(join(profile.folder, 'user.js'), 'user_pref("mail.e2ee.auto_enable", true);\n');
    // The first start writes compatibility.ini: from then on the profile says which installation it belongs to.
    const program = join(installation, 'thunderbird-bin');
    const thunderbird = await startThunderbird(profile, { program });
    const actual = v.parse(prefStateSchema, await thunderbird.run(READ_PREFS, [NAMES]));
    await thunderbird.quit();
    const found = (await profiles()).find(({ path }) => path === profile.folder);
    expect(found?.program).toBe(program);
    expect(found?.overruled.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'mail.e2ee.auto_disable', value: true, by: 'policy' },
      { name: 'mail.e2ee.auto_enable', value: true, by: 'user.js' },
      { name: 'mail.identity.id1.e2etechpref', value: 1, by: 'autoconfig' },
      { name: 'mail.identity.id1.encryptionpolicy', value: 2, by: 'autoconfig' },
      { name: 'mail.identity.id1.signing_cert_dbkey', value: 'AAAA', by: 'autoconfig' },
    ]);
    for (const { name, value } of found?.overruled ?? []) expect([name, actual[name]?.value]).toEqual([name, value]);
    expect(NAMES.filter((name) => actual[name]?.fixed)).toEqual([
      'mail.e2ee.auto_disable',
      'mail.identity.id1.signing_cert_dbkey',
      'mail.identity.id1.e2etechpref',
    ]);
    expect(found?.autoEnable).toBe(true);
    expect(found?.identities[0]?.signingKey).toBe('AAAA');
    expect(actual['mail.identity.id1.encryption_cert_name']?.value).toBe('by default');
  });
});

describe('prefs.js', () => {
  it('is understood as Thunderbird understands it, also where somebody edited it by hand', async () => {
    const profile = createThunderbirdProfile({
      home,
      name: 'edited',
      identities: [{ address: 'alice@example.test', name: 'Alice' }],
      smtpPort: 9,
    });
    const file = join(profile.folder, 'prefs.js');
    const before = await readPrefsFile(file);
    if (!before.ok) throw new Error(before.error.message);
    const edited = parsePrefs(`${before.value.toString()}${BY_HAND}`);
    if (!edited.ok) throw new Error(edited.error.message);
    writeFileSync(file, edited.value.toString());
    const names = [...new Set(Array.from(BY_HAND.matchAll(/test\.[a-z0-9]+/g), ([name]) => name))];
    const thunderbird = await startThunderbird(profile);
    const actual = v.parse(prefStateSchema, await thunderbird.run(READ_PREFS, [names]));
    await thunderbird.quit();
    expect(Object.fromEntries(names.map((name) => [name, edited.value.get(name)]))).toEqual(
      Object.fromEntries(names.map((name) => [name, actual[name]?.value])),
    );
    // And the file that Thunderbird wrote from it is read without loss.
    const after = await readPrefsFile(file);
    if (!after.ok) throw new Error(after.error.message);
    expect(names.map((name) => after.value.get(name))).toEqual(names.map((name) => actual[name]?.value));
  });
});

const BY_HAND = String.raw`
user_pref('test.single', 'it is "so"');
user_pref("test.escapes", "\x41\u00e9\ud83d\udd11\"\\\n");
user_pref ( "test.spaces" ,
  -5 ) ; # why
user_pref("test.twice", 1); user_pref("test.twice", 2);
/* user_pref("test.comment", 1); */
// user_pref("test.comment", 2);
user_pref("test.large", 2147483648);
user_pref("test.float", 1.5);
user_pref("test.null", null);
user_pref("test.badescape", "\q");
user_pref("test.half", "\ud83d");
user_pref("test.attribute", 1, locked);
garbage user_pref("test.swallowed", 1);
user_pref("test.missing", 1)
user_pref("test.swallowed2", 1);
user_pref("test.min", -2147483648);
user_pref("test.overdefault", 3);
pref("test.overdefault", 4);
user_pref("test.empty", "");
user_pref("test.plus", +7);
user_pref("test.last", true);
`;

/** A copy of the system's Thunderbird that can have settings of its own: the program is copied, the rest are links. */
function ownInstallation(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(THUNDERBIRD_FOLDER)) {
    if (name === 'thunderbird-bin') copyFileSync(join(THUNDERBIRD_FOLDER, name), join(folder, name));
    else if (name === 'defaults')
      cpSync(join(THUNDERBIRD_FOLDER, name), join(folder, name), { recursive: true, dereference: true });
    else if (name !== 'distribution') symlinkSync(join(THUNDERBIRD_FOLDER, name), join(folder, name));
  }
  return folder;
}
