import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueCrossCertificate, transportKey } from '../../main/agent/certificates/index.ts';
import {
  LIMIT_SCRIPT,
  scriptArguments,
  STORE_SCRIPT,
} from '../../main/agent/mail-clients/thunderbird/headless/store-script.ts';
import {
  addCertificate,
  certificateHash,
  endProgram,
  listCertificates,
  putIntoStore,
  setPrefs,
  startProgram,
  startThunderbird,
  takenNames,
  thunderbirdEnv,
  THUNDERBIRD_PROGRAM,
  until,
} from '../harness/index.ts';
import { clientsFolder, codeOf, createWorld, valueOf, type World } from './thunderbird-world.ts';

let world: World;

const prefs = (): Promise<string> => readFile(join(world.profile.folder, 'prefs.js'), 'utf8');
const keyFilesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.p12'));

async function executable(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o700);
}

beforeEach(async () => {
  world = await createWorld({ route: 'headless' });
  return () => world[Symbol.asyncDispose]();
});

describe('the short run of Thunderbird', () => {
  let server: Server;
  let contacted: number;

  beforeEach(async () => {
    contacted = 0;
    server = createServer((socket) => {
      contacted += 1;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.close();
  });

  it('[SEC-25] is offline: mail that is fetched at every start is not fetched', async () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    setPrefs(world.profile.folder, {
      'mail.server.server1.hostname': '127.0.0.1',
      'mail.server.server1.port': address.port,
      'mail.server.server1.login_at_startup': true,
      'mail.server.server1.check_new_mail': true,
      'mail.server.server1.empty_trash_on_exit': true,
    });
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([world.alice])));
    expect(contacted).toBe(0);
    expect(
      (await prefs()).match(/"mail\.server\.server1\.(login_at_startup|empty_trash_on_exit)", true/g),
    ).toHaveLength(2);
    // A start by the person does fetch it, and is not offline because the one before was.
    const thunderbird = startProgram(
      THUNDERBIRD_PROGRAM,
      ['--profile', world.profile.folder, '--no-remote', '--headless'],
      { env: thunderbirdEnv(world.profile), logFile: join(world.home.scratchFolder, 'thunderbird.log') },
    );
    await until('Thunderbird to fetch mail', () => contacted > 0);
    await endProgram(thunderbird, 'SIGKILL');
  });
});

describe('a profile that was never started', () => {
  it('is set up by its first start', async () => {
    await using fresh = await createWorld({ route: 'headless', started: false });
    const target = await fresh.target([fresh.alice], [fresh.bob]);
    valueOf(await fresh.adapter.apply(await fresh.discovered(), target));
    expect(valueOf(await fresh.adapter.inspect(await fresh.discovered(), target))).toMatchObject({
      identities: [{ keyPresent: true, authorityTrusted: true, selected: true }],
      peopleReady: [fresh.bob.address],
    });
    valueOf(await fresh.adapter.apply(await fresh.discovered(), await fresh.target([])));
    const left = await readFile(join(fresh.profile.folder, 'prefs.js'), 'utf8');
    expect(left).not.toMatch(/cert_(dbkey|name)|e2ee\.auto|marionette|remote\.prefs/);
  });
});

describe('the limit inside Thunderbird', () => {
  it('[SEC-25] ends it although nobody asks it to', async () => {
    const thunderbird = await startThunderbird(world.profile);
    await thunderbird.run(LIMIT_SCRIPT, [500]);
    // Another script, and with it another sandbox: the timer does not hang on the one that set it.
    await thunderbird.run('Cu.forceGC(); return 1;');
    await until('Thunderbird to end', async () => !(await world.discovered()).running);
    await thunderbird.quit();
  });
});

describe('the script inside Thunderbird', () => {
  it('may be run again after a run that was ended in the middle', async () => {
    const { pkcs12, password } = await transportKey(world.alice.own);
    const file = join(world.home.scratchFolder, 'key.p12');
    await writeFile(file, pkcs12.reveal());
    const der = Buffer.from(world.alice.authority.certificate).toString('base64');
    const changes = [
      { kind: 'add', der, trust: ',C,' },
      { kind: 'import-key', file, password: password.reveal() },
    ] as const;
    const remove = { kind: 'remove', der } as const;
    await using thunderbird = await startThunderbird(world.profile);
    expect(await thunderbird.run(STORE_SCRIPT, scriptArguments([...changes, ...changes, remove, remove]))).toBe('done');
    expect((await listCertificates(thunderbird)).map(({ sha256 }) => sha256)).toEqual([
      certificateHash(world.alice.own.certificate),
    ]);
    await thunderbird.quit();
  });
});

describe('a run that fails', () => {
  /** Has the profile name another program as the one that used it last. */
  async function useProgram(script: string): Promise<void> {
    await executable(join(world.home.scratchFolder, 'thunderbird-bin'), script);
    const file = join(world.profile.folder, 'compatibility.ini');
    const compatibility = await readFile(file, 'utf8');
    await writeFile(
      file,
      compatibility.replace(/^LastPlatformDir=.*$/m, `LastPlatformDir=${world.home.scratchFolder}`),
    );
  }

  it('leaves the profile as it was, and says so', async () => {
    await useProgram('exit 1');
    const before = await prefs();
    expect(codeOf(await world.adapter.apply(await world.discovered(), await world.target([world.alice])))).toBe(
      'client-run-failed',
    );
    expect(await prefs()).toBe(before);
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([])));
    expect(await prefs()).toBe(before);
  });

  it('is told from a store that refuses, because another certificate has the place of the new one', async () => {
    const { bob, carol } = world;
    const others = { authority: carol.authority, carol: bob.address, now: new Date(), taken: [] };
    const [twin] = takenNames({ ...others, victim: bob.own.certificate });
    await putIntoStore(world.profile.folder, { certificates: twin === undefined ? [] : [twin.key.certificate] });
    const before = await prefs();
    const target = await world.target([world.alice], [bob]);
    expect(codeOf(await world.adapter.apply(await world.discovered(), target))).toBe('certificate-store');
    expect(await prefs()).toBe(before);
  });
});

describe('a Thunderbird in a sandbox', () => {
  /** As a Flatpak: the profile below ~/.var/app/<id>, started by the program that Flatpak exports under the id. */
  async function makeFlatpak(): Promise<void> {
    const app = join(world.home.folder, '.var', 'app', 'org.mozilla.Thunderbird');
    await mkdir(app, { recursive: true });
    await rename(world.home.thunderbirdFolder, join(app, '.thunderbird'));
    const programs = join(world.home.folder, '.local', 'share', 'flatpak', 'exports', 'bin');
    await mkdir(programs, { recursive: true });
    await executable(join(programs, 'org.mozilla.Thunderbird'), `exec ${THUNDERBIRD_PROGRAM} "$@"`);
  }

  const discovered = async () => {
    const { profiles } = await world.adapter.discover();
    const found = profiles.find(({ packaging }) => packaging === 'flatpak');
    if (found === undefined) throw new Error('The profile was not found.');
    return found;
  };

  it('[SEC-5] is given keys by files in the profile, which are gone afterwards, also after a crash', async () => {
    await makeFlatpak();
    const profile = await discovered();
    const before = await readFile(join(profile.path, 'prefs.js'), 'utf8');
    const target = await world.target([world.alice, world.work]);
    const seen: (readonly string[])[] = [];
    const crash = new Error('as if killed');
    const crashing = world.adapterWith({
      onStep: (step) => {
        if (step === 'key-files-made') throw crash;
      },
    });
    await expect(crashing.apply(profile, target)).rejects.toBe(crash);
    seen.push(await keyFilesIn(profile.path));
    const journal = await readFile(join(clientsFolder(world.home), `${profile.id}.jsonl`), 'utf8');
    for (const name of seen[0] ?? []) expect(journal).toContain(name);
    expect(seen).toEqual([[expect.any(String), expect.any(String)]]);

    // Also where nothing else is wanted, the plan says that there is something to be done.
    const adapter = world.adapterWith({});
    const nothing = valueOf(await adapter.plan(await discovered(), await world.target([])));
    expect(nothing.steps.map((step) => step.kind === 'set-pref' && step.name)).toEqual(['remote.prefs.recommended']);
    valueOf(await adapter.apply(await discovered(), await world.target([])));
    expect(await keyFilesIn(profile.path)).toEqual([]);
    expect(await readFile(join(profile.path, 'prefs.js'), 'utf8')).toBe(before);

    valueOf(await adapter.apply(await discovered(), target));
    expect(await keyFilesIn(profile.path)).toEqual([]);
    const { identities } = valueOf(await adapter.inspect(await discovered(), target));
    expect(
      identities.map(({ keyPresent, authorityTrusted, selected }) => [keyPresent, authorityTrusted, selected]),
    ).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
  });
});

describe('certificates that share a nickname', () => {
  it('are told apart: the NSS tools leave them to Thunderbird, and the one that is not ours stays', async () => {
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([world.alice], [world.bob])));
    // The same subject by another issuing: Thunderbird gives it the nickname of the first.
    const theirs = await issueCrossCertificate({
      anchor: world.anchor,
      authority: world.bob.authority.certificate,
      address: world.bob.address,
      now: new Date(),
    });
    const ours = (await world.person(world.bob)).crossCertificate;
    const nicknames = async (): Promise<readonly (readonly [string, string])[]> => {
      await using thunderbird = await startThunderbird(world.profile);
      const found = (await listCertificates(thunderbird)).map(({ sha256, nickname }) => [sha256, nickname] as const);
      await thunderbird.quit();
      return found;
    };
    {
      await using thunderbird = await startThunderbird(world.profile);
      await addCertificate(thunderbird, theirs, ',,');
      await thunderbird.quit();
    }
    const before = new Map(await nicknames());
    expect(before.get(certificateHash(theirs))).toBe(before.get(certificateHash(ours)));
    const nssTools = world.adapterWith({ route: 'nss-tools' });
    valueOf(await nssTools.apply(await world.discovered(), await world.target([world.alice])));
    const after = new Map(await nicknames());
    expect([after.has(certificateHash(theirs)), after.has(certificateHash(ours))]).toEqual([true, false]);
  });
});
