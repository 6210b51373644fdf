import { access } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { failure, type Failure } from '@endymail/shared/result';
import type { System } from '../../../system.ts';
import { programCandidates } from './programs.ts';

const FLATPAKS = ['org.mozilla.Thunderbird', 'net.thunderbird.Thunderbird', 'eu.betterbird.Betterbird'];

/**
 * Why there is no profile on this computer, in a sentence with what to do: Thunderbird was never started, only clients
 * are here that can not be set up yet, or there is none. `isThere` tells whether a path exists.
 */
export async function whyNoProfile(
  system: System,
  isThere: (path: string) => Promise<boolean> = exists,
): Promise<Failure> {
  const programs = [
    ...programCandidates(system, 'native', null, null),
    ...programCandidates(system, 'snap', null, null),
    ...FLATPAKS.flatMap((id) => programCandidates(system, 'flatpak', null, id)),
  ];
  if (await some(programs, isThere)) return failure('client-unused');
  const others: string[] = [];
  for (const [name, traces] of otherClients(system)) if (await some(traces, isThere)) others.push(name);
  if (others.length === 0) return failure('no-client');
  return failure('only-other-clients', `Endymail can not set up ${others.join(' or ')} yet, and found no Thunderbird.`);
}

/** Clients by the folders that they make when they are used. */
function otherClients({ platform, homeDir, env }: System): readonly (readonly [string, readonly string[]])[] {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? win32.join(homeDir, 'AppData', 'Local');
    return [['Outlook', ['Outlook', 'Olk'].map((folder) => win32.join(local, 'Microsoft', folder))]];
  }
  const inHome = (...paths: readonly string[]): readonly string[] => paths.map((path) => posix.join(homeDir, path));
  if (platform === 'darwin') {
    return [
      ['Apple Mail', inHome('Library/Mail')],
      ['Outlook', inHome('Library/Group Containers/UBF8T346G9.Office/Outlook')],
    ];
  }
  return [
    ['Evolution', inHome('.local/share/evolution/mail', '.var/app/org.gnome.Evolution')],
    ['KMail', inHome('.config/kmail2rc', '.var/app/org.kde.kmail2')],
    ['Geary', inHome('.config/geary', '.var/app/org.gnome.Geary')],
    ['Claws Mail', inHome('.claws-mail', '.var/app/org.claws_mail.Claws-Mail')],
  ];
}

async function some(paths: readonly string[], isThere: (path: string) => Promise<boolean>): Promise<boolean> {
  for (const path of paths) if (await isThere(path)) return true;
  return false;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
