import { existsSync } from 'node:fs';
import { appendFile, chmod, lstat, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transportKey } from '../../main/agent/certificates/index.ts';
import { certificateFor, certificateHash, setPrefs, startThunderbird } from '../harness/index.ts';
import { clientsFolder, codeOf, createWorld, valueOf, type World } from './thunderbird-world.ts';

const prefsOf = (world: World): Promise<string> => readFile(join(world.profile.folder, 'prefs.js'), 'utf8');

describe('while Thunderbird runs', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld({ route: 'nss-tools' });
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([world.alice], [world.carol])));
  });

  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  it("[SEC-21] settings are not written, people's certificates are, and both are seen", async () => {
    await using thunderbird = await startThunderbird(world.profile);
    const before = await prefsOf(world);
    const profile = await world.discovered();
    expect(profile.running).toBe(true);

    const both = await world.target([world.alice, world.work], [world.carol]);
    expect(valueOf(await world.adapter.plan(profile, both)).obstacles.map(({ code }) => code)).toEqual([
      'client-running',
    ]);
    expect(codeOf(await world.adapter.apply(profile, both))).toBe('client-running');
    const headless = world.adapterWith({ route: 'headless' });
    const known = await world.target([world.alice], [world.bob, world.carol]);
    expect(codeOf(await headless.apply(profile, known))).toBe('client-running');

    expect(await certificateFor(thunderbird, world.bob.address)).toBeNull();
    expect(valueOf(await world.adapter.apply(profile, known)).applied).toBe(2);
    expect((await certificateFor(thunderbird, world.bob.address))?.sha256).toBe(
      certificateHash(world.bob.own.certificate),
    );
    expect(valueOf(await world.adapter.inspect(profile, known))).toMatchObject({
      anchorTrusted: true,
      peopleReady: [world.bob.address, world.carol.address],
    });
    expect(await prefsOf(world)).toBe(before);
    await thunderbird.quit();
  });

  it('what was left for later is done when it is closed', async () => {
    const both = await world.target([world.alice, world.work], [world.bob, world.carol]);
    expect(valueOf(await world.adapter.apply(await world.discovered(), both)).applied).toBe(6);
  });
});

describe('a profile', () => {
  let world: World;

  beforeEach(async () => {
    world = await createWorld({ route: 'nss-tools', started: false, name: 'ab12.Zoë & co' });
    return () => world[Symbol.asyncDispose]();
  });

  const apply = async (target: Awaited<ReturnType<World['target']>>) =>
    world.adapter.apply(await world.discovered(), target);

  it('that was never started is set up, and undone to the byte', async () => {
    valueOf(await apply(await world.target([world.alice, world.work], [world.bob])));
    await using thunderbird = await startThunderbird(world.profile);
    expect((await certificateFor(thunderbird, world.bob.address))?.sha256).toBe(
      certificateHash(world.bob.own.certificate),
    );
    await thunderbird.quit();
    const ours = /cert_(dbkey|name)"|"mail\.e2ee\.auto_/;
    const started = (await prefsOf(world)).split('\n');
    valueOf(await apply(await world.target([])));
    expect(await prefsOf(world)).toBe(started.filter((line) => !ours.test(line)).join('\n'));
  });

  it('keeps the permissions of its settings, and the link where they are one', async () => {
    const file = join(world.profile.folder, 'prefs.js');
    const target = join(world.home.folder, 'dotfiles-prefs.js');
    await chmod(file, 0o640);
    await rename(file, target);
    await symlink(target, file);
    valueOf(await apply(await world.target([world.alice])));
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect((await stat(target)).mode & 0o777).toBe(0o640);
    expect(await readFile(target, 'utf8')).toContain('signing_cert_dbkey');
  });

  it('[SEC-23] with an own S/MIME set-up is left alone, or given back by undo', async () => {
    const own = { 'mail.identity.id1.signing_cert_dbkey': 'AAAA', 'mail.identity.id1.signing_cert_name': 'My own' };
    setPrefs(world.profile.folder, own);
    const before = await prefsOf(world);
    expect(codeOf(await apply(await world.target([world.alice])))).toBe('own-setup');
    expect(await prefsOf(world)).toBe(before);
    const replacing = {
      ...(await world.target([])),
      identities: [world.identity(world.alice, { replaceOwn: true })],
    };
    valueOf(await apply(replacing));
    expect(await prefsOf(world)).not.toContain('My own');
    valueOf(await apply(await world.target([])));
    expect(await prefsOf(world)).toBe(before);
  });

  it('[SEC-23] tells whom the switch of the whole profile overrules', async () => {
    setPrefs(world.profile.folder, { 'mail.identity.id2.encryptionpolicy': 2 });
    const plan = valueOf(await world.adapter.plan(await world.discovered(), await world.target([world.alice])));
    expect(plan.consents).toEqual([
      {
        kind: 'profile-wide',
        identities: [{ identityId: 'id2', address: world.work.address, loses: 'require-encryption' }],
      },
    ]);
  });

  it('whose user.js fixes a setting says so, and is left as it is', async () => {
    await writeFile(join(world.profile.folder, 'user.js'), 'user_pref("mail.e2ee.auto_enable", false);\n');
    const before = await prefsOf(world);
    expect(codeOf(await apply(await world.target([world.alice])))).toBe('settings-overruled');
    expect(await prefsOf(world)).toBe(before);
  });

  it('with half-written settings is refused, and left as it is', async () => {
    const profile = await world.discovered();
    await appendFile(join(world.profile.folder, 'prefs.js'), 'user_pref("mail.e2ee.auto_en');
    const before = await prefsOf(world);
    const target = await world.target([world.alice]);
    expect(codeOf(await world.adapter.plan(profile, target))).toBe('profile-malformed');
    expect(codeOf(await world.adapter.apply(profile, target))).toBe('profile-malformed');
    expect(await prefsOf(world)).toBe(before);
  });

  it('[SEC-22] keeps what the person changed since, until they say to put it back', async () => {
    const before = await prefsOf(world);
    const enabled = await world.target([world.alice]);
    valueOf(await apply(enabled));
    setPrefs(world.profile.folder, { 'mail.identity.id1.encryption_cert_name': 'Mine now' });
    expect(valueOf(await apply(enabled)).changedByHand.map(({ name }) => name)).toEqual([
      'mail.identity.id1.encryption_cert_name',
    ]);
    expect(valueOf(await apply(await world.target([]))).changedByHand).toHaveLength(1);
    expect(await prefsOf(world)).toContain('Mine now');
    valueOf(await apply({ ...(await world.target([])), changedByHand: 'put-back' }));
    expect(await prefsOf(world)).toBe(before);
  });

  it('[SEC-33] is not forgotten while something of ours is in it', async () => {
    valueOf(await apply(await world.target([world.alice])));
    const profile = await world.discovered();
    expect(codeOf(await world.adapter.forget(profile))).toBe('not-taken-back');
    valueOf(await apply(await world.target([])));
    valueOf(await world.adapter.forget(profile));
    expect(existsSync(join(clientsFolder(world.home), `${profile.id}.jsonl`))).toBe(false);
  });

  it('[SEC-31] whose journal a newer Endymail wrote is left as it is', async () => {
    valueOf(await apply(await world.target([world.alice])));
    const before = await prefsOf(world);
    const { id } = await world.discovered();
    await appendFile(join(clientsFolder(world.home), `${id}.jsonl`), '{"v":2}\n');
    expect(codeOf(await apply(await world.target([])))).toBe('home-newer');
    expect(await prefsOf(world)).toBe(before);
  });

  it('has its two mailboxes taken back one after the other, the switch with the last', async () => {
    const before = await prefsOf(world);
    valueOf(await apply(await world.target([world.alice, world.work], [world.bob])));
    valueOf(await apply(await world.target([world.work], [world.bob])));
    const one = await prefsOf(world);
    expect([one.includes('id1.signing'), one.includes('id2.signing'), one.includes('auto_enable')]).toEqual([
      false,
      true,
      true,
    ]);
    valueOf(await apply(await world.target([])));
    expect(await prefsOf(world)).toBe(before);
    expect(trustIn(world)).toBe(0);
  });
});

describe('the programs that are run', () => {
  it('[SEC-1] [SEC-5] are given no secret as an argument or in the environment, and no file with a name', async () => {
    await using world = await createWorld({ started: false });
    const log = join(world.home.scratchFolder, 'calls');
    const folder = join(world.home.scratchFolder, 'bin');
    await mkdir(folder);
    for (const name of ['certutil', 'pk12util']) {
      // Says what it is called with, then is the real one.
      const script = `#!/bin/sh\n{ echo "${name} $*"; env; } >> '${log}'\nexec /usr/bin/${name} "$@"\n`;
      await writeFile(join(folder, name), script, { mode: 0o700 });
    }
    const env = { ...world.home.env, PATH: `${folder}:${world.home.env['PATH'] ?? ''}` };
    const system = { platform: process.platform, homeDir: world.home.folder, env, now: () => new Date() };
    const key = await transportKey(world.alice.own);
    const target = {
      ...(await world.target([])),
      identities: [world.identity(world.alice, { pkcs12: () => Promise.resolve(key) })],
    };
    valueOf(await world.adapterWith({ system, route: 'nss-tools' }).apply(await world.discovered(), target));
    const calls = await readFile(log, 'utf8');
    expect(calls).toContain('pk12util -i /dev/fd/3 -w /dev/fd/4 -k /dev/fd/5');
    expect(calls).not.toContain(key.password.reveal());
  });
});

describe('a primary password', () => {
  it('stands in the way of keys and trust, not of people, and nothing is changed', async () => {
    await using world = await createWorld({ started: false });
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([world.alice], [world.carol])));
    await world.setPrimaryPassword('a long one');
    const profile = await world.discovered();
    expect(profile.primaryPassword).toBe(true);
    const before = await prefsOf(world);
    const both = await world.target([world.alice, world.work], [world.carol]);
    for (const route of ['nss-tools', 'headless'] as const) {
      expect(codeOf(await world.adapterWith({ route }).apply(profile, both))).toBe('primary-password');
    }
    expect(await prefsOf(world)).toBe(before);
    const people = await world.target([world.alice], [world.bob]);
    expect(valueOf(await world.adapter.apply(profile, people)).applied).toBe(4);
    expect(valueOf(await world.adapter.inspect(profile, people)).peopleReady).toEqual([world.bob.address]);
  });
});

/** How many trust objects the store holds: the old form of NSS and that of PKCS #11 3.2. */
function trustIn(world: World): number {
  using database = new DatabaseSync(join(world.profile.folder, 'cert9.db'), { readOnly: true });
  const row = database
    .prepare("SELECT count(*) AS trust FROM nssPublic WHERE hex(a0) IN ('CE534353', '0000000B')")
    .get();
  return Number(row?.['trust']);
}
