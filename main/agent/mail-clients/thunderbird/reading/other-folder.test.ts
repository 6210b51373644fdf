import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { System } from '../../../system.ts';
import { profilesAt } from './other-folder.ts';

let folder = '';
let system: System;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'endymail-other-folder ü-')));
  system = { platform: 'linux', homeDir: folder, env: {}, now: () => new Date() };
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a folder with these files in it. */
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

const NAMES_ONE = '[Profile0]\nName=work\nIsRelative=1\nPath=abc.work\n';

it('takes a profile itself, by the place where it really is', async () => {
  const profile = folderWith('abc.work', { 'prefs.js': '' });
  symlinkSync('abc.work', join(folder, 'link'));
  const found = await profilesAt(join(folder, 'link'), system);
  expect(found).toEqual({
    ok: true,
    value: {
      folder: profile,
      locations: [{ path: profile, name: 'abc.work', packaging: 'native', product: 'Thunderbird', inUse: false }],
      problems: [],
    },
  });
});

it('takes a folder whose profiles.ini names a profile', async () => {
  const profile = folderWith('moved/abc.work', { 'prefs.js': '' });
  const found = await profilesAt(folderWith('moved', { 'profiles.ini': NAMES_ONE }), system);
  expect(found.ok && found.value.locations.map(({ name, path }) => [name, path])).toEqual([['work', profile]]);
});

it.each<[string, () => string, string]>([
  ['is not there', () => join(folder, 'nowhere'), 'folder-missing'],
  [
    'is a link to nowhere',
    () => (symlinkSync('nowhere', join(folder, 'link')), join(folder, 'link')),
    'folder-missing',
  ],
  ['is empty', () => folderWith('empty', {}), 'folder-without-profile'],
  ['holds something else', () => folderWith('other', { 'letter.txt': '' }), 'folder-without-profile'],
  ['names profiles that are gone', () => folderWith('named', { 'profiles.ini': NAMES_ONE }), 'folder-without-profile'],
  [
    'has a damaged profiles.ini',
    () => folderWith('bad', { 'profiles.ini': '[Profile0]\nPath=../x\n' }),
    'profile-malformed',
  ],
  ['is a file', () => join(folderWith('some', { 'prefs.js': '' }), 'prefs.js'), 'folder-without-profile'],
])('refuses one that %s', async (_, make, code) => {
  const path = make();
  const found = await profilesAt(path, system);
  expect(!found.ok && found.error.code).toBe(code);
});
