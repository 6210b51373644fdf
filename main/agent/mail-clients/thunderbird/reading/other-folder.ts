import path from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { System } from '../../../system.ts';
import { list, profilesIn, resolved, type FoundLocations } from './profile-locations.ts';

/** What is in a folder that a person pointed at. At least one profile. */
export interface OtherFolder extends FoundLocations {
  /** The resolved folder. */
  readonly folder: string;
}

/** Nothing in such a folder says how the client was installed, so it is taken for the one that is installed here. */
const PLACE = Object.freeze({ packaging: 'native', product: 'Thunderbird' } as const);

/**
 * The profiles in a folder that a person pointed at: it is one itself, or its `profiles.ini` names them. Writes nothing.
 * Errors: `folder-missing`, `folder-without-profile`, `profile-unreadable`, `profile-malformed`.
 */
export async function profilesAt(folder: string, system: System): Promise<Result<OtherFolder, Failure>> {
  const root = await resolved(folder);
  const entries = await list(root ?? folder);
  if (root === null || typeof entries === 'string') return err(whyNotListed(folder, entries));
  if (entries.includes('profiles.ini')) {
    const { locations, problems } = await profilesIn(root, PLACE, system);
    return locations.length > 0
      ? ok({ folder: root, locations, problems })
      : err(problems[0] ?? withoutProfile(folder));
  }
  if (!entries.includes('prefs.js')) return err(withoutProfile(folder));
  const location = { ...PLACE, path: root, name: path.basename(root), inUse: false };
  return ok({ folder: root, locations: [location], problems: [] });
}

const withoutProfile = (folder: string): Failure =>
  failure('folder-without-profile', `There is no profile of Thunderbird in ${folder}.`);

function whyNotListed(folder: string, entries: readonly string[] | string): Failure {
  if (entries === 'ENOENT') return failure('folder-missing', `The folder ${folder} is not there.`);
  if (entries === 'ENOTDIR') return withoutProfile(folder);
  return failure('profile-unreadable', `The folder ${folder} could not be read.`, `${folder}: ${String(entries)}`);
}
