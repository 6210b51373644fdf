import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ApplyReport, ChangePlan, ClientProfile } from '@endymail/shared/mail';
import { makePrivateFolder } from '../../own-files/private-folder.ts';
import type { System } from '../../system.ts';
import type { MailClientAdapter, ProfileTarget } from '../adapter.ts';
import { applyPlan, reportOf, type Workbench } from './applying/apply.ts';
import { recoverDatabases } from './applying/clear-up.ts';
import { createProfileHold, type ProfileHold } from './applying/profile-hold.ts';
import { readState } from './applying/read-state.ts';
import type { CertificateStoreWriter, StoreRoute } from './applying/store-change.ts';
import { openComposeWindow } from './compose/compose.ts';
import { namelessFolder } from './files/nameless-file.ts';
import { createHeadlessWriter } from './headless/headless-writer.ts';
import { inspectProfile } from './inspect.ts';
import { deleteJournal, journalPath, openJournal, readLedger, type Journal } from './journal/journal.ts';
import type { Ledger } from './journal/ledger.ts';
import { createNssToolsWriter } from './nss-tools/nss-tools-writer.ts';
import { findNssTools } from './nss-tools/tool.ts';
import type { Route } from './planning/obstacles.ts';
import { isNothing, planProfile, type ProfileState } from './planning/plan.ts';
import {
  discoverThunderbird,
  isProfileRunning,
  profilesAt,
  whyNoProfile,
  type PrefsDocument,
  type ProfileReading,
} from './reading/index.ts';
import { startClient } from './start-client.ts';

export interface ThunderbirdAdapterOptions {
  readonly system: System;
  /** Where the journals are. Made when something is written for the first time. */
  readonly clientsFolder: string;
  /** Takes this way into the certificate store and no other; by itself the adapter chooses. */
  readonly route?: StoreRoute;
  /** Called at every point where a crash would leave another state. For the crash tests. */
  readonly onStep?: (step: string) => void;
}

type StateReader = (
  profile: ClientProfile,
  ledger: Ledger,
  held: boolean,
  known?: ProfileReading | null,
) => Promise<Result<ProfileState, Failure>>;

/** A target that names nothing: everything of ours is taken back. */
const NOTHING: ProfileTarget = Object.freeze({
  identities: [],
  anchor: null,
  people: [],
  automatic: null,
  changedByHand: 'leave',
});

/** The adapter for Thunderbird and Betterbird. */
export function createThunderbirdAdapter(options: ThunderbirdAdapterOptions): MailClientAdapter {
  const { system, clientsFolder } = options;
  const fileOf = (profile: ClientProfile): string => journalPath(clientsFolder, profile.id);
  /** The settings from which the profiles were read that `discover` has answered with. */
  const discovered = new WeakMap<ClientProfile, PrefsDocument>();
  const stateOf: StateReader = (profile, ledger, held, known = null) =>
    readState({ profile, system, ledger, held, known, route: (fresh) => chooseRoute(options, fresh) });

  async function read(
    profile: ClientProfile,
    held: boolean,
    known: ProfileReading | null = null,
  ): Promise<Result<ProfileState, Failure>> {
    const ledger = await readLedger(fileOf(profile));
    return ledger.ok ? stateOf(profile, ledger.value, held, known) : ledger;
  }

  function asDiscovered(profile: ClientProfile): ProfileReading | null {
    const prefs = discovered.get(profile);
    return prefs === undefined ? null : { profile, prefs };
  }

  async function readOnly(
    profile: ClientProfile,
    known: ProfileReading | null = null,
  ): Promise<Result<ProfileState, Failure>> {
    const state = await read(profile, false, known);
    if (state.ok || state.error.code !== 'profile-malformed') return state;
    // A program that was killed in the middle of a write leaves a database that must be recovered before it is read.
    const hold = createProfileHold(profile, system);
    if (!(await hold.take()).ok) return state;
    try {
      recoverDatabases(profile.path);
      return await read(profile, true);
    } finally {
      hold.release();
    }
  }

  /**
   * The profile is held from before it is read until after the last write, except while the client itself runs for us,
   * so that the client can not start in between and write its own settings over ours.
   */
  async function applyHolding(
    hold: ProfileHold,
    profile: ClientProfile,
    target: ProfileTarget,
    refuses: (plan: ChangePlan) => Promise<Failure | null>,
  ): Promise<Result<ApplyReport, Failure>> {
    const held = await hold.take();
    if (held.ok) recoverDatabases(profile.path);
    const state = await read(profile, held.ok);
    if (!state.ok) return state;
    const work = planProfile(state.value, target);
    const report = reportOf(work.plan, target);
    // Where nothing is to be done not even a journal is made.
    if (isNothing(work)) return ok(report);
    const changes = work.plan.steps.length > 0;
    const refusal = changes ? await refuses(work.plan) : null;
    if (refusal !== null) return err(refusal);
    // While the client runs people's certificates can still be changed; planning says whether that is all there is.
    if (changes && !held.ok && held.error.code !== 'client-running') return held;
    const journal = await prepareJournal(clientsFolder, fileOf(profile), profile);
    if (!journal.ok) return changes ? journal : ok(report);
    const secrets = await namelessFolder(system, clientsFolder);
    const applied = await applyPlan(workbench(options, profile, hold, journal.value, secrets, stateOf), target, {
      state: state.value,
      work,
    });
    // What the journal was unsure of is in place; where that can not be noted now, nothing is lost by it.
    return changes ? applied : ok(report);
  }

  return {
    discover: async (otherFolders = []) => {
      const { profiles, problems, prefs } = await discoverThunderbird(system, { otherFolders });
      for (const [profile, document] of prefs) discovered.set(profile, document);
      const isEmpty = profiles.length === 0 && problems.length === 0;
      return { profiles, problems: isEmpty ? [await whyNoProfile(system)] : problems };
    },
    examineFolder: async (folder) => {
      const found = await profilesAt(folder, system);
      return found.ok ? ok(found.value.folder) : found;
    },
    plan: async (profile, target, known) => {
      const foreign = await isForeign(fileOf(profile), target);
      if (!foreign.ok) return foreign;
      if (foreign.value) return ok(nothingToDo(profile));
      const state = await readOnly(profile, known === undefined ? null : asDiscovered(profile));
      return state.ok ? ok(planProfile(state.value, target).plan) : state;
    },
    apply: async (profile, target, refuses = () => Promise.resolve(null)) => {
      const foreign = await isForeign(fileOf(profile), target);
      if (!foreign.ok) return foreign;
      if (foreign.value) return ok(reportOf(nothingToDo(profile), target));
      const hold = createProfileHold(profile, system);
      try {
        return await applyHolding(hold, profile, target, refuses);
      } finally {
        hold.release();
      }
    },
    inspect: async (profile, target) => {
      const state = await readOnly(profile);
      return state.ok ? ok(inspectProfile(state.value, target)) : state;
    },
    compose: (profile, identityId, message) => openComposeWindow(profile, identityId, message, system),
    open: async (profile) =>
      (await isProfileRunning(profile.path, system))
        ? err(failure('client-running', `Thunderbird is running with the profile “${profile.name}” already.`))
        : startClient(profile, [], system),
    forget: async (profile) => {
      const foreign = await isForeign(fileOf(profile), NOTHING);
      if (!foreign.ok) return foreign;
      if (foreign.value) return deleteJournal(fileOf(profile));
      const state = await readOnly(profile);
      if (!state.ok) return state;
      const { plan } = planProfile(state.value, NOTHING);
      return plan.steps.length > 0 ? err(failure('not-taken-back')) : deleteJournal(fileOf(profile));
    },
  };
}

/**
 * Whether a profile is none of our business: nothing is wanted in it and nothing of ours was ever written there. Then it
 * is not even read, so that a damaged profile that nobody uses stands in the way of nothing.
 */
async function isForeign(journalFile: string, target: ProfileTarget): Promise<Result<boolean, Failure>> {
  if (target.identities.length > 0) return ok(false);
  const ledger = await readLedger(journalFile);
  if (!ledger.ok) return ledger;
  const { prefs, certificates, keys, clientRun } = ledger.value;
  return ok(prefs.size + certificates.size + keys.size === 0 && clientRun === null);
}

function nothingToDo(profile: ClientProfile): ChangePlan {
  return {
    profileId: profile.id,
    profileName: profile.name,
    profilePath: profile.path,
    steps: [],
    consents: [],
    changedByHand: [],
    knownPeople: 0,
    obstacles: [],
  };
}

function workbench(
  options: ThunderbirdAdapterOptions,
  profile: ClientProfile,
  hold: ProfileHold,
  journal: Journal,
  secrets: string,
  stateOf: StateReader,
): Workbench {
  const { system, onStep = () => undefined } = options;
  const headless = createHeadlessWriter({ system, namelessFolder: secrets, journal, hold, onStep });
  const nssTools = createNssToolsWriter({ system, namelessFolder: secrets, fallback: headless });
  return {
    profile,
    journal,
    hold,
    namelessFolder: secrets,
    readState: () => stateOf(profile, journal.ledger(), hold.isHeld()),
    writer: ({ route }): CertificateStoreWriter => (route === 'nss-tools' ? nssTools : headless),
    onStep,
  };
}

/**
 * The NSS tools where both are there and see what the client sees; else a run of the client itself. With a primary
 * password only the tools are thought of: a run without a window would wait for it for ever.
 */
async function chooseRoute({ system, route }: ThunderbirdAdapterOptions, profile: ClientProfile): Promise<Route> {
  if (route !== 'headless' && profile.packaging === 'native' && (await findNssTools(system)) !== null)
    return 'nss-tools';
  return route !== 'nss-tools' && profile.program !== null ? 'headless' : 'none';
}

async function prepareJournal(folder: string, file: string, profile: ClientProfile): Promise<Result<Journal, Failure>> {
  const made = await makePrivateFolder(folder);
  return made.ok ? openJournal(file, profile.path) : made;
}
