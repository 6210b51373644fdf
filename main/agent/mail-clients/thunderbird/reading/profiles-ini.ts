import path from 'node:path';
import { failure, type Failure } from '@endymail/shared/result';
import { PROFILES_MAX } from './limits.ts';
import { parseIni } from './ini.ts';

/** A profile as `profiles.ini` names it. */
export interface NamedProfile {
  readonly name: string;
  /** Absolute, not yet resolved. */
  readonly path: string;
  readonly inUse: boolean;
}

/**
 * Reads which profiles a `profiles.ini` names, and which of them an installation starts with: `Default=` of each
 * `[Install…]` section; only without such a section `Default=1` of a profile counts (nsToolkitProfileService.cpp).
 * `root` is the folder of the file. Entries that can not be used are in `problems`.
 */
export function readProfilesIni(
  text: string,
  root: string,
  platform: NodeJS.Platform,
): { readonly profiles: readonly NamedProfile[]; readonly problems: readonly Failure[] } {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const file = paths.join(root, 'profiles.ini');
  const sections = parseIni(text);
  const installs = sections.filter(({ name }) => name.startsWith('Install'));
  const defaults = new Set(installs.flatMap((section) => section.get('Default') ?? []));
  const profiles: NamedProfile[] = [];
  const problems: Failure[] = [];
  const named = sections.filter(({ name }) => /^Profile\d+$/.test(name));
  if (named.length > PROFILES_MAX) {
    problems.push(
      failure('profile-malformed', `${file} names more than ${PROFILES_MAX} profiles; the rest is left out.`),
    );
  }
  for (const section of named.slice(0, PROFILES_MAX)) {
    const stored = section.get('Path') ?? '';
    const name = section.get('Name') ?? section.name;
    const folder = section.get('IsRelative') === '0' ? absolute(stored, paths) : below(root, stored, paths);
    if (folder === null) {
      problems.push(failure('profile-malformed', `${file} gives no usable folder for the profile "${name}".`));
      continue;
    }
    const inUse = installs.length > 0 ? defaults.has(stored) : section.get('Default') === '1';
    profiles.push({ name, path: folder, inUse });
  }
  return { profiles, problems };
}

function absolute(stored: string, paths: path.PlatformPath): string | null {
  return usable(stored) && paths.isAbsolute(stored) ? paths.normalize(stored) : null;
}

/** A relative path stays below its folder: Thunderbird never writes another, it writes an absolute one then. */
function below(root: string, stored: string, paths: path.PlatformPath): string | null {
  if (!usable(stored) || paths.isAbsolute(stored)) return null;
  const folder = paths.join(root, stored);
  const relative = paths.relative(root, folder);
  return relative === '' || relative.split(/[\\/]/)[0] === '..' || paths.isAbsolute(relative) ? null : folder;
}

const usable = (stored: string): boolean => stored !== '' && !stored.includes('\0');
