import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import type { Ledger } from '../journal/ledger.ts';
import type { ProfileState } from '../planning/plan.ts';
import type { Route } from '../planning/obstacles.ts';
import { readCertificateStore, readProfile, type ProfileReading } from '../reading/index.ts';

export interface ReadStateOptions {
  readonly profile: ClientProfile;
  readonly system: System;
  readonly ledger: Ledger;
  readonly route: (profile: ClientProfile) => Promise<Route>;
  /** This process holds the profile, so the lock that stands on it is not the client's. */
  readonly held: boolean;
  /** What was just read of it; null: it is read afresh. */
  readonly known: ProfileReading | null;
}

/** Reads a profile. Errors: `profile-unreadable`, `profile-malformed`. */
export async function readState(options: ReadStateOptions): Promise<Result<ProfileState, Failure>> {
  const { system, ledger } = options;
  const read = options.known === null ? await readProfile(options.profile, system) : ok(options.known);
  if (!read.ok) return read;
  const { profile: found, prefs } = read.value;
  const store = await readCertificateStore(found.path);
  if (!store.ok) return store;
  const profile = options.held ? { ...found, running: false } : found;
  return ok({
    profile,
    prefs,
    store: store.value,
    ledger,
    writable: await isWritable(profile.path),
    route: await options.route(profile),
    readAt: system.now(),
  });
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
