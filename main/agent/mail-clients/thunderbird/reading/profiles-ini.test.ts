import { describe, expect, it } from 'vitest';
import { readProfilesIni } from './profiles-ini.ts';

const ROOT = '/home/a b/.thunderbird';

// What a first start of Thunderbird 153 wrote.
const FIRST_START = `[Profile1]
Name=default
IsRelative=1
Path=aheqspna.default
Default=1

[InstallFDC34C9F024745EB]
Default=jtvgalne.default-default
Locked=1

[Profile0]
Name=default-default
IsRelative=1
Path=jtvgalne.default-default

[General]
StartWithLastProfile=1
Version=2
`;

const used = (text: string, root = ROOT, platform: NodeJS.Platform = 'linux'): [string, boolean][] =>
  readProfilesIni(text, root, platform).profiles.map(({ path, inUse }) => [path, inUse]);

describe('profiles.ini', () => {
  it('goes by what the installation starts with, not by Default=1', () => {
    expect(used(FIRST_START)).toEqual([
      [`${ROOT}/aheqspna.default`, false],
      [`${ROOT}/jtvgalne.default-default`, true],
    ]);
  });

  it('goes by Default=1 only where no installation is named', () => {
    const old = FIRST_START.replace(/\[Install[^[]*/, '');
    expect(used(old)).toEqual([
      [`${ROOT}/aheqspna.default`, true],
      [`${ROOT}/jtvgalne.default-default`, false],
    ]);
  });

  it('counts the profile of every installation', () => {
    const two = `${FIRST_START}\n[InstallAAAA]\nDefault=aheqspna.default\n`;
    expect(used(two).map(([, inUse]) => inUse)).toEqual([true, true]);
  });

  it('reads a byte order mark, CRLF, comments, blanks, and letters outside ASCII', () => {
    const text = '\uFEFF; made by hand\r\n[Profile0]\r\n Name = Zoë \r\nIsRelative=1\r\nPath=Zoë & Söhne.default\r\n';
    expect(readProfilesIni(text, ROOT, 'linux').profiles).toEqual([
      { name: 'Zoë', path: `${ROOT}/Zoë & Söhne.default`, inUse: false },
    ]);
  });

  it('takes absolute paths where they are said to be', () => {
    expect(used('[Profile0]\nIsRelative=0\nPath=/data/mail profile\nDefault=1\n')).toEqual([
      ['/data/mail profile', true],
    ]);
    expect(used('[Profile0]\nIsRelative=0\nPath=D:\\Mail\\p\n', 'C:\\T', 'win32')).toEqual([['D:\\Mail\\p', false]]);
  });

  it('joins sections of the same name, the last value counts', () => {
    const text = '[Profile0]\nPath=a\nName=first\n[General]\nVersion=2\n[Profile0]\nPath=b\n';
    expect(readProfilesIni(text, ROOT, 'linux').profiles).toEqual([{ name: 'first', path: `${ROOT}/b`, inUse: false }]);
  });

  it('reads the paths of Windows', () => {
    const text = '[Profile0]\nIsRelative=1\nPath=Profiles/x.default\n';
    expect(used(text, 'C:\\Users\\Zoë\\AppData\\Roaming\\Thunderbird', 'win32')).toEqual([
      ['C:\\Users\\Zoë\\AppData\\Roaming\\Thunderbird\\Profiles\\x.default', false],
    ]);
  });

  it.each([
    ['IsRelative=1\nPath=../../etc'],
    ['IsRelative=1\nPath=a/../../b'],
    ['IsRelative=1\nPath=.'],
    ['IsRelative=1\nPath=/etc'],
    ['IsRelative=1'],
    ['IsRelative=0\nPath=relative'],
    ['IsRelative=1\nPath=nul\0byte'],
  ])('[SEC-30] names no folder for %j, and says so', (entry) => {
    const read = readProfilesIni(`[Profile0]\nName=odd\n${entry}\n`, ROOT, 'linux');
    expect(read.profiles).toEqual([]);
    expect(read.problems.map(({ code }) => code)).toEqual(['profile-malformed']);
  });

  it('[SEC-30] reads a bounded number of profiles', () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `[Profile${index}]\nPath=p${index}\n`).join('');
    const read = readProfilesIni(text, ROOT, 'linux');
    expect([read.profiles.length, read.problems.length]).toEqual([200, 1]);
  });
});
