import path from 'node:path';
import type { Packaging } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';

/**
 * The programs that may start a profile, best first: of the folder that the profile itself names (`LastPlatformDir` of
 * compatibility.ini), then the usual places. `appFolder` is the profile's application folder name: a Flatpak's id.
 */
export function programCandidates(
  system: System,
  packaging: Packaging,
  platformDir: string | null,
  flatpakId: string | null,
): readonly string[] {
  switch (system.platform) {
    case 'win32':
      return windowsPrograms(system, platformDir);
    case 'darwin':
      return macPrograms(system, platformDir);
    default:
      return unixPrograms(system, packaging, platformDir, flatpakId);
  }
}

function unixPrograms(
  { homeDir }: System,
  packaging: Packaging,
  platformDir: string | null,
  flatpakId: string | null,
): readonly string[] {
  const { join, isAbsolute } = path.posix;
  // A Flatpak's or Snap's own idea of its folder holds inside its sandbox only; these start it as the desktop does.
  if (packaging === 'flatpak') {
    return flatpakId === null
      ? []
      : [join(homeDir, '.local/share/flatpak/exports/bin', flatpakId), join('/var/lib/flatpak/exports/bin', flatpakId)];
  }
  if (packaging === 'snap') return ['/snap/bin/thunderbird', '/var/lib/snapd/snap/bin/thunderbird'];
  const named = platformDir !== null && isAbsolute(platformDir) ? [platformDir] : [];
  const folders = [...named, '/usr/lib/thunderbird', '/usr/lib64/thunderbird', '/opt/thunderbird', '/opt/betterbird'];
  const names = ['thunderbird-bin', 'thunderbird', 'betterbird-bin', 'betterbird'];
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), '/usr/bin/thunderbird'];
}

function windowsPrograms({ env }: System, platformDir: string | null): readonly string[] {
  const { join, isAbsolute } = path.win32;
  const named = platformDir !== null && isAbsolute(platformDir) ? [platformDir] : [];
  const installed = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
    folder === undefined ? [] : [join(folder, 'Mozilla Thunderbird'), join(folder, 'Betterbird')],
  );
  return [...named, ...installed].flatMap((folder) => [
    join(folder, 'thunderbird.exe'),
    join(folder, 'betterbird.exe'),
  ]);
}

function macPrograms({ homeDir }: System, platformDir: string | null): readonly string[] {
  const { join, isAbsolute, dirname } = path.posix;
  // LastPlatformDir is …/Thunderbird.app/Contents/Resources; the program is beside it.
  const named = platformDir !== null && isAbsolute(platformDir) ? [join(dirname(platformDir), 'MacOS')] : [];
  const bundles = ['/Applications', join(homeDir, 'Applications')].flatMap((folder) =>
    ['Thunderbird.app', 'Betterbird.app'].map((bundle) => join(folder, bundle, 'Contents', 'MacOS')),
  );
  return [...named, ...bundles].flatMap((folder) => [join(folder, 'thunderbird'), join(folder, 'betterbird')]);
}
