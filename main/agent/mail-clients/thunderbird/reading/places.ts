import { posix, win32 } from 'node:path';
import type { ClientProfile, Packaging } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';

/**
 * Where a `profiles.ini` may be. Where a folder's name varies (identifiers of Flatpak and of the Microsoft Store),
 * `folder` is listed and every entry that matches is looked at.
 */
export interface Place {
  readonly packaging: Packaging;
  readonly product: ClientProfile['product'];
  readonly folder: string;
  readonly varying: { readonly entry: RegExp; readonly below: string } | null;
}

/**
 * Every place where Thunderbird and Betterbird keep profiles, for this system. Betterbird uses Thunderbird's own
 * folder except as a Flatpak. A place may not exist, and two may be the same folder by a symbolic link.
 */
export function clientPlaces(system: System): readonly Place[] {
  if (system.platform === 'win32') return windowsPlaces(system);
  if (system.platform === 'darwin') return [fixed('native', posix.join(system.homeDir, 'Library', 'Thunderbird'))];
  return unixPlaces(system);
}

function unixPlaces({ homeDir }: System): readonly Place[] {
  const flatpaks = posix.join(homeDir, '.var', 'app');
  return [
    fixed('native', posix.join(homeDir, '.thunderbird')),
    // Older Debian. Debian's start script makes ~/.thunderbird a symbolic link to it.
    fixed('native', posix.join(homeDir, '.icedove')),
    fixed('native', posix.join(homeDir, '.mozilla-thunderbird')),
    {
      packaging: 'flatpak',
      product: 'Thunderbird',
      folder: flatpaks,
      // Flathub's org.mozilla.Thunderbird (once spelled thunderbird), Fedora's net.thunderbird.Thunderbird.
      varying: { entry: /^[\w.-]*thunderbird[\w.-]*$/i, below: '.thunderbird' },
    },
    {
      packaging: 'flatpak',
      product: 'Betterbird',
      folder: flatpaks,
      varying: { entry: /^[\w.-]*betterbird[\w.-]*$/i, below: '.thunderbird' },
    },
    fixed('snap', posix.join(homeDir, 'snap', 'thunderbird', 'common', '.thunderbird')),
  ];
}

function windowsPlaces({ homeDir, env }: System): readonly Place[] {
  const roaming = env['APPDATA'] ?? win32.join(homeDir, 'AppData', 'Roaming');
  const local = env['LOCALAPPDATA'] ?? win32.join(homeDir, 'AppData', 'Local');
  return [
    fixed('native', win32.join(roaming, 'Thunderbird')),
    {
      packaging: 'store',
      product: 'Thunderbird',
      folder: win32.join(local, 'Packages'),
      // The store gives a package its own view of %APPDATA%.
      varying: {
        entry: /^MozillaThunderbird\.[\w.-]*$/i,
        below: win32.join('LocalCache', 'Roaming', 'Thunderbird'),
      },
    },
  ];
}

function fixed(packaging: Packaging, folder: string): Place {
  return { packaging, product: 'Thunderbird', folder, varying: null };
}
