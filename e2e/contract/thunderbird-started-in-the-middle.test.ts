import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  endProgram,
  requirePrograms,
  startProgram,
  thunderbirdEnv,
  THUNDERBIRD_PROGRAM,
  until,
} from '../harness/index.ts';
import { codeOf, createWorld, valueOf } from './thunderbird-world.ts';

/** The one moment in which the profile is not held: when the client runs for Endymail, or does not come up. */
it('[SEC-21] [SEC-24] a person who starts Thunderbird in the middle keeps their settings; the rest is done when it is closed', async () => {
  requirePrograms('thunderbird');
  await using world = await createWorld({ route: 'headless' });
  const { folder } = world.profile;
  const prefs = (): Promise<string> => readFile(join(folder, 'prefs.js'), 'utf8');
  const before = await prefs();
  const [reached, goOn] = ['reached', 'go-on'].map((name) => join(world.home.scratchFolder, name));

  // In the place of the program that the profile was used with last: it stops where a slow computer would.
  const script = `#!/bin/sh\n: > '${reached}'\nuntil [ -e '${goOn}' ]; do sleep 0.05; done\nexit 1\n`;
  await writeFile(join(world.home.scratchFolder, 'thunderbird-bin'), script, { mode: 0o700 });
  const compatibility = join(folder, 'compatibility.ini');
  const ini = await readFile(compatibility, 'utf8');
  await writeFile(compatibility, ini.replace(/^LastPlatformDir=.*$/m, `LastPlatformDir=${world.home.scratchFolder}`));

  const target = await world.target([world.alice], [world.bob]);
  const applying = world.adapter.apply(await world.discovered(), target);
  await until('the run to begin', () => existsSync(reached!));
  const thunderbird = startProgram(THUNDERBIRD_PROGRAM, ['--profile', folder, '--no-remote', '--headless'], {
    env: thunderbirdEnv(world.profile),
    logFile: join(world.home.scratchFolder, 'thunderbird.log'),
  });
  world.home.onDispose(() => endProgram(thunderbird, 'SIGKILL'));
  await until('Thunderbird to run', async () => (await world.discovered()).running);
  const running = await prefs();
  await writeFile(goOn!, '');
  expect(codeOf(await applying)).toBe('client-started');
  expect(await prefs()).toBe(running);
  expect(codeOf(await world.adapter.apply(await world.discovered(), target))).toBe('client-running');

  await endProgram(thunderbird);
  valueOf(await world.adapter.apply(await world.discovered(), target));
  expect(valueOf(await world.adapter.inspect(await world.discovered(), target))).toMatchObject({
    identities: [{ keyPresent: true, authorityTrusted: true, selected: true }],
    autoEnable: true,
    peopleReady: [world.bob.address],
  });
  valueOf(await world.adapter.apply(await world.discovered(), await world.target([])));
  const left = await prefs();
  expect(left).not.toMatch(/cert_(dbkey|name)|e2ee\.auto|marionette|remote\.prefs/);
  const settings = (text: string): string[] => text.match(/^user_pref\("mail\.(identity|account|server)\..*$/gm) ?? [];
  expect(settings(left)).toEqual(settings(before));
  expect((await readdir(folder)).filter((name) => name.startsWith('.endymail-'))).toEqual([]);
});
