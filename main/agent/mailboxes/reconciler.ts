import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { ApplyReport, ChangedByHandChoice, ChangePlan, ClientProfile, Discovery } from '@endymail/shared/mail';
import type { ReconcileOptions, WorkReport } from '../agent.ts';
import type { AgentState } from '../home/state.ts';
import type { MailClientAdapter } from '../mail-clients/adapter.ts';
import { missingConsent } from './consent.ts';
import { targetFor } from './target.ts';

export interface Reconciliation {
  readonly adapter: MailClientAdapter;
  readonly discovery: Discovery;
  readonly state: AgentState;
  /** Resolves when `state` is on disk: profiles are read and planned meanwhile, and none is changed before. */
  readonly remembered: Promise<Result<void, Failure>>;
  readonly changedByHand: ChangedByHandChoice;
  readonly options: ReconcileOptions;
}

/**
 * Brings every profile to what is wanted, one after another. A profile that can not be done now does not stop the
 * others: it is in `waiting`, with the reason, and is taken up again the next time.
 */
export async function reconcileProfiles(work: Reconciliation): Promise<WorkReport> {
  const done: ApplyReport[] = [];
  const waiting: { profile: ClientProfile; why: Failure }[] = [];
  for (const profile of work.discovery.profiles) {
    const outcome = await reconcileProfile(profile, work);
    if (!outcome.ok) waiting.push({ profile, why: outcome.error });
    else if (outcome.value) done.push(outcome.value);
  }
  return { done, waiting };
}

/** Null when there was nothing to do. */
async function reconcileProfile(
  profile: ClientProfile,
  work: Reconciliation,
): Promise<Result<ApplyReport | null, Failure>> {
  const { adapter, state, remembered, changedByHand, options } = work;
  const target = targetFor(profile, state, changedByHand);
  const address = target.identities[0]?.address ?? null;
  let begun = false;
  const refuses = async (plan: ChangePlan): Promise<Failure | null> => {
    const saved = await remembered;
    if (!saved.ok) return saved.error;
    const consent = missingConsent(plan, state);
    if (consent === null && !begun) {
      begun = true;
      options.onProgress?.({ kind: target.identities.length > 0 ? 'setting-up' : 'taking-back', address, profile });
    }
    return consent;
  };
  for (;;) {
    const applied = await adapter.apply(profile, target, refuses);
    if (applied.ok) {
      const { applied: steps, changedByHand: left } = applied.value;
      if (steps > 0) options.onProgress?.({ kind: 'set-up', address, profile });
      return steps + left.length > 0 ? applied : ok(null);
    }
    if (applied.error.code !== 'client-running' && applied.error.code !== 'client-started') return applied;
    options.onProgress?.({ kind: 'waiting', address, profile });
    if (!(await options.wait?.(profile))) return applied;
  }
}
