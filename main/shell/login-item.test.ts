import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { autostartFile, systemLoginItem, type StartCommand } from './login-item.ts';
import { homeDigest, startCommand, windowFolder } from './places.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-login-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const COMMAND: StartCommand = ['/opt/Endy mail/endymail', '--hidden'];
const entryIn = (base: string): string => readFileSync(join(base, 'autostart', 'endymail.desktop'), 'utf8');

it('is an entry of the session that comes and goes, and nothing else', async () => {
  const item = autostartFile({}, folder, 'endymail', COMMAND);
  expect(await item.isSet()).toBe(false);
  expect(await item.set(false)).toEqual({ ok: true });
  expect(await item.set(true)).toEqual({ ok: true });
  expect(await item.isSet()).toBe(true);
  expect(entryIn(join(folder, '.config')).split('\n')).toEqual([
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Endymail',
    'Comment=Keeps the mailboxes set up that you chose to protect',
    'Exec="/opt/Endy mail/endymail" "--hidden"',
    'Terminal=false',
    'NoDisplay=true',
    '',
  ]);
  expect(await item.set(false)).toEqual({ ok: true });
  expect(readdirSync(join(folder, '.config', 'autostart'))).toEqual([]);
});

it('lies where the session looks', async () => {
  const config = join(folder, 'ü');
  await autostartFile({ XDG_CONFIG_HOME: config }, folder, 'endymail', COMMAND).set(true);
  expect(entryIn(config)).toContain('[Desktop Entry]');
  await autostartFile({ XDG_CONFIG_HOME: 'relative' }, folder, 'endymail', COMMAND).set(true);
  expect(entryIn(join(folder, '.config'))).toContain('[Desktop Entry]');
});

it('counts as off where the desktop has switched it off', async () => {
  const item = autostartFile({}, folder, 'endymail', COMMAND);
  await item.set(true);
  const path = join(folder, '.config', 'autostart', 'endymail.desktop');
  for (const off of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
    const entry = readFileSync(path, 'utf8');
    writeFileSync(path, `${entry}${off}\n`);
    expect(await item.isSet()).toBe(false);
    writeFileSync(path, entry);
  }
  expect(await item.isSet()).toBe(true);
});

it('starts exactly the program with exactly its arguments, whatever characters are in them', async () => {
  await autostartFile({}, folder, 'endymail', ['/a b/$x`y"z', 'c:\\d', '100%', '%u']).set(true);
  const line = /^Exec=(.*)$/m.exec(entryIn(join(folder, '.config')))?.[1];
  // As a desktop reads it: first the escapes of a string, then the quotes of a command line.
  expect(line).toBe(String.raw`"/a b/\\$x\\` + '`' + String.raw`y\\"z" "c:\\\\d" "100%%" "%%u"`);
});

it('says where it can not be written', async () => {
  writeFileSync(join(folder, '.config'), 'a file where the folder would be');
  const item = autostartFile({}, folder, 'endymail', COMMAND);
  expect(await item.set(true)).toMatchObject({ error: { code: 'write-failed' } });
});

it('elsewhere the system keeps it', async () => {
  const app = { getLoginItemSettings: vi.fn(() => ({ openAtLogin: true })), setLoginItemSettings: vi.fn() };
  const item = systemLoginItem(app, COMMAND);
  expect(await item.isSet()).toBe(true);
  await item.set(false);
  const named = { path: '/opt/Endy mail/endymail', args: ['--hidden'] };
  expect(app.getLoginItemSettings).toHaveBeenCalledWith(named);
  expect(app.setLoginItemSettings).toHaveBeenCalledExactlyOnceWith({ ...named, openAtLogin: false });
});

it.each([
  [{ isPackaged: true, env: {} }, ['/opt/endymail', '--hidden']],
  [{ isPackaged: true, env: { APPIMAGE: '/home/a/Endymail.AppImage' } }, ['/home/a/Endymail.AppImage', '--hidden']],
  [{ isPackaged: true, env: {}, isDefaultHome: false }, ['/opt/endymail', '--hidden', '--home', '/data']],
  [{ isPackaged: false, env: {} }, null],
  [{ isPackaged: false, env: { ENDYMAIL_START_COMMAND: '["node","start.mjs"]' } }, ['node', 'start.mjs', '--hidden']],
  [{ isPackaged: false, env: { ENDYMAIL_START_COMMAND: 'node start.mjs' } }, null],
  [{ isPackaged: false, env: { ENDYMAIL_START_COMMAND: '[]' } }, null],
])('%j is started by %j', (places, command) => {
  expect(startCommand({ program: '/opt/endymail', home: '/data', isDefaultHome: true, ...places })).toEqual(command);
});

it('each home has a window folder of its own, that does not say where the home is', () => {
  const [one, two] = ['/home/alice/x', '/home/alice/y'].map((home) => windowFolder('/config', home));
  expect(one).toMatch(/^\/config\/Endymail Window\/[0-9a-f]{16}$/);
  expect(one).not.toBe(two);
  expect(homeDigest('/home/alice/x')).toBe(one!.slice(-16));
});
