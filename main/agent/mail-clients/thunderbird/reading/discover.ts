import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Failure } from '@endymail/shared/result';
import type { ClientProfile, Discovery } from '@endymail/shared/mail';
import { errnoOf } from '../../../../files/system-error.ts';
import type { System } from '../../../system.ts';
import { readBoundedText } from './bounded-file.ts';
import { INI_MAX_BYTES, PLACE_ENTRIES_MAX } from './limits.ts';
import { clientPlaces, type Place } from './places.ts';
import { readProfilesIni } from './profiles-ini.ts';
import { readProfile, unreadProfile, type ProfileLocation, type ReadingOptions } from './read-profile.ts';

/**
 * Lists every Thunderbird and Betterbird profile of this user, however it was installed. Writes nothing. Never fails as
 * a whole: what could not be read is in `problems`, of the discovery or of the profile.
 */
export async function discoverThunderbird(system: System, options: ReadingOptions = {}): Promise<Discovery> {
  const problems: Failure[] = [];
  const locations = new Map<string, ProfileLocation>();
  const roots = new Set<string>();
  for (const place of clientPlaces(system)) {
    for (const folder of await foldersOf(place)) {
      const root = await resolve(folder);
      if (root === null || roots.has(root)) continue;
      roots.add(root);
      const found = await profilesIn(root, place, system);
      problems.push(...found.problems);
      for (const location of found.locations) {
        const before = locations.get(location.path);
        // The same folder named twice is one profile, in use if either says so.
        locations.set(
          location.path,
          before?.inUse === true ? before : { ...(before ?? location), inUse: location.inUse },
        );
      }
    }
  }
  const profiles: ClientProfile[] = [];
  for (const location of locations.values()) {
    const read = await readProfile(location, system, options);
    profiles.push(read.ok ? read.value.profile : await unreadProfile(location, system, read.error));
  }
  return { profiles, problems };
}

async function foldersOf({ folder, varying }: Place): Promise<readonly string[]> {
  if (varying === null) return [folder];
  try {
    const entries = (await readdir(folder)).slice(0, PLACE_ENTRIES_MAX);
    return entries.filter((entry) => varying.entry.test(entry)).map((entry) => path.join(folder, entry, varying.below));
  } catch {
    return [];
  }
}

async function profilesIn(
  root: string,
  { packaging, product }: Place,
  system: System,
): Promise<{ readonly locations: readonly ProfileLocation[]; readonly problems: readonly Failure[] }> {
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
    locations.push({ path: (await resolve(folder)) ?? folder, name, packaging, product, inUse });
  }
  return { locations, problems };
}

async function list(folder: string): Promise<readonly string[] | string> {
  try {
    return await readdir(folder);
  } catch (error) {
    return errnoOf(error) ?? '';
  }
}

async function resolve(folder: string): Promise<string | null> {
  try {
    return await realpath(folder);
  } catch {
    return null;
  }
}
