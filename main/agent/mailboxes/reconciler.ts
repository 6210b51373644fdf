import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ApplyReport, ChangedByHandChoice, ChangePlan, ClientProfile, Discovery } from '@endymail/shared/mail';
import type { ReconcileOptions, WorkReport } from '../agent.ts';
import type { AgentState } from '../home/state.ts';
import type { MailClientAdapter, ProfileTarget } from '../mail-clients/adapter.ts';
import { missingConsent } from './consent.ts';
import { targetFor } from './target.ts';

export interface Reconciliation {
  readonly adapter: MailClientAdapter;
  readonly discovery: Discovery;
  readonly state: AgentState;
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
  const { adapter, state, changedByHand, options } = work;
  const target = targetFor(profile, state, changedByHand);
  const plan = await adapter.plan(profile, target);
  if (!plan.ok) return plan;
  if (plan.value.steps.length === 0) return settle(plan.value, work, profile, target);
  const consent = missingConsent(plan.value, state);
  if (consent) return err(consent);
  const address = target.identities[0]?.address ?? null;
  options.onProgress?.({ kind: target.identities.length > 0 ? 'setting-up' : 'taking-back', address, profile });
  for (;;) {
    const applied = await adapter.apply(profile, target);
    if (applied.ok) {
      options.onProgress?.({ kind: 'set-up', address, profile });
      return applied;
    }
    if (applied.error.code !== 'client-running' && applied.error.code !== 'client-started') return applied;
    options.onProgress?.({ kind: 'waiting', address, profile });
    if (!(await options.wait?.(profile))) return applied;
  }
}

/**
 * Nothing is to be changed. The journal may still be unsure of something, after a crash between a change and its note;
 * applying lets it see that all is in place, so that a later change by hand is known as one. Where that can not be done
 * now, nothing is lost by it. A home that never enabled anything has no journal, and gets none.
 */
async function settle(
  plan: ChangePlan,
  { adapter, state }: Reconciliation,
  profile: ClientProfile,
  target: ProfileTarget,
): Promise<Result<ApplyReport | null, Failure>> {
  if (state.mailboxes.length > 0) await adapter.apply(profile, target);
  return ok(plan.changedByHand.length === 0 ? null : unchanged(plan));
}

function unchanged(plan: ChangePlan): ApplyReport {
  return { profileId: plan.profileId, applied: 0, changedByHand: plan.changedByHand };
}
