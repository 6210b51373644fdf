import { expect, it } from 'vitest';
import type { System } from '../../../system.ts';
import { whyNoProfile } from './absence.ts';

const machine = (platform: NodeJS.Platform, homeDir: string): System => ({
  platform,
  homeDir,
  env: { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local', ProgramFiles: 'C:\\Program Files' },
  now: () => new Date(),
});
const linux = machine('linux', '/home/a');
const mac = machine('darwin', '/Users/a');
const windows = machine('win32', 'C:\\Users\\a');

it.each<[string, System, readonly string[], string, string]>([
  ['nothing at all', linux, [], 'no-client', 'No Thunderbird was found'],
  ['a deb that was never started', linux, ['/usr/lib/thunderbird/thunderbird-bin'], 'client-unused', 'never started'],
  ['a Snap', linux, ['/snap/bin/thunderbird'], 'client-unused', 'never started'],
  ['a Flatpak', linux, ['/var/lib/flatpak/exports/bin/org.mozilla.Thunderbird'], 'client-unused', 'never started'],
  [
    'a Thunderbird for Windows, beside Outlook',
    windows,
    ['C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe', 'C:\\Users\\a\\AppData\\Local\\Microsoft\\Outlook'],
    'client-unused',
    'never started',
  ],
  ['Outlook', windows, ['C:\\Users\\a\\AppData\\Local\\Microsoft\\Olk'], 'only-other-clients', 'Outlook yet'],
  ['Apple Mail', mac, ['/Users/a/Library/Mail'], 'only-other-clients', 'Apple Mail yet'],
  [
    'two others',
    linux,
    ['/home/a/.claws-mail', '/home/a/.config/geary'],
    'only-other-clients',
    'Geary or Claws Mail yet',
  ],
])('says it of %s', async (_title, system, there, code, says) => {
  const why = await whyNoProfile(system, (path) => Promise.resolve(there.includes(path)));
  expect(why.code).toBe(code);
  expect(why.message).toContain(says);
});
