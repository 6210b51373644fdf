import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, openSettings } from './shell-settings.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-settings-'));
  path = join(folder, 'ü', 'window.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('remembers what was chosen, for its owner alone', async () => {
  const first = await openSettings(path);
  expect(first.get()).toEqual(DEFAULT_SETTINGS);
  first.change({ theme: 'dark' });
  first.change({ bounds: { x: -5, y: 0, width: 700, height: 500 }, isMaximized: true });
  expect(first.get()).toMatchObject({ theme: 'dark', isMaximized: true });
  await first.flush();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'ü'))).toEqual(['window.json']);
  expect((await openSettings(path)).get()).toEqual(first.get());
});

it.each(['', '{', 'null', '[]', '{"version":2,"theme":"dark"}', '"x"', `{"version":1,"x":"${'x'.repeat(70_000)}"}`])(
  '[SEC-30] a file that is %j counts for nothing',
  async (text) => {
    path = join(folder, 'window.json');
    writeFileSync(path, text);
    expect((await openSettings(path)).get()).toEqual(DEFAULT_SETTINGS);
  },
);

it('[SEC-30] what is wrong in a file is taken alone for not there', async () => {
  path = join(folder, 'window.json');
  const bounds = { x: 1e9, y: 0, width: 'wide', height: 500 };
  writeFileSync(path, JSON.stringify({ version: 1, theme: 'dark', bounds, isMaximized: 'yes', lastBackupAt: 'x' }));
  expect((await openSettings(path)).get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
});

it('a disk that does not take it costs what was chosen, and nothing else', async () => {
  writeFileSync(join(folder, 'ü'), 'a file where the folder would be');
  const settings = await openSettings(path);
  settings.change({ theme: 'dark' });
  await settings.flush();
  expect(settings.get().theme).toBe('dark');
  expect(readFileSync(join(folder, 'ü'), 'utf8')).toBe('a file where the folder would be');
});
