import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ApplyReport, ChangePlan, ClientProfile, PrefValue } from '@endymail/shared/mail';
import type { ProfileTarget, TransportKey } from '../../adapter.ts';
import { cleanUpAfterRun } from '../headless/client-run.ts';
import type { Change } from '../journal/event.ts';
import type { Journal } from '../journal/journal.ts';
import { planProfile, type PlannedWork, type ProfileState } from '../planning/plan.ts';
import type { PrefsWork } from '../planning/plan-prefs.ts';
import type { StoreWork } from '../planning/plan-store.ts';
import { storedCertificates } from '../planning/stored-certificates.ts';
import { readCertificateStore } from '../reading/index.ts';
import { recoverDatabases, removeHalfMade } from './clear-up.ts';
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

/**
 * Brings a profile to its target. The profile is held from before it is read until after the last write, except while
 * the client itself runs for us, so that the client can not start in between and write its own settings over ours.
 */
export async function applyTarget(bench: Workbench, target: ProfileTarget): Promise<Result<ApplyReport, Failure>> {
  const held = await bench.hold.take();
  // While the client runs people's certificates can still be changed; planning says whether that is all there is.
  if (!held.ok && held.error.code !== 'client-running') return held;
  try {
    if (held.ok) {
      recoverDatabases(bench.profile.path);
      await removeHalfMade(bench.profile.path, bench.namelessFolder);
    }
    const clean = await finishFormerRun(bench);
    if (!clean.ok) return clean;
    const state = await bench.readState();
    if (!state.ok) return state;
    const work = planProfile(state.value, target);
    const [obstacle] = work.plan.obstacles;
    if (obstacle !== undefined) return err(obstacle);
    const done = await carryOut(bench, target, state.value, work);
    if (!done.ok) return done;
    return ok(reportOf(work.plan, target));
  } finally {
    bench.hold.release();
  }
}

/** What is said of a plan that was carried out. */
export function reportOf({ profileId, steps, changedByHand }: ChangePlan, target: ProfileTarget): ApplyReport {
  return { profileId, applied: steps.length, changedByHand: target.changedByHand === 'leave' ? changedByHand : [] };
}

/** A run of the client that a crash cut short is cleaned up after as soon as the profile can be held. */
async function finishFormerRun({ profile, journal, hold }: Workbench): Promise<Result<void, Failure>> {
  const { clientRun } = journal.ledger();
  return clientRun === null || !hold.isHeld() ? ok() : cleanUpAfterRun(profile, clientRun, journal);
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
  const set = await writePrefs(bench, target, work.prefs);
  if (!set.ok) return set;
  return removeFromStore(bench, writer, work.store);
}

async function addToStore(
  bench: Workbench,
  writer: CertificateStoreWriter,
  { add, importKeys }: StoreWork,
): Promise<Result<void, Failure>> {
  const changes = [...add.map(({ change }) => change), ...importKeys.map(({ change }) => change)];
  if (changes.length === 0) return ok();
  const intended = await append(bench, 'intend', changes);
  if (!intended.ok) return intended;
  const keys: TransportKey[] = [];
  for (const { key } of importKeys) keys.push(await key.pkcs12());
  const written = await writer.write(bench.profile, [
    ...add.map(({ change, trust }): StoreChange => ({ kind: 'add', der: change.der, trust })),
    ...keys.map((key): StoreChange => ({ kind: 'import-key', key })),
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
  return append(bench, 'done', changes);
}

/**
 * Writes all prefs in one go. They are compared anew: a run of the client in between may have changed them, and the old
 * values must be true when they go into the journal.
 */
async function writePrefs(bench: Workbench, target: ProfileTarget, planned: PrefsWork): Promise<Result<void, Failure>> {
  if (planned.set.length + planned.takeBack.length === 0) return ok();
  const held = await bench.hold.take();
  if (!held.ok) return held;
  const state = await bench.readState();
  if (!state.ok) return state;
  const { set, takeBack } = planProfile(state.value, target).prefs;
  const intended = await appendAll(bench, [
    ['intend', set],
    ['withdraw', takeBack],
  ]);
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

async function removeFromStore(
  bench: Workbench,
  writer: CertificateStoreWriter,
  { takeBack }: StoreWork,
): Promise<Result<void, Failure>> {
  if (takeBack.length === 0) return ok();
  const intended = await append(bench, 'withdraw', takeBack);
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
  return append(bench, 'withdrawn', takeBack);
}

type Events = readonly (readonly ['intend' | 'done' | 'withdraw' | 'withdrawn', readonly Change[]])[];

async function appendAll(bench: Workbench, events: Events): Promise<Result<void, Failure>> {
  for (const [event, changes] of events) {
    const appended = await append(bench, event, changes);
    if (!appended.ok) return appended;
  }
  return ok();
}

async function append(
  bench: Workbench,
  event: Events[number][0],
  changes: readonly Change[],
): Promise<Result<void, Failure>> {
  if (changes.length === 0) return ok();
  const appended = await bench.journal.append(event, changes);
  bench.onStep(`journal-${event}`);
  return appended;
}
