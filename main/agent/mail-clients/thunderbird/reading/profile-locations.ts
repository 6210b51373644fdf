import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Failure } from '@endymail/shared/result';
import { errnoOf } from '../../../../files/system-error.ts';
import type { System } from '../../../system.ts';
import { readBoundedText } from './bounded-file.ts';
import { INI_MAX_BYTES } from './limits.ts';
import type { Place } from './places.ts';
import { readProfilesIni } from './profiles-ini.ts';
import type { ProfileLocation } from './read-profile.ts';

/** Profiles that were found and not yet read, and what stood in the way. */
export interface FoundLocations {
  readonly locations: readonly ProfileLocation[];
  readonly problems: readonly Failure[];
}

/** The profiles that the `profiles.ini` of this folder names; none where there is no such file. `root` is resolved. */
export async function profilesIn(
  root: string,
  { packaging, product }: Pick<Place, 'packaging' | 'product'>,
  system: System,
): Promise<FoundLocations> {
  const text = await readBoundedText(path.join(root, 'profiles.ini'), INI_MAX_BYTES);
  if (!text.ok) return { locations: [], problems: [text.error] };
  if (text.value === null) return { locations: [], problems: [] };
  const ini = readProfilesIni(text.value, root, system.platform);
  const locations: ProfileLocation[] = [];
  const problems = [...ini.problems];
  for (const { name, path: folder, inUse } of ini.profiles) {
    const entries = await list(folder);
    if (typeof entries === 'string') {
      // A profile whose folder was deleted is no news to anybody.
      if (entries !== 'ENOENT') {
        problems.push(
          failure('profile-unreadable', `The profile "${name}" could not be read.`, `${folder}: ${entries}`),
        );
      }
      continue;
    }
    // A first start makes a second, empty profile that nobody uses.
    if (!inUse && !entries.includes('prefs.js')) continue;
    locations.push({ path: (await resolved(folder)) ?? folder, name, packaging, product, inUse });
  }
  return { locations, problems };
}

/** The names in a folder, or the system's code of why it can not be listed. */
export async function list(folder: string): Promise<readonly string[] | string> {
  try {
    return await readdir(folder);
  } catch (error) {
    return errnoOf(error) ?? '';
  }
}

/** Where a path leads to in the end; null where it leads nowhere. */
export async function resolved(folder: string): Promise<string | null> {
  try {
    return await realpath(folder);
  } catch {
    return null;
  }
}
