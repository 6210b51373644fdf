import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangePlan, ClientProfile, Discovery, MailAddress } from '@endymail/shared/mail';
import type { EnableOptions } from '../agent.ts';
import { createMailboxAuthority, issueMailboxCertificate, type KeyAlgorithm } from '../certificates/index.ts';
import type { AgentState, MailboxRecord, ProfileRecord } from '../home/state.ts';
import type { MailClientAdapter } from '../mail-clients/adapter.ts';
import { missingConsent } from './consent.ts';
import { profilesWith } from './profiles-with.ts';
import { targetFor } from './target.ts';

/** Keys that were made for a plan and not kept yet, so that the plan a person reads names what `enable` will install. */
export type Drafts = Map<MailAddress, MailboxRecord>;

export interface Draft {
  /** What the agent would remember. */
  readonly state: AgentState;
  readonly plans: readonly ChangePlan[];
}

export interface DraftRequest {
  readonly addresses: readonly MailAddress[];
  readonly options: EnableOptions;
  readonly discovery: Discovery;
  readonly state: AgentState;
  readonly adapter: MailClientAdapter;
  readonly drafts: Drafts;
  readonly now: Date;
}

/**
 * Works out what enabling these mailboxes means, without writing anything.
 * Errors: `mailbox-unknown`, and what a client's files answer.
 */
export async function draftEnable(request: DraftRequest): Promise<Result<Draft, Failure>> {
  const { addresses, options, discovery, adapter, drafts, now } = request;
  const unknown = addresses.find((address) => profilesWith(discovery.profiles, address).length === 0);
  if (unknown !== undefined) return err(whyUnknown(unknown, discovery));
  let state = request.state;
  for (const address of addresses) {
    const name = nameOf(discovery, address);
    options.onProgress?.({ kind: 'making-keys', address, profile: null });
    const record =
      state.mailboxes.find((mailbox) => mailbox.address === address) ??
      drafts.get(address) ??
      (await makeMailbox(address, name, options.algorithm ?? 'ec-p256', now));
    drafts.set(address, record);
    state = withMailbox(state, { ...record, enabled: true, replaceOwn: record.replaceOwn || !!options.replaceOwn });
  }
  const profiles = discovery.profiles.filter((profile) =>
    profile.identities.some((identity) => addresses.includes(identity.address)),
  );
  if (options.byHand) state = withProfiles(state, profiles, 'by-hand');
  else if (options.acceptProfileWide) state = withProfiles(state, profiles, 'accepted');
  const plans: ChangePlan[] = [];
  for (const profile of profiles) {
    const target = targetFor(profile, state, options.changedByHand ?? 'leave');
    const plan = await adapter.plan(profile, target, 'just-discovered');
    if (!plan.ok) return plan;
    plans.push(plan.value);
  }
  return ok({ state, plans });
}

/** What may hold the profile that has the address, so that it is not to be said that none has it. */
const UNSEEN: readonly Failure['code'][] = ['profile-malformed', 'profile-unreadable', 'folder-missing'];

function whyUnknown(address: MailAddress, { profiles, problems }: Discovery): Failure {
  const all = [...problems, ...profiles.flatMap((profile) => profile.problems)];
  return (
    all.find(({ code }) => UNSEEN.includes(code)) ??
    failure('mailbox-unknown', `No mail client on this computer has the address ${address}.`)
  );
}

/** The obstacles that only the person's word takes away; with one of these, nothing is begun anywhere. */
const NEEDS_A_WORD: readonly Failure['code'][] = ['own-setup', 'profile-wide-consent'];

/** The obstacles that go away by themselves or by something done in the client: remembered, and done at the next chance. */
const PASSES: readonly Failure['code'][] = ['client-running', 'client-started', 'primary-password'];

/**
 * What forbids to begin: a decision that only the person can take, or that not one of the profiles can be set up.
 */
export function stopsEnable(draft: Draft): Failure | null {
  const obstacles = draft.plans.map((plan) => {
    const consent = missingConsent(plan, draft.state);
    return consent ? [consent, ...plan.obstacles] : plan.obstacles;
  });
  const word = obstacles.flat().find((obstacle) => NEEDS_A_WORD.includes(obstacle.code));
  if (word) return word;
  const lasting = obstacles.map((list) => list.find((obstacle) => !PASSES.includes(obstacle.code)));
  return lasting.every((obstacle) => obstacle !== undefined) ? (lasting[0] ?? null) : null;
}

function nameOf(discovery: Discovery, address: MailAddress): string {
  const identities = profilesWith(discovery.profiles, address).flatMap((profile) => profile.identities);
  return identities.find((identity) => identity.address === address && identity.name !== '')?.name ?? '';
}

async function makeMailbox(
  address: MailAddress,
  name: string,
  algorithm: KeyAlgorithm,
  now: Date,
): Promise<MailboxRecord> {
  const authority = await createMailboxAuthority({ address, algorithm, now });
  const current = await issueMailboxCertificate({ authority, address, name, algorithm, now });
  return { address, enabled: true, algorithm, authority, current, former: [], replaceOwn: false };
}

function withMailbox(state: AgentState, record: MailboxRecord): AgentState {
  const others = state.mailboxes.filter((mailbox) => mailbox.address !== record.address);
  return { ...state, mailboxes: [...others, record] };
}

function withProfiles(
  state: AgentState,
  profiles: readonly ClientProfile[],
  automatic: ProfileRecord['automatic'],
): AgentState {
  const ids = profiles.map((profile) => profile.id);
  const others = state.profiles.filter((record) => !ids.includes(record.id));
  return { ...state, profiles: [...others, ...profiles.map(({ id, path }) => ({ id, path, automatic }))] };
}
