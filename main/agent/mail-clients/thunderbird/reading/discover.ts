import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '@endymail/shared/result';
import type { ClientProfile, Discovery } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import { PLACE_ENTRIES_MAX } from './limits.ts';
import { profilesAt } from './other-folder.ts';
import { clientPlaces, type Place } from './places.ts';
import { profilesIn, resolved, type FoundLocations } from './profile-locations.ts';
import type { PrefsDocument } from './prefs-document.ts';
import { readProfile, unreadProfile, type ProfileLocation, type ReadingOptions } from './read-profile.ts';

export interface DiscoveryOptions extends ReadingOptions {
  /** Folders that the person pointed at, where profiles are as well. */
  readonly otherFolders?: readonly string[];
}

export interface ThunderbirdDiscovery extends Discovery {
  /** The settings that each profile was read from, where they could be read. */
  readonly prefs: ReadonlyMap<ClientProfile, PrefsDocument>;
}

/**
 * Lists every Thunderbird and Betterbird profile of this user, however it was installed. Writes nothing. Never fails as
 * a whole: what could not be read is in `problems`, of the discovery or of the profile.
 */
export async function discoverThunderbird(
  system: System,
  options: DiscoveryOptions = {},
): Promise<ThunderbirdDiscovery> {
  const problems: Failure[] = [];
  const locations = new Map<string, ProfileLocation>();
  const add = (found: FoundLocations): void => {
    problems.push(...found.problems);
    for (const location of found.locations) {
      const before = locations.get(location.path);
      // The same folder named twice is one profile, in use if either says so.
      locations.set(
        location.path,
        before?.inUse === true ? before : { ...(before ?? location), inUse: location.inUse },
      );
    }
  };
  const roots = new Set<string>();
  for (const place of clientPlaces(system)) {
    for (const folder of await foldersOf(place)) {
      const root = await resolved(folder);
      if (root === null || roots.has(root)) continue;
      roots.add(root);
      add(await profilesIn(root, place, system));
    }
  }
  for (const folder of options.otherFolders ?? []) {
    const found = await profilesAt(folder, system);
    if (!found.ok) problems.push(found.error);
    else if (!roots.has(found.value.folder)) add(found.value);
  }
  const profiles: ClientProfile[] = [];
  const prefs = new Map<ClientProfile, PrefsDocument>();
  for (const location of locations.values()) {
    const read = await readProfile(location, system, options);
    profiles.push(read.ok ? read.value.profile : await unreadProfile(location, system, read.error));
    if (read.ok) prefs.set(read.value.profile, read.value.prefs);
  }
  return { profiles, problems, prefs };
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
