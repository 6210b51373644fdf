import { createHash } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { AUTO_DISABLE_PREF, AUTO_ENABLE_PREF, type ClientProfile, type ProfileId } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import { readAccounts } from './accounts.ts';
import { readAdministration, systemFolder } from './administration.ts';
import { readLastUse, type LastUse } from './compatibility.ts';
import { effectivePrefs, type PrefOverride } from './effective-prefs.ts';
import type { PrefsDocument } from './prefs-document.ts';
import { prefsFile, readPrefsFile } from './prefs-file.ts';
import { primaryPasswordSet } from './primary-password.ts';
import { isProfileRunning } from './profile-lock.ts';
import { programCandidates } from './programs.ts';

/** What is known of a profile before it is read. Every `ClientProfile` is one. */
export type ProfileLocation = Pick<ClientProfile, 'path' | 'name' | 'packaging' | 'product' | 'inUse'>;

export interface ReadingOptions {
  /** Where an administrator's settings for Thunderbird are, in place of /etc/thunderbird. */
  readonly systemFolder?: string;
}

/** A profile with the settings that it was read from. */
export interface ProfileReading {
  readonly profile: ClientProfile;
  readonly prefs: PrefsDocument;
}

/**
 * Reads one profile as it is now. What is wrong beside `prefs.js` is in the profile's `problems`.
 * Errors: `profile-unreadable` (also when its folder is gone), `profile-malformed` (of `prefs.js`).
 */
export async function readProfile(
  location: ProfileLocation,
  system: System,
  options: ReadingOptions = {},
): Promise<Result<ProfileReading, Failure>> {
  if (!(await isFolder(location.path))) {
    return err(failure('profile-unreadable', `The profile "${location.name}" is not at ${location.path} any more.`));
  }
  const [prefs, frame] = await Promise.all([readPrefsFile(prefsFile(location.path)), readFrame(location, system)]);
  if (!prefs.ok) return prefs;
  const overrides = await readOverrides(location, system, frame, options);
  const effective = effectivePrefs(prefs.value, overrides.overrides);
  const accounts = readAccounts(effective.get);
  const profile: ClientProfile = {
    ...frame.profile,
    autoEnable: effective.get(AUTO_ENABLE_PREF) === true,
    autoDisable: effective.get(AUTO_DISABLE_PREF) === true,
    overruled: effective.overruled,
    identities: accounts.identities,
    problems: [...frame.profile.problems, ...overrides.problems, ...accounts.problems],
  };
  return ok({ profile, prefs: prefs.value });
}

/** A profile whose `prefs.js` can not be read: it is listed all the same, with the reason. */
export async function unreadProfile(location: ProfileLocation, system: System, why: Failure): Promise<ClientProfile> {
  const { profile } = await readFrame(location, system);
  return { ...profile, problems: [why, ...profile.problems] };
}

/** Names a profile by its resolved folder. */
export function profileId(resolvedPath: string): ProfileId {
  return createHash('sha256').update(resolvedPath).digest('hex').slice(0, 16) as ProfileId;
}

interface Frame {
  /** Everything but what `prefs.js` says. */
  readonly profile: ClientProfile;
  readonly lastUse: LastUse;
}

async function readFrame(location: ProfileLocation, system: System): Promise<Frame> {
  const read = await readLastUse(location.path);
  const lastUse = read.ok ? read.value : { version: null, platformDir: null };
  const problems = read.ok ? versionProblems(lastUse, location) : [read.error];
  const profile = {
    id: profileId(location.path),
    product: productOf(location, lastUse),
    packaging: location.packaging,
    path: location.path,
    name: location.name,
    inUse: location.inUse,
    version: lastUse.version,
    program: await findProgram(location, system, lastUse),
    running: await isProfileRunning(location.path, system),
    primaryPassword: await primaryPasswordSet(location.path),
    autoEnable: false,
    autoDisable: false,
    overruled: [],
    identities: [],
    problems,
  };
  return { profile, lastUse };
}

/** The oldest release that Endymail sets up. What it does was proved with 153. */
const VERSION_MIN = 128;

function versionProblems({ version }: LastUse, { name }: ProfileLocation): readonly Failure[] {
  const major = Number.parseInt(version ?? '', 10);
  if (Number.isNaN(major) || major >= VERSION_MIN) return [];
  return [failure('client-too-old', `The profile "${name}" was last used by Thunderbird ${version ?? ''}.`)];
}

const productOf = ({ product }: ProfileLocation, { platformDir }: LastUse): ClientProfile['product'] =>
  /betterbird/i.test(platformDir ?? '') ? 'Betterbird' : product;

async function findProgram(location: ProfileLocation, system: System, lastUse: LastUse): Promise<string | null> {
  const flatpakId = location.packaging === 'flatpak' ? flatpakIdOf(location.path) : null;
  const isOfBetterbird = productOf(location, lastUse) === 'Betterbird';
  for (const candidate of programCandidates(system, location.packaging, lastUse.platformDir, flatpakId)) {
    // A profile is started with the product that it belongs to, or not at all.
    const isBetterbirdProgram = /betterbird[^\\/]*$/i.test(candidate);
    if (isBetterbirdProgram === isOfBetterbird && (await isExecutable(candidate))) return candidate;
  }
  return null;
}

/** `~/.var/app/<id>/.thunderbird/<profile>` */
function flatpakIdOf(profilePath: string): string | null {
  return /[\\/]\.var[\\/]app[\\/]([\w.-]+)[\\/]/.exec(profilePath)?.[1] ?? null;
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function readOverrides(
  location: ProfileLocation,
  system: System,
  { profile, lastUse }: Frame,
  options: ReadingOptions,
): Promise<{ readonly overrides: readonly PrefOverride[]; readonly problems: readonly Failure[] }> {
  const installation = lastUse.platformDir ?? (profile.program === null ? null : path.dirname(profile.program));
  const [userJs, administration] = await Promise.all([
    readPrefsFile(path.join(location.path, 'user.js')),
    // A Flatpak does not see the computer's /etc.
    readAdministration({
      system: location.packaging === 'flatpak' ? null : (options.systemFolder ?? systemFolder(system)),
      installation,
    }),
  ]);
  const fromUserJs: readonly PrefOverride[] = userJs.ok
    ? userJs.value.names().map((name) => ({ name, value: userJs.value.get(name), effect: 'user', by: 'user.js' }))
    : [];
  return {
    overrides: [...administration.before, ...fromUserJs, ...administration.after],
    problems: [...(userJs.ok ? [] : [userJs.error]), ...administration.problems],
  };
}
