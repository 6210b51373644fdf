import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientProfile, Discovery } from '@endymail/shared/mail';
import { discoverThunderbird } from './discover.ts';
import { profileId, readProfile } from './read-profile.ts';

let home = '';

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'endymail-discover ü-')));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), content);
}

const prefsFor = (address: string, more = ''): string =>
  `${[
    ['mail.accountmanager.accounts', 'account1'],
    ['mail.account.account1.identities', 'id1'],
    ['mail.account.account1.server', 'server1'],
    ['mail.server.server1.type', 'imap'],
    ['mail.server.server1.hostname', 'imap.example.org'],
    ['mail.identity.id1.useremail', address],
  ]
    .map(([name, value]) => `user_pref("${name ?? ''}", "${value ?? ''}");`)
    .join('\n')}\n${more}`;

/** A folder with one profile in it. */
function putProfile(root: string, address: string, path = 'x.default'): void {
  put(`${root}/profiles.ini`, `[Install1]\nDefault=${path}\n[Profile0]\nName=default\nIsRelative=1\nPath=${path}\n`);
  put(`${root}/${path}/prefs.js`, prefsFor(address));
}

const discover = (...otherFolders: readonly string[]): Promise<Discovery> =>
  discoverThunderbird(
    { platform: 'linux', homeDir: home, env: {}, now: () => new Date() },
    { systemFolder: join(home, 'etc'), otherFolders },
  );

const addressesOf = ({ profiles }: Discovery): string[] =>
  profiles.flatMap(({ identities }) => identities.map(({ address }) => address));

async function onlyProfile(): Promise<ClientProfile> {
  const { profiles } = await discover();
  expect(profiles).toHaveLength(1);
  return profiles[0]!;
}

describe('where profiles are', () => {
  it('is nowhere on a computer without Thunderbird', async () => {
    expect(await discover()).toMatchObject({ profiles: [], problems: [] });
  });

  it('is in every packaging', async () => {
    putProfile('.thunderbird', 'deb@example.org');
    putProfile('.var/app/org.mozilla.Thunderbird/.thunderbird', 'flatpak@example.org');
    putProfile('.var/app/eu.betterbird.Betterbird/.thunderbird', 'better@example.org');
    putProfile('snap/thunderbird/common/.thunderbird', 'snap@example.org');
    const { profiles } = await discover();
    expect(profiles.map((profile) => [profile.identities[0]?.address, profile.packaging, profile.product])).toEqual([
      ['deb@example.org', 'native', 'Thunderbird'],
      ['flatpak@example.org', 'flatpak', 'Thunderbird'],
      ['better@example.org', 'flatpak', 'Betterbird'],
      ['snap@example.org', 'snap', 'Thunderbird'],
    ]);
  });

  it('is counted once where ~/.thunderbird is a link to ~/.icedove', async () => {
    putProfile('.icedove', 'old@example.org');
    symlinkSync('.icedove', join(home, '.thunderbird'));
    const profile = await onlyProfile();
    expect(profile.path).toBe(join(home, '.icedove/x.default'));
    expect(profile.id).toBe(profileId(profile.path));
  });

  it('is counted once where a profile is named twice, and in use if either says so', async () => {
    putProfile('.thunderbird', 'one@example.org');
    put(
      '.thunderbird/profiles.ini',
      `[Profile0]\nName=link\nIsRelative=0\nPath=${home}/link\n[Profile1]\nName=x\nIsRelative=1\nPath=x.default\nDefault=1\n`,
    );
    symlinkSync('.thunderbird/x.default', join(home, 'link'));
    expect((await onlyProfile()).inUse).toBe(true);
  });

  it('leaves out deleted folders and the empty profile of a first start', async () => {
    putProfile('.thunderbird', 'one@example.org');
    put(
      '.thunderbird/profiles.ini',
      '[Install1]\nDefault=x.default\n[Profile0]\nPath=x.default\n[Profile1]\nPath=gone\n[Profile2]\nPath=empty\n',
    );
    mkdirSync(join(home, '.thunderbird/empty'));
    expect((await onlyProfile()).name).toBe('Profile0');
  });

  it('lists two profiles with one address as two', async () => {
    putProfile('.thunderbird', 'same@example.org', 'a b.one');
    putProfile('.icedove', 'same@example.org', 'zwölf');
    const discovery = await discover();
    expect(addressesOf(discovery)).toEqual(['same@example.org', 'same@example.org']);
    expect(new Set(discovery.profiles.map(({ id }) => id)).size).toBe(2);
  });

  it('[SEC-30] goes on past what can not be read', async () => {
    putProfile('.thunderbird', 'good@example.org');
    put('.icedove/profiles.ini', new Uint8Array([0xff, 0xfe, 0x00]));
    mkdirSync(join(home, 'snap/thunderbird/common/.thunderbird/profiles.ini'), { recursive: true });
    const discovery = await discover();
    expect(addressesOf(discovery)).toEqual(['good@example.org']);
    expect(discovery.problems.map(({ code }) => code)).toEqual(['profile-malformed', 'profile-unreadable']);
  });
});

describe('folders that the person pointed at', () => {
  it('are looked into beside the usual places', async () => {
    putProfile('.thunderbird', 'usual@example.org');
    putProfile('media/usb', 'named@example.org');
    putProfile('backup of 2025', 'itself@example.org', 'abc.default');
    const { profiles, problems } = await discover(join(home, 'media/usb'), join(home, 'backup of 2025/abc.default'));
    expect(problems).toEqual([]);
    expect(profiles.map((one) => [one.identities[0]?.address, one.name, one.packaging, one.inUse])).toEqual([
      ['usual@example.org', 'default', 'native', true],
      ['named@example.org', 'default', 'native', true],
      ['itself@example.org', 'abc.default', 'native', false],
    ]);
  });

  it('that are found anyway add nothing', async () => {
    putProfile('.var/app/org.mozilla.Thunderbird/.thunderbird', 'flatpak@example.org');
    const folder = join(home, '.var/app/org.mozilla.Thunderbird/.thunderbird');
    const { profiles } = await discover(folder, join(folder, 'x.default'), join(folder, 'x.default'));
    expect(profiles.map((one) => [one.packaging, one.inUse])).toEqual([['flatpak', true]]);
  });

  it('that are gone are said to be, and the rest is found', async () => {
    putProfile('.thunderbird', 'usual@example.org');
    mkdirSync(join(home, 'emptied'));
    const discovery = await discover(join(home, 'gone'), join(home, 'emptied'));
    expect(addressesOf(discovery)).toEqual(['usual@example.org']);
    expect(discovery.problems.map(({ code }) => code)).toEqual(['folder-missing', 'folder-without-profile']);
    expect(discovery.problems[0]?.message).toContain(join(home, 'gone'));
  });
});

describe('what is said of a profile', () => {
  it('is the version and program that last used it', async () => {
    putProfile('.thunderbird', 'a@example.org');
    put('opt/Betterbird 140/betterbird', '');
    chmodSync(join(home, 'opt/Betterbird 140/betterbird'), 0o755);
    put(
      '.thunderbird/x.default/compatibility.ini',
      `[Compatibility]\r\nLastVersion=140.6.0esr_20260101/20260101\r\nLastPlatformDir=${home}/opt/Betterbird 140\r\n`,
    );
    const profile = await onlyProfile();
    expect([profile.version, profile.program, profile.product, profile.problems]).toEqual([
      '140.6.0esr',
      join(home, 'opt/Betterbird 140/betterbird'),
      'Betterbird',
      [],
    ]);
  });

  it('is no program of the other product', async () => {
    putProfile('.thunderbird', 'a@example.org');
    put('apps/thunderbird', '');
    put('apps/betterbird', '');
    chmodSync(join(home, 'apps/betterbird'), 0o755);
    put('.thunderbird/x.default/compatibility.ini', `[Compatibility]\nLastPlatformDir=${home}/apps\n`);
    expect((await onlyProfile()).program).not.toBe(join(home, 'apps/betterbird'));
    chmodSync(join(home, 'apps/thunderbird'), 0o755);
    expect((await onlyProfile()).program).toBe(join(home, 'apps/thunderbird'));
  });

  it('is that it is too old', async () => {
    putProfile('.thunderbird', 'a@example.org');
    put('.thunderbird/x.default/compatibility.ini', '[Compatibility]\nLastVersion=115.18.0_2024/2024\n');
    expect((await onlyProfile()).problems.map(({ code }) => code)).toEqual(['client-too-old']);
  });

  it('is null where it was never started and has no keys', async () => {
    putProfile('.thunderbird', 'a@example.org');
    const { version, primaryPassword, running, autoEnable } = await onlyProfile();
    expect({ version, primaryPassword, running, autoEnable }).toEqual({
      version: null,
      primaryPassword: null,
      running: false,
      autoEnable: false,
    });
  });

  it('is nothing, but a failure, where its folder is gone', async () => {
    putProfile('.thunderbird', 'a@example.org');
    const profile = await onlyProfile();
    rmSync(profile.path, { recursive: true });
    const again = await readProfile(profile, { platform: 'linux', homeDir: home, env: {}, now: () => new Date() });
    expect(again.ok ? 'ok' : again.error.code).toBe('profile-unreadable');
  });

  it('is listed with the reason where prefs.js is half-written, and `readProfile` refuses it', async () => {
    putProfile('.thunderbird', 'a@example.org');
    put('.thunderbird/x.default/prefs.js', prefsFor('a@example.org', 'user_pref("mail.identi'));
    const profile = await onlyProfile();
    expect([profile.identities, profile.problems.map(({ code }) => code)]).toEqual([[], ['profile-malformed']]);
    const again = await readProfile(profile, { platform: 'linux', homeDir: home, env: {}, now: () => new Date() });
    expect(again.ok ? 'ok' : again.error.code).toBe('profile-malformed');
  });
});

describe('what others fix', () => {
  const enable = 'mail.e2ee.auto_enable';
  const profile = '.thunderbird/x.default';

  beforeEach(() => {
    putProfile('.thunderbird', 'a@example.org');
    put(`${profile}/compatibility.ini`, `[Compatibility]\nLastVersion=153.0_1/1\nLastPlatformDir=${home}/tb\n`);
  });

  it('is in user.js, also for accounts', async () => {
    put(
      `${profile}/user.js`,
      `user_pref("${enable}", true);\nuser_pref("mail.identity.id1.useremail", "b@example.org");\n`,
    );
    const read = await onlyProfile();
    expect([read.autoEnable, read.identities[0]?.address]).toEqual([true, 'b@example.org']);
    expect(read.overruled).toEqual([{ name: enable, value: true, by: 'user.js' }]);
  });

  it('is told as a problem where user.js is half-written', async () => {
    put(`${profile}/user.js`, `user_pref("${enable}", tr`);
    expect((await onlyProfile()).problems.map(({ code }) => code)).toEqual(['profile-malformed']);
  });

  it.each<[string, unknown, boolean, boolean]>([
    ['locked', { Value: true, Status: 'locked' }, true, true],
    ['a bare value', true, true, true],
    ['a bare 1 of a Windows policy', 1, true, true],
    ['user', { Value: true, Status: 'user' }, true, true],
    ['clear', { Status: 'clear' }, false, true],
    ['default', { Value: true, Status: 'default' }, true, false],
    ['without status', { Value: true }, true, false],
    ['an unknown status', { Value: true, Status: 'sometimes' }, false, false],
    ['a value that is no pref', { Value: [true], Status: 'locked' }, false, false],
  ])('is in the policies: %s', async (_title, setting, value, fixed) => {
    put('etc/policies/policies.json', JSON.stringify({ policies: { Preferences: { [enable]: setting } } }));
    const read = await onlyProfile();
    expect(read.autoEnable).toBe(value);
    expect(read.overruled).toEqual(fixed ? [{ name: enable, value: value || null, by: 'policy' }] : []);
  });

  it('is in the policies of the installation only where the system has none', async () => {
    const policies = (value: boolean): string =>
      JSON.stringify({ policies: { Preferences: { [enable]: { Value: value, Status: 'locked' } } } });
    put('tb/distribution/policies.json', policies(true));
    expect((await onlyProfile()).autoEnable).toBe(true);
    put('etc/policies/policies.json', policies(false));
    expect((await onlyProfile()).autoEnable).toBe(false);
  });

  it('is nothing where policies.json is damaged, which is told', async () => {
    put('etc/policies/policies.json', '{"policies": {');
    const read = await onlyProfile();
    expect([read.overruled, read.problems.map(({ code }) => code)]).toEqual([[], ['profile-malformed']]);
  });

  it('is in the autoconfig file that the defaults name, plain or shifted by 13', async () => {
    const calls = `// first line\nlockPref("${enable}", false);\n// lockPref("mail.e2ee.auto_disable", true);\npref('mail.identity.id1.encryptionpolicy', 2);\n`;
    put('tb/defaults/pref/local.js', 'pref("general.config.filename", "mozilla.cfg");\n');
    put('tb/mozilla.cfg', calls);
    const expected = [
      { name: enable, value: false, by: 'autoconfig' },
      { name: 'mail.identity.id1.encryptionpolicy', value: 2, by: 'autoconfig' },
    ];
    expect((await onlyProfile()).overruled).toEqual(expected);
    put('etc/pref/local.js', 'pref("general.config.obscure_value", 13);\n');
    put(
      'tb/mozilla.cfg',
      Buffer.from(calls).map((byte) => byte + 13),
    );
    expect((await onlyProfile()).overruled).toEqual(expected);
  });

  it('is in defaults of the program that are locked', async () => {
    put('etc/pref/site.js', `pref("${enable}", true);\npref("mail.e2ee.auto_disable", false, locked);\n`);
    const read = await onlyProfile();
    expect(read.autoEnable).toBe(true);
    expect(read.overruled).toEqual([{ name: 'mail.e2ee.auto_disable', value: false, by: 'autoconfig' }]);
  });

  it('[SEC-30] is not looked for outside the installation', async () => {
    put('tb/defaults/pref/local.js', 'pref("general.config.filename", "../secret.cfg");\n');
    put('secret.cfg', `lockPref("${enable}", true);`);
    const read = await onlyProfile();
    expect([read.overruled, read.problems.map(({ code }) => code)]).toEqual([[], ['profile-malformed']]);
  });
});
