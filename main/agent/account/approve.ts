import { err, failure, ok, type Failure, type FailureCode, type Redacted, type Result } from '@endymail/shared/result';
import {
  answer,
  deviceToAdd,
  offer,
  onConfirm,
  onDeviceReject,
  parseDigits,
  readRequest,
  reject,
  type Answered,
  type Approval,
  type ApprovalFailure,
  type Approved,
  type OfferFault,
  type PendingRequest,
  type Proof,
  type RejectReason,
  type RequestId,
} from '@endymail/shared/connect';
import { ALL_ROLES, ORDINARY_ROLES, makeAddDevice, sequencesFor } from '@endymail/shared/identity';
import type { AccountId, SequenceId } from '@endymail/shared/sealing';
import { isProblem, meshFailure } from '../mesh/index.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { approvalsOf, isInviting, openExchanges, rememberApprovals } from './approvals-of.ts';
import { followChain, type Chain } from './follow-chain.ts';
import { secondsOf } from './items-of-state.ts';
import { finishOvertaken, mayLink, postLink } from './link-out.ts';
import type { Member } from './member.ts';
import { certificateSeen, comparedIn } from './service-of.ts';

/** A device at work that has read everything. */
export type ReadMember = Member & { readonly chain: Chain };

/** How often the new device's answer is looked for before the person is told to come back. */
const LOOKS_MAX = 60;
/** The same for one with an invitation, which nobody waits for here. */
const INVITED_LOOKS_MAX = 10;

const LINK_TRIES_MAX = 8;

/** A request that waits, with what was answered to it so far. */
export interface Pending {
  readonly request: PendingRequest;
  readonly steps: ReadonlyMap<'offer' | 'confirm' | 'answer' | 'reject', Uint8Array>;
}

/** The requests that wait at the service; what is none is left out. Errors: `account-needs-admin`, `mesh-…`. */
export async function pendingRequests(
  parts: AccountParts,
  member: Member,
): Promise<Result<readonly Pending[], Failure>> {
  const { id: account, service } = accountOf(parts);
  const listed = await member.client.readRequests({ account });
  if (!listed.ok) return err(meshFailure(listed.error));
  const pending: Pending[] = [];
  for (const { request: message, steps } of listed.value) {
    const request = await readRequest({ account, serviceId: service.id, message });
    if (request.ok) pending.push({ request: request.value, steps });
  }
  return ok(pending);
}

/** The requests that still wait for a person: not answered here, not refused, and without an invitation. */
export function waitingForPerson(parts: AccountParts, pending: readonly Pending[]): readonly PendingRequest[] {
  const { exchanges } = approvalsOf(parts);
  return pending
    .filter(({ request, steps }) => request.invitation === null && !steps.has('reject') && !exchanges.has(request.id))
    .map(({ request }) => request);
}

/**
 * Offers with the digits that were typed, and waits for the device for a while. `answered`: it was approved before, and
 * somebody asks again.
 */
export async function approve(
  parts: AccountParts,
  member: ReadMember,
  wish: { readonly id: string; readonly digits: Redacted<string>; readonly mayApprove: boolean },
): Promise<Result<Approved | Answered, Failure>> {
  const digits = parseDigits(wish.digits.reveal());
  if (digits === null) return err(failure('digits-invalid'));
  const pending = await pendingRequests(parts, member);
  if (!pending.ok) return pending;
  const found = pending.value.find(({ request }) => request.id === wish.id);
  if (found === undefined) return err(failure('request-unknown'));
  const roles = wish.mayApprove ? ALL_ROLES : ORDINARY_ROLES;
  const offered = await makeOffer(parts, member, found.request, { kind: 'digits', digits, roles });
  if (!offered.ok) return offered;
  let known: Approved | null = null;
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const approval = await advanceApproval(parts, member, found.request.id);
    if (!approval.ok) return approval;
    if (approval.value.approved !== null) known = approval.value.approved;
    if (approval.value.approval.kind === 'answered') return ok(known ?? approval.value.approval);
    if (approval.value.approval.kind === 'ended') return err(approvalFailure(approval.value.approval.why));
    await parts.pause();
  }
  return err(failure('approve-unanswered'));
}

/** Refuses a device: it was not the person. */
export async function refuse(parts: AccountParts, member: Member, id: string): Promise<Result<void, Failure>> {
  const pending = await pendingRequests(parts, member);
  if (!pending.ok) return pending;
  const found = pending.value.find(({ request }) => request.id === id);
  if (found === undefined) return err(failure('request-unknown'));
  return refuseRequest(parts, member, found.request, 'not-me');
}

async function refuseRequest(
  parts: AccountParts,
  member: Member,
  request: PendingRequest,
  reason: RejectReason,
): Promise<Result<void, Failure>> {
  const refused = await reject(approvalsOf(parts), {
    request,
    reason,
    admin: member.keys.signing,
    nowSeconds: secondsOf(parts.now()),
  });
  const kept = await rememberApprovals(parts, refused.approvals);
  return kept.ok ? sendEnd(parts, member, refused.approval) : kept;
}

/** Goes on with what waits: approvals that were begun here, and requests by invitations that were made here. */
export async function goOnApproving(parts: AccountParts, member: ReadMember): Promise<Result<void, Failure>> {
  const begun = approvalsOf(parts);
  const open = openExchanges(begun);
  if (open.length === 0 && !isInviting(begun, secondsOf(parts.now()))) return ok();
  const pending = await pendingRequests(parts, member);
  if (!pending.ok) return pending;
  const ids = new Set(open.map(({ requestId }) => requestId));
  const invited = new Set<RequestId>();
  for (const { request } of pending.value) {
    if (request.invitation === null || begun.exchanges.has(request.id)) continue;
    if (!begun.invitations.has(request.invitation)) continue;
    const offered = await makeOffer(parts, member, request, { kind: 'invitation' });
    // One that has expired or was used is no reason to stop with the others.
    if (offered.ok) invited.add(request.id);
  }
  for (const id of ids) {
    const advanced = await advanceApproval(parts, member, id);
    if (!advanced.ok && advanced.error.code !== 'request-unknown') return advanced;
  }
  // A device with an invitation waits for its answer: it comes within a second or two, so it is waited for here too.
  for (const id of invited) {
    const answered = await answeredSoon(parts, member, id);
    if (!answered.ok) return answered;
  }
  return ok();
}

async function answeredSoon(parts: AccountParts, member: ReadMember, id: RequestId): Promise<Result<void, Failure>> {
  for (let look = 0; look < INVITED_LOOKS_MAX; look += 1) {
    const advanced = await advanceApproval(parts, member, id);
    if (!advanced.ok) return advanced;
    if (advanced.value.approval.kind !== 'offered') return ok();
    await parts.pause();
  }
  return ok();
}

async function makeOffer(
  parts: AccountParts,
  member: ReadMember,
  request: PendingRequest,
  proof: Proof,
): Promise<Result<void, Failure>> {
  const made = await offer(approvalsOf(parts), {
    request,
    proof,
    profile: member.chain.profile,
    admin: member.keys.signing,
    certificate: certificateSeen(accountOf(parts).service),
    nowSeconds: secondsOf(parts.now()),
  });
  if (!made.ok) {
    // The new device is told too, by whoever carries it: its person would wait for an hour.
    if (made.error === 'other-certificate') await refuseRequest(parts, member, request, 'other-certificate');
    return err(offerFailure(made.error));
  }
  const kept = await rememberApprovals(parts, made.value.approvals);
  if (!kept.ok) return kept;
  const { approval } = made.value;
  return approval.kind === 'offered' ? postOffer(member, request.account, approval) : ok();
}

async function postOffer(
  member: Member,
  account: AccountId,
  { requestId, message }: Extract<Approval, { kind: 'offered' }>,
): Promise<Result<void, Failure>> {
  const sent = await member.client.postOffer({ account, request: requestId, body: message });
  return sent.ok || isProblem(sent.error, 'step-taken') ? ok() : err(meshFailure(sent.error));
}

interface Advanced {
  readonly approval: Approval;
  /** What the device was approved as, where that was found out now. */
  readonly approved: Approved | null;
}

async function advanceApproval(
  parts: AccountParts,
  member: ReadMember,
  requestId: RequestId,
): Promise<Result<Advanced, Failure>> {
  const { id: account } = accountOf(parts);
  let approval = approvalsOf(parts).exchanges.get(requestId);
  if (approval === undefined) return err(failure('request-unknown'));
  if (approval.kind === 'offered') {
    const steps = await member.client.readRequest({ account, request: requestId });
    if (!steps.ok) return err(meshFailure(steps.error));
    if (!steps.value.has('offer')) {
      const sent = await postOffer(member, account, approval);
      if (!sent.ok) return sent;
    }
    const next = await heard(parts, member, approval, steps.value);
    if (!next.ok) return next;
    approval = next.value;
    const told = await sendEnd(parts, member, approval);
    if (!told.ok) return told;
  }
  if (approval.kind !== 'approved') return ok({ approval, approved: null });
  const approved = approval;
  const added = await addDevice(parts, member, approved);
  if (!added.ok) return added;
  const heads = new Map([...member.readings].map(([id, { state }]) => [id, state.head]));
  const answered = await answer(approvalsOf(parts), {
    requestId,
    profile: added.value.profile,
    heads,
    admin: member.keys.signing,
  });
  if (!answered.ok) return err(failure('internal', undefined, `the answer: ${answered.error}`));
  const body = answered.value.approval.message;
  const sent = await member.client.postAnswer({ account, request: requestId, body });
  if (!sent.ok && !isProblem(sent.error, 'step-taken')) return err(meshFailure(sent.error));
  // Only now: as long as the service may not have it, the next sync makes it once more, and every one of them is true.
  const kept = await rememberApprovals(parts, answered.value.approvals);
  return kept.ok ? ok({ approval: answered.value.approval, approved }) : kept;
}

/** What the new device has said since the offer. */
async function heard(
  parts: AccountParts,
  member: ReadMember,
  approval: Extract<Approval, { kind: 'offered' }>,
  steps: Pending['steps'],
): Promise<Result<Approval, Failure>> {
  const { requestId } = approval;
  const { id: account, service } = accountOf(parts);
  const rejected = steps.get('reject');
  const confirmed = steps.get('confirm');
  if (rejected !== undefined) {
    const request = await readRequest({ account, serviceId: service.id, message: approval.request });
    const nowSeconds = secondsOf(parts.now());
    const ended = request.ok
      ? await onDeviceReject(approvalsOf(parts), { request: request.value, reject: rejected, nowSeconds })
      : null;
    if (ended !== null) {
      const kept = await rememberApprovals(parts, ended.approvals);
      return kept.ok ? ok(ended.approval) : kept;
    }
  }
  if (confirmed === undefined) return ok(approval);
  const { signing } = member.keys;
  const of = { requestId, profile: member.chain.profile, confirm: confirmed, admin: signing };
  const next = await onConfirm(approvalsOf(parts), of);
  if (!next.ok) return err(failure('mesh-lied', undefined, `the confirmation: ${next.error}`));
  const kept = await rememberApprovals(parts, next.value.approvals);
  if (!kept.ok) return kept;
  if (next.value.approval.kind === 'approved') await noteCompared(parts, approval);
  return ok(next.value.approval);
}

/** Two devices that know each other see the same certificate: it is no longer one of a first use. */
async function noteCompared(
  parts: AccountParts,
  { request: message }: { readonly request: Uint8Array },
): Promise<void> {
  const account = accountOf(parts);
  const { id, service } = account;
  const request = await readRequest({ account: id, serviceId: service.id, message });
  const compared = comparedIn(service);
  if (!request.ok || request.value.certificate !== service.pin?.key || compared === service) return;
  // Where it can not be written, the next exchange tells the same.
  await parts.update({ ...parts.state(), account: { ...account, service: compared } });
}

async function addDevice(parts: AccountParts, member: ReadMember, approved: Approved): Promise<Result<Chain, Failure>> {
  let { chain } = member;
  const { signing, kems } = member.keys;
  for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
    if (chain.profile.requests.has(approved.requestId)) return ok(chain);
    const free = mayLink(parts);
    if (!free.ok) return free;
    const made = await makeAddDevice({
      profile: chain.profile,
      admin: signing,
      device: deviceToAdd(approved),
      request: approved.requestId,
      epochKeys: presentKeys(chain, approved.roles),
      nowSeconds: secondsOf(parts.now()),
    });
    const posted = await postLink(parts, member, chain, made);
    if (!posted.ok) return posted;
    const more = await followChain(member.client, {
      account: chain.profile.account,
      owner: signing.id,
      kems,
      known: chain,
      kept: chain.keys,
    });
    if (!more.ok) return more;
    chain = more.value;
    const finished = await finishOvertaken(parts, chain);
    if (!finished.ok) return finished;
  }
  return err(failure('mesh-busy'));
}

/** The keys of the present epochs that a device of these roles gets. */
export function presentKeys(chain: Chain, roles: number): ReadonlyMap<SequenceId, Redacted<Uint8Array>> {
  return new Map(
    sequencesFor(chain.profile, roles).flatMap(({ id, epochs }) => {
      const epoch = epochs.at(-1)?.epoch;
      const key = epoch === undefined ? null : (chain.keys.get(id)?.get(epoch) ?? null);
      return key === null ? [] : [[id, key] as const];
    }),
  );
}

/** Tells the new device that it came to nothing, where it does not know. */
async function sendEnd(parts: AccountParts, member: Member, approval: Approval): Promise<Result<void, Failure>> {
  if (approval.kind !== 'ended' || approval.message === null) return ok();
  const { id: account } = accountOf(parts);
  const sent = await member.client.postReject({ account, request: approval.requestId, body: approval.message });
  return sent.ok || isProblem(sent.error, 'step-taken') ? ok() : err(meshFailure(sent.error));
}

function offerFailure(fault: OfferFault): Failure {
  const codes: Readonly<Partial<Record<OfferFault, FailureCode>>> = {
    'not-admin': 'account-needs-admin',
    limit: 'approve-limit',
    ended: 'request-unknown',
    blocked: 'request-unknown',
    'known-device': 'request-unknown',
    'invitation-unknown': 'invitation-invalid',
    'invitation-expired': 'invitation-expired',
    'invitation-used': 'invitation-expired',
    'other-proof': 'request-unknown',
    'other-certificate': 'service-certificate-differs',
    'needs-chain': 'mesh-lied',
    'false-chain': 'mesh-lied',
  };
  return failure(codes[fault] ?? 'mesh-refused', undefined, fault);
}

function approvalFailure(why: ApprovalFailure): Failure {
  if (why === 'wrong-digits') return failure('digits-wrong');
  if (typeof why === 'object' && 'rejected' in why && why.rejected === 'wrong-digits') return failure('digits-wrong');
  if (why === 'newer') return failure('account-newer');
  return failure('request-unknown', 'The new device has taken its request back.', JSON.stringify(why));
}
