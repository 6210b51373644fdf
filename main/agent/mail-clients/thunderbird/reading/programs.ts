import { posix, win32 } from 'node:path';
import type { Packaging } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';

/**
 * The programs that may start a profile, best first: of the folder that the profile itself names (`LastPlatformDir` of
 * compatibility.ini), then the usual places. `flatpakId` names the application where the packaging is Flatpak.
 */
export function programCandidates(
  system: System,
  packaging: Packaging,
  platformDir: string | null,
  flatpakId: string | null,
): readonly string[] {
  if (system.platform === 'win32') return windowsPrograms(system, platformDir);
  if (system.platform === 'darwin') return macPrograms(system, platformDir);
  return unixPrograms(system, packaging, platformDir, flatpakId);
}

function unixPrograms(
  { homeDir }: System,
  packaging: Packaging,
  platformDir: string | null,
  flatpakId: string | null,
): readonly string[] {
  // A Flatpak's or Snap's own idea of its folder holds inside its sandbox only; these start it as the desktop does.
  if (packaging === 'flatpak') {
    return flatpakId === null
      ? []
      : [
          posix.join(homeDir, '.local/share/flatpak/exports/bin', flatpakId),
          posix.join('/var/lib/flatpak/exports/bin', flatpakId),
        ];
  }
  if (packaging === 'snap') return ['/snap/bin/thunderbird', '/var/lib/snapd/snap/bin/thunderbird'];
  const named = platformDir !== null && posix.isAbsolute(platformDir) ? [platformDir] : [];
  const folders = [...named, '/usr/lib/thunderbird', '/usr/lib64/thunderbird', '/opt/thunderbird', '/opt/betterbird'];
  const names = ['thunderbird-bin', 'thunderbird', 'betterbird-bin', 'betterbird'];
  return [...folders.flatMap((folder) => names.map((name) => posix.join(folder, name))), '/usr/bin/thunderbird'];
}

function windowsPrograms({ env }: System, platformDir: string | null): readonly string[] {
  const named = platformDir !== null && win32.isAbsolute(platformDir) ? [platformDir] : [];
  const installed = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
    folder === undefined ? [] : [win32.join(folder, 'Mozilla Thunderbird'), win32.join(folder, 'Betterbird')],
  );
  return [...named, ...installed].flatMap((folder) => [
    win32.join(folder, 'thunderbird.exe'),
    win32.join(folder, 'betterbird.exe'),
  ]);
}

function macPrograms({ homeDir }: System, platformDir: string | null): readonly string[] {
  // LastPlatformDir is …/Thunderbird.app/Contents/Resources; the program is beside it.
  const named =
    platformDir !== null && posix.isAbsolute(platformDir) ? [posix.join(posix.dirname(platformDir), 'MacOS')] : [];
  const bundles = ['/Applications', posix.join(homeDir, 'Applications')].flatMap((folder) =>
    ['Thunderbird.app', 'Betterbird.app'].map((bundle) => posix.join(folder, bundle, 'Contents', 'MacOS')),
  );
  return [...named, ...bundles].flatMap((folder) => [
    posix.join(folder, 'thunderbird'),
    posix.join(folder, 'betterbird'),
  ]);
}
