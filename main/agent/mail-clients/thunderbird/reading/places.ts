import path from 'node:path';
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
  switch (system.platform) {
    case 'win32':
      return windowsPlaces(system, path.win32);
    case 'darwin':
      return [fixed('native', path.posix.join(system.homeDir, 'Library', 'Thunderbird'))];
    default:
      return unixPlaces(system, path.posix);
  }
}

function unixPlaces({ homeDir }: System, { join }: path.PlatformPath): readonly Place[] {
  const flatpaks = join(homeDir, '.var', 'app');
  return [
    fixed('native', join(homeDir, '.thunderbird')),
    // Older Debian. Debian's start script makes ~/.thunderbird a symbolic link to it.
    fixed('native', join(homeDir, '.icedove')),
    fixed('native', join(homeDir, '.mozilla-thunderbird')),
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
    fixed('snap', join(homeDir, 'snap', 'thunderbird', 'common', '.thunderbird')),
  ];
}

function windowsPlaces({ homeDir, env }: System, { join }: path.PlatformPath): readonly Place[] {
  const roaming = env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming');
  const local = env['LOCALAPPDATA'] ?? join(homeDir, 'AppData', 'Local');
  return [
    fixed('native', join(roaming, 'Thunderbird')),
    {
      packaging: 'store',
      product: 'Thunderbird',
      folder: join(local, 'Packages'),
      // The store gives a package its own view of %APPDATA%.
      varying: { entry: /^Mozilla(Thunderbird)?\.[\w.-]*$/i, below: join('LocalCache', 'Roaming', 'Thunderbird') },
    },
  ];
}

function fixed(packaging: Packaging, folder: string): Place {
  return { packaging, product: 'Thunderbird', folder, varying: null };
}
