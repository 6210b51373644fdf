import { err, failure, ok, type Failure, type FailureCode, type Redacted, type Result } from '@endymail/shared/result';
import {
  beginJoin,
  decodeJoinState,
  encodeJoinState,
  onAnswer,
  onOffer,
  onReject,
  onTimeout,
  parseInvitation,
  readRequest,
  takeBack,
  type BeginFault,
  type InvitationLink,
  type JoinFailure,
  type JoinState,
  type JoinStep,
  type Joined,
} from '@endymail/shared/connect';
import { hasRoles } from '@endymail/shared/identity';
import { parseAccountName, serviceIdBytes } from '@endymail/shared/mesh-api';
import { isProblem, meshFailure, type ServiceClient } from '../mesh/index.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord, JoiningRecord } from './account-record.ts';
import { followLinks, type Chain } from './follow-chain.ts';
import { secondsOf } from './items-of-state.ts';
import { addressOf, certificateSeen, comparedIn, recordOf } from './service-of.ts';

/** Asks to join an account: nothing is believed yet, and only the request leaves this computer. */
export async function requestJoin(
  parts: AccountParts,
  text: string,
  invitation: InvitationLink | null,
): Promise<Result<void, Failure>> {
  const name = parseAccountName(text);
  if (!name.ok) return name;
  const found = await parts.find(name.value, invitation?.pin ?? null);
  if (!found.ok) {
    // Whoever answers there is not whom the invitation names.
    const isOther = found.error.code === 'service-certificate-changed';
    return isOther ? err(failure('service-certificate-differs', undefined, found.error.detail ?? undefined)) : found;
  }
  const { service } = found.value;
  const record = recordOf(found.value);
  const client = parts.connect(service, null);
  const account = await client.accountOf({ name: name.value.local });
  if (!account.ok) return err(meshFailure(account.error));
  const chain = await followLinks(client, account.value, null);
  if (!chain.ok) return chain;
  const begun = await beginJoin({
    account: account.value,
    serviceId: serviceIdBytes(service.id),
    profile: chain.value.profile,
    description: parts.here,
    invitation,
    certificate: certificateSeen(record),
    nowSeconds: secondsOf(parts.now()),
  });
  if (!begun.ok) return err(beginFailure(begun.error));
  const { local } = name.value;
  const joining: JoiningRecord = {
    name: { local, host: name.value.text.slice(local.length + 1) },
    service: record,
    deviceName: parts.here.name,
    steps: encodeJoinState(begun.value),
  };
  const kept = await parts.update({ ...parts.state(), joining });
  if (!kept.ok) return kept;
  const posted = await client.postRequest({ account: account.value, body: begun.value.message });
  return posted.ok ? ok() : err(meshFailure(posted.error));
}

/** The same with an invitation. Errors: `invitation-invalid`, and as `requestJoin`. */
export function joinByInvitation(parts: AccountParts, link: Redacted<string>): Promise<Result<void, Failure>> {
  const invitation = parseInvitation(link.reveal().trim());
  return invitation.ok
    ? requestJoin(parts, invitation.value.name, invitation.value)
    : Promise.resolve(err(failure('invitation-invalid')));
}

/**
 * Whether the same is asked for again as is waited for, so that it goes on. An exchange that was confirmed goes on in any
 * case: the other device may have added this one.
 */
export const isAskedAgain = Object.freeze({
  byName(joining: JoiningRecord, text: string): boolean {
    const state = joinStateOf(joining);
    if (state === null || state.kind === 'ended') return false;
    const isOther = state.kind === 'requested' && state.invited;
    return state.kind === 'confirmed' || (!isOther && isNamed(joining.name, text));
  },

  async byInvitation(joining: JoiningRecord, link: Redacted<string>): Promise<boolean> {
    const state = joinStateOf(joining);
    if (state?.kind !== 'requested') return state?.kind === 'confirmed';
    const invitation = parseInvitation(link.reveal().trim());
    const { account, message } = state;
    const request = await readRequest({ account, serviceId: joining.service.id, message });
    return invitation.ok && request.ok && request.value.invitation === invitation.value.id;
  },
});

/** Whether this is how a person writes the name. */
export function isNamed(name: AccountRecord['name'], text: string): boolean {
  const parsed = parseAccountName(text);
  return parsed.ok && parsed.value.text === `${name.local}@${name.host}`;
}

/** How joining stands; null where this computer does not ask to join, or what is remembered can not be read. */
export function joinStateOf(joining: JoiningRecord | null): JoinState | null {
  return joining === null ? null : decodeJoinState(joining.steps);
}

/**
 * Takes the steps of joining that can be taken now. When it is through, the computer belongs to the account, and reads it
 * with the next sync.
 */
export async function advanceJoin(parts: AccountParts): Promise<Result<JoinState, Failure>> {
  const { joining } = parts.state();
  const first = joinStateOf(joining);
  if (joining === null) return err(failure('join-none'));
  if (first === null) return err(failure('join-unreadable'));
  let state = await remembered(parts, joining, await onTimeout(first, secondsOf(parts.now())), first);
  if (!state.ok) return state;
  if (state.value.kind === 'ended') return state;
  // It was through already, and its last step was cut short.
  if (state.value.kind === 'joined') return become(parts, joining, state.value);
  const client = parts.connect(addressOf(joining.service), null);
  const steps = await stepsOf(client, state.value);
  if (!steps.ok) return steps;
  const rejected = steps.value.get('reject');
  const offered = steps.value.get('offer');
  const answered = steps.value.get('answer');
  if (rejected !== undefined) {
    state = await taking(parts, joining, client, state.value, (at, chain) => onReject(at, chain.profile, rejected));
    if (!state.ok || state.value.kind === 'ended') return state;
  }
  if (offered !== undefined && state.value.kind === 'requested') {
    const now = secondsOf(parts.now());
    state = await taking(parts, joining, client, state.value, (at, chain) => onOffer(at, chain.profile, offered, now));
    if (!state.ok) return state;
  }
  if (state.value.kind === 'confirmed' && !steps.value.has('confirm')) {
    const body = state.value.message;
    const sent = await client.postConfirm({ account: state.value.account, request: state.value.requestId, body });
    if (!sent.ok && !isProblem(sent.error, 'step-taken')) return err(meshFailure(sent.error));
  }
  if (answered !== undefined && state.value.kind === 'confirmed') {
    state = await taking(parts, joining, client, state.value, (at, chain) => onAnswer(at, chain.profile, answered));
    if (!state.ok) return state;
  }
  if (state.value.kind === 'ended' && state.value.message !== null) {
    // That the other side hears of it is a courtesy: it would find out by itself.
    await client.postReject({
      account: state.value.account,
      request: state.value.requestId,
      body: state.value.message,
    });
  }
  return state.value.kind === 'joined' ? become(parts, joining, state.value) : state;
}

/** Takes the request back. */
export async function giveUp(parts: AccountParts): Promise<Result<void, Failure>> {
  const { joining } = parts.state();
  if (joining === null) return err(failure('join-none'));
  const kept = await parts.update({ ...parts.state(), joining: null });
  if (kept.ok) await tellTakenBack(parts, joining);
  return kept;
}

/** That the other side hears of it is a courtesy: a request that nobody answers expires. */
export async function tellTakenBack(parts: AccountParts, joining: JoiningRecord): Promise<void> {
  const state = joinStateOf(joining);
  const ended = state === null || state.kind === 'ended' ? null : await takeBack(state);
  if (ended?.kind !== 'ended' || ended.message === null) return;
  const client = parts.connect(addressOf(joining.service), null);
  await client.postReject({ account: ended.account, request: ended.requestId, body: ended.message });
}

async function stepsOf(client: ServiceClient, state: JoinState) {
  const { account, requestId: request } = state;
  const steps = await client.readRequest({ account, request });
  if (steps.ok) return steps;
  if (!isProblem(steps.error, 'request-unknown') || !('message' in state) || state.kind !== 'requested') {
    return err(meshFailure(steps.error));
  }
  // The answer to the first posting was lost, or the service has lost it: the same bytes again.
  const posted = await client.postRequest({ account, body: state.message });
  return posted.ok
    ? ok(new Map<'offer' | 'confirm' | 'answer' | 'reject', Uint8Array>())
    : err(meshFailure(posted.error));
}

/** A step with the chain as it is now; what it made of the state is on disk before anything is sent. */
async function taking(
  parts: AccountParts,
  joining: JoiningRecord,
  client: ServiceClient,
  state: JoinState,
  step: (state: JoinState, chain: Pick<Chain, 'profile'>) => Promise<JoinStep>,
): Promise<Result<JoinState, Failure>> {
  const chain = await followLinks(client, state.account, null);
  if (!chain.ok) return chain;
  let next = await step(state, chain.value);
  if (next.note === 'needs-chain') {
    const kept = await remembered(parts, joining, next.state, state);
    if (!kept.ok) return kept;
    const longer = await followLinks(client, state.account, chain.value);
    if (!longer.ok) return longer;
    next = await step(next.state, longer.value);
  }
  return remembered(parts, joining, next.state, state);
}

async function remembered(
  parts: AccountParts,
  joining: JoiningRecord,
  next: JoinState,
  before: JoinState,
): Promise<Result<JoinState, Failure>> {
  if (next === before) return ok(next);
  const kept = await parts.update({ ...parts.state(), joining: { ...joining, steps: encodeJoinState(next) } });
  return kept.ok ? ok(next) : kept;
}

/** The computer belongs to the account from here on; what the other device has stated is where reading begins (R14). */
async function become(
  parts: AccountParts,
  { name, service, deviceName }: JoiningRecord,
  joined: Joined,
): Promise<Result<JoinState, Failure>> {
  const client = parts.connect(addressOf(service), null);
  const chain = await followLinks(client, joined.account, null);
  if (!chain.ok) return chain;
  const readable = [...joined.heads].filter(([id]) =>
    hasRoles(joined.roles, chain.value.profile.sequences.get(id)?.roles ?? ~0),
  );
  const account: AccountRecord = {
    id: joined.account,
    name,
    // Whoever approved has compared it.
    service: comparedIn(service),
    device: {
      signingSeed: joined.device.signing,
      kemSeed: joined.device.kem,
      nextKemSeed: null,
      name: deviceName,
      roles: joined.roles,
    },
    chainHead: joined.head,
    syncedHeads: new Map(readable),
    written: new Map(),
    withheld: new Map(),
    epochKeys: new Map(),
    kemKeys: new Map(),
    recovery: { secret: null, confirmedAt: null },
    outbox: [],
    approvals: null,
    lastSyncAt: null,
    standing: 'member',
    actsFrom: new Map(),
    tasks: [],
    lastSeen: new Map(),
  };
  const kept = await parts.update({ ...parts.state(), account, joining: null });
  return kept.ok ? ok(joined) : kept;
}

function beginFailure(fault: BeginFault): Failure {
  switch (fault) {
    case 'other-account':
      return failure('join-false');
    case 'closed':
      return failure('account-unknown', 'This account was closed.');
    case 'bad-description':
      return failure('internal', undefined, 'the name of this computer');
  }
}

/** What a person is told of how joining ended. */
export function joinFailure(why: JoinFailure): Failure {
  if (typeof why === 'object') {
    return failure(why.rejected === 'other-certificate' ? 'service-certificate-differs' : 'join-rejected');
  }
  const codes: Readonly<Partial<Record<typeof why, FailureCode>>> = {
    'wrong-digits': 'join-digits',
    'too-late': 'join-expired',
    'taken-back': 'join-none',
    newer: 'account-newer',
    removed: 'account-removed',
  };
  return failure(codes[why] ?? 'join-false', undefined, why);
}
