import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ApplyReport, ChangePlan, ClientProfile, PrefValue } from '@endymail/shared/mail';
import type { ProfileTarget } from '../../adapter.ts';
import { cleanUpAfterRun } from '../headless/client-run.ts';
import type { Events, Journal } from '../journal/journal.ts';
import { planProfile, type PlannedWork, type ProfileState } from '../planning/plan.ts';
import type { PrefsWork } from '../planning/plan-prefs.ts';
import type { StoreWork } from '../planning/plan-store.ts';
import { storedCertificates } from '../planning/stored-certificates.ts';
import { readCertificateStore } from '../reading/index.ts';
import { removeHalfMade } from './clear-up.ts';
import type { ProfileHold } from './profile-hold.ts';
import { rewritePrefs } from './rewrite-prefs.ts';
import type { CertificateStoreWriter, StoreChange } from './store-change.ts';

/** What applying works with. */
export interface Workbench {
  readonly profile: ClientProfile;
  readonly journal: Journal;
  readonly hold: ProfileHold;
  readonly readState: () => Promise<Result<ProfileState, Failure>>;
  /** The way into the certificate store for the route that planning chose. */
  readonly writer: (state: ProfileState) => CertificateStoreWriter;
  /** Where nameless files are made. */
  readonly namelessFolder: string;
  /** Called at every point where a crash would leave another state. For the crash tests. */
  readonly onStep: (step: string) => void;
}

/** A profile as it was read under the hold, and what is to be done in it. */
export interface PlannedState {
  readonly state: ProfileState;
  readonly work: PlannedWork;
}

/** Carries out a plan. The caller has taken the hold, unless the client runs, and releases it afterwards. */
export async function applyPlan(
  bench: Workbench,
  target: ProfileTarget,
  planned: PlannedState,
): Promise<Result<ApplyReport, Failure>> {
  if (bench.hold.isHeld()) await removeHalfMade(bench.profile.path, bench.namelessFolder);
  const clean = await finishFormerRun(bench, target, planned);
  if (!clean.ok) return clean;
  const { state, work } = clean.value;
  const [obstacle] = work.plan.obstacles;
  if (obstacle !== undefined) return err(obstacle);
  const done = await carryOut(bench, target, state, work);
  return done.ok ? ok(reportOf(work.plan, target)) : done;
}

/** What is said of a plan that was carried out. */
export function reportOf({ profileId, steps, changedByHand }: ChangePlan, target: ProfileTarget): ApplyReport {
  return { profileId, applied: steps.length, changedByHand: target.changedByHand === 'leave' ? changedByHand : [] };
}

/** A run of the client that a crash cut short is cleaned up after as soon as the profile can be held. */
async function finishFormerRun(
  bench: Workbench,
  target: ProfileTarget,
  planned: PlannedState,
): Promise<Result<PlannedState, Failure>> {
  const { profile, journal, hold } = bench;
  const { clientRun } = journal.ledger();
  if (clientRun === null || !hold.isHeld()) return ok(planned);
  const clean = await cleanUpAfterRun(profile, clientRun, journal);
  return clean.ok ? planAnew(bench, target) : clean;
}

async function planAnew(bench: Workbench, target: ProfileTarget): Promise<Result<PlannedState, Failure>> {
  const state = await bench.readState();
  return state.ok ? ok({ state: state.value, work: planProfile(state.value, target) }) : state;
}

async function carryOut(
  bench: Workbench,
  target: ProfileTarget,
  state: ProfileState,
  work: PlannedWork,
): Promise<Result<void, Failure>> {
  const writer = bench.writer(state);
  const found = await appendAll(bench, [
    ['done', [...work.store.inPlace, ...work.prefs.inPlace]],
    ['withdrawn', [...work.store.gone, ...work.prefs.gone]],
  ]);
  if (!found.ok) return found;
  const added = await addToStore(bench, writer, work.store);
  if (!added.ok) return added;
  const set = await writePrefs(bench, target, work.prefs, added.value);
  if (!set.ok) return set;
  return removeFromStore(bench, writer, work.store);
}

/** Answers with what is to be noted of it: it goes to disk together with what the next step has to note. */
async function addToStore(
  bench: Workbench,
  writer: CertificateStoreWriter,
  { add, importKeys }: StoreWork,
): Promise<Result<Events, Failure>> {
  const changes = [...add.map(({ change }) => change), ...importKeys.map(({ change }) => change)];
  if (changes.length === 0) return ok([]);
  const intended = await appendAll(bench, [['intend', changes]]);
  if (!intended.ok) return intended;
  const written = await writer.write(bench.profile, [
    ...add.map(({ change, trust }): StoreChange => ({ kind: 'add', der: change.der, trust })),
    ...importKeys.map(({ key }): StoreChange => ({ kind: 'import-key', key: key.pkcs12 })),
  ]);
  if (!written.ok) return written;
  bench.onStep('store-added');
  const store = await readCertificateStore(bench.profile.path);
  if (!store.ok) return store;
  const stored = storedCertificates(store.value);
  const missing =
    add.find(({ change, trust }) => {
      const there = stored.get(change.id);
      return there === undefined || (trust === 'mail-authority' && !there.trustedForMail);
    }) ?? importKeys.find(({ change }) => stored.get(change.id)?.hasPrivateKey !== true);
  if (missing !== undefined) {
    return err(
      failure(
        'certificate-store',
        undefined,
        `${missing.change.kind} ${missing.change.id} is not in the store after it was added`,
      ),
    );
  }
  return ok([['done', changes]]);
}

/**
 * Notes what was done before, and writes all prefs in one go. Where the profile was let go of in between they are compared anew: a run of the client may
 * have changed them, and the old values must be true when they go into the journal.
 */
async function writePrefs(
  bench: Workbench,
  target: ProfileTarget,
  planned: PrefsWork,
  before: Events,
): Promise<Result<void, Failure>> {
  if (planned.set.length + planned.takeBack.length === 0) return appendAll(bench, before);
  const prefs = await prefsToWrite(bench, target, planned);
  const { set, takeBack } = prefs.ok ? prefs.value : NO_PREFS;
  const intended = await appendAll(bench, [...before, ['intend', set], ['withdraw', takeBack]]);
  if (!prefs.ok) return prefs;
  if (!intended.ok) return intended;
  const values = new Map<string, PrefValue>([
    ...set.map(({ name, ours }) => [name, ours] as const),
    ...takeBack.map(({ name, before }) => [name, before] as const),
  ]);
  const written = await rewritePrefs(bench.profile.path, values);
  if (!written.ok) return written;
  bench.onStep('prefs-written');
  return appendAll(bench, [
    ['done', set],
    ['withdrawn', takeBack],
  ]);
}

const NO_PREFS = { set: [], takeBack: [] } as const;

async function prefsToWrite(
  bench: Workbench,
  target: ProfileTarget,
  planned: PrefsWork,
): Promise<Result<PrefsWork, Failure>> {
  const held = await bench.hold.take();
  if (!held.ok) return held;
  if (!bench.hold.wasLetGo()) return ok(planned);
  const anew = await planAnew(bench, target);
  return anew.ok ? ok(anew.value.work.prefs) : anew;
}

async function removeFromStore(
  bench: Workbench,
  writer: CertificateStoreWriter,
  { takeBack }: StoreWork,
): Promise<Result<void, Failure>> {
  if (takeBack.length === 0) return ok();
  const intended = await appendAll(bench, [['withdraw', takeBack]]);
  if (!intended.ok) return intended;
  const written = await writer.write(
    bench.profile,
    takeBack.map(({ der, before }): StoreChange =>
      before === 'absent' ? { kind: 'remove', der } : { kind: 'add', der, trust: 'none' },
    ),
  );
  if (!written.ok) return written;
  bench.onStep('store-removed');
  const store = await readCertificateStore(bench.profile.path);
  if (!store.ok) return store;
  const stored = storedCertificates(store.value);
  const left = takeBack.find(({ id, before }) => {
    const there = stored.get(id);
    return there !== undefined && (before === 'absent' || there.trustedForMail);
  });
  if (left !== undefined) {
    return err(
      failure('certificate-store', undefined, `certificate ${left.id} is still in the store after it was removed`),
    );
  }
  return appendAll(bench, [['withdrawn', takeBack]]);
}

async function appendAll(bench: Workbench, events: Events): Promise<Result<void, Failure>> {
  const appended = await bench.journal.appendAll(events);
  for (const [event, changes] of events) if (changes.length > 0) bench.onStep(`journal-${event}`);
  return appended;
}
