import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownCommand } from './own-command.ts';

const node = { execPath: '/opt/node', env: {}, isElectron: false };
const app = { execPath: '/opt/Endymail/endymail', env: {}, isElectron: true };

it('is the engine and the script where it lies, whatever leads there', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'endymail-own-command-')));
  const [script, link] = [join(folder, 'endymail.mjs'), join(folder, 'endymail')];
  writeFileSync(script, '');
  symlinkSync(script, link);
  expect(ownCommand({ ...node, argv: ['/opt/node', link, 'serve'] })).toEqual(['/opt/node', script]);
  rmSync(folder, { recursive: true });
});

it('is the app itself as the command line, by the file of an AppImage where it is one', () => {
  const argv = ['/opt/Endymail/endymail', '--cli', 'serve', '--install'];
  expect(ownCommand({ ...app, argv })).toEqual(['/opt/Endymail/endymail', '--cli']);
  expect(ownCommand({ ...app, argv, env: { APPIMAGE: '/opt/Endymail.AppImage' } })).toEqual([
    '/opt/Endymail.AppImage',
    '--cli',
  ]);
  expect(ownCommand({ ...app, argv: ['/electron', '/checkout/main', '--cli', 'serve'] })).toEqual([
    '/opt/Endymail/endymail',
    '/checkout/main',
    '--cli',
  ]);
});
