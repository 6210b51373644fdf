import { describe, expect, it } from 'vitest';
import type { System } from '../../../system.ts';
import { clientPlaces } from './places.ts';
import { programCandidates } from './programs.ts';

const system = (platform: NodeJS.Platform, homeDir: string, env: System['env'] = {}): System => ({
  platform,
  homeDir,
  env,
  now: () => new Date(),
});

const LINUX = system('linux', '/home/zoë k');
const MAC = system('darwin', '/Users/zoe');
const WINDOWS = system('win32', 'C:\\Users\\Zoë', {
  APPDATA: 'D:\\Roaming',
  LOCALAPPDATA: 'C:\\Users\\Zoë\\AppData\\Local',
  ProgramFiles: 'C:\\Program Files',
});

const described = (of: System): string[] =>
  clientPlaces(of).map(({ packaging, product, folder, varying }) =>
    [packaging, product, folder, varying?.below ?? ''].join(' | ').trim(),
  );

describe('places', () => {
  it('knows those of Linux', () => {
    expect(described(LINUX)).toEqual([
      'native | Thunderbird | /home/zoë k/.thunderbird |',
      'native | Thunderbird | /home/zoë k/.icedove |',
      'native | Thunderbird | /home/zoë k/.mozilla-thunderbird |',
      'flatpak | Thunderbird | /home/zoë k/.var/app | .thunderbird',
      'flatpak | Betterbird | /home/zoë k/.var/app | .thunderbird',
      'snap | Thunderbird | /home/zoë k/snap/thunderbird/common/.thunderbird |',
    ]);
  });

  it('knows those of macOS and Windows, also of the store', () => {
    expect(described(MAC)).toEqual(['native | Thunderbird | /Users/zoe/Library/Thunderbird |']);
    expect(described(WINDOWS)).toEqual([
      'native | Thunderbird | D:\\Roaming\\Thunderbird |',
      'store | Thunderbird | C:\\Users\\Zoë\\AppData\\Local\\Packages | LocalCache\\Roaming\\Thunderbird',
    ]);
    expect(described(system('win32', 'C:\\Users\\Zoë'))[0]).toContain('C:\\Users\\Zoë\\AppData\\Roaming\\Thunderbird');
  });

  it.each([
    ['org.mozilla.Thunderbird', 'Thunderbird'],
    ['org.mozilla.thunderbird', 'Thunderbird'],
    ['net.thunderbird.Thunderbird', 'Thunderbird'],
    ['org.mozilla.thunderbird_esr', 'Thunderbird'],
    ['eu.betterbird.Betterbird', 'Betterbird'],
    ['org.mozilla.firefox', undefined],
  ])('takes the Flatpak %s for %s', (id, product) => {
    const matching = clientPlaces(LINUX).filter(({ varying }) => varying?.entry.test(id) === true);
    expect(matching.map((place) => place.product)).toEqual(product === undefined ? [] : [product]);
  });

  it('takes the packages of the Microsoft Store', () => {
    const entry = clientPlaces(WINDOWS).find(({ packaging }) => packaging === 'store')?.varying?.entry;
    const taken = ['MozillaThunderbird.MZLA_h5892qc0xkpca', 'Mozilla.Firefox_n80bbvh6b1yt2', 'Microsoft.Edge_8wekyb'];
    expect(taken.map((name) => entry?.test(name))).toEqual([true, false, false]);
  });
});

describe('programs', () => {
  it('begin with the folder that the profile names', () => {
    expect(programCandidates(LINUX, 'native', '/opt/tb 153', null)[0]).toBe('/opt/tb 153/thunderbird-bin');
    expect(programCandidates(LINUX, 'native', null, null)[0]).toBe('/usr/lib/thunderbird/thunderbird-bin');
    expect(programCandidates(LINUX, 'native', 'relative', null)[0]).toBe('/usr/lib/thunderbird/thunderbird-bin');
    expect(programCandidates(MAC, 'native', '/Applications/TB.app/Contents/Resources', null)[0]).toBe(
      '/Applications/TB.app/Contents/MacOS/thunderbird',
    );
    expect(programCandidates(WINDOWS, 'native', 'E:\\TB', null)[0]).toBe('E:\\TB\\thunderbird.exe');
    expect(programCandidates(WINDOWS, 'native', null, null)).toContain(
      'C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe',
    );
  });

  it('of a Flatpak or Snap are those that enter its sandbox', () => {
    expect(programCandidates(LINUX, 'flatpak', '/app/lib/thunderbird', 'org.mozilla.Thunderbird')).toEqual([
      '/home/zoë k/.local/share/flatpak/exports/bin/org.mozilla.Thunderbird',
      '/var/lib/flatpak/exports/bin/org.mozilla.Thunderbird',
    ]);
    expect(programCandidates(LINUX, 'snap', '/snap/thunderbird/1/usr/lib/thunderbird', null)[0]).toBe(
      '/snap/bin/thunderbird',
    );
  });
});
