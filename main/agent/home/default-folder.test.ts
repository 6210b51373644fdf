import { expect, test } from 'vitest';
import { defaultHomeFolder } from './default-folder.ts';

const now = (): Date => new Date();

test.each([
  ['linux', '/home/alice', {}, '/home/alice/.local/share/endymail'],
  ['linux', '/home/alice', { XDG_DATA_HOME: '/data/alice' }, '/data/alice/endymail'],
  ['linux', '/home/alice', { XDG_DATA_HOME: 'relative' }, '/home/alice/.local/share/endymail'],
  ['linux', '/home/alice', { XDG_DATA_HOME: '' }, '/home/alice/.local/share/endymail'],
  ['darwin', '/Users/alice', { XDG_DATA_HOME: '/x' }, '/Users/alice/Library/Application Support/Endymail'],
  ['win32', 'C:\\Users\\alice', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\Endymail'],
  ['win32', 'C:\\Users\\alice', {}, 'C:\\Users\\alice\\AppData\\Local\\Endymail'],
] as const)('%s, home %s, %j: %s', (platform, homeDir, env, expected) => {
  expect(defaultHomeFolder({ platform, homeDir, env, now })).toBe(expected);
});
