import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { System } from '../../system.ts';
import type { Glance } from '../glance.ts';
import { clientPlaces } from './reading/places.ts';
import { isProfileRunning } from './reading/index.ts';

/** The files in a profile of which something is shown. */
const FILES = Object.freeze(['prefs.js', 'user.js', 'cert9.db', 'key4.db', 'compatibility.ini']);

/** Looks at these profiles, by their folders, and at the lists in which new ones would stand. */
export async function glanceAtThunderbird(folders: readonly string[], system: System): Promise<Glance> {
  const lists = clientPlaces(system).flatMap(({ folder }) => [folder, join(folder, 'profiles.ini')]);
  const files = folders.flatMap((folder) => FILES.map((name) => join(folder, name)));
  const stamps = await Promise.all([...lists, ...files].map(stampOf));
  const running = new Set<string>();
  for (const folder of folders) if (await isProfileRunning(folder, system)) running.add(folder);
  return { seen: JSON.stringify([stamps, folders, [...running]]), running };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
