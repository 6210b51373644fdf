import { areRoles, currentEpoch, isAdmin, openReverse, type Head, type Profile } from '../identity/index.ts';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import { equalBytes, kemHash, utf8, type SequenceId, type SigningKey } from '../sealing/index.ts';
import { makeAnswer, type StatedEpoch } from './answer.ts';
import {
  isBlocked,
  unconfirmedOffers,
  withApproval,
  withInvitation,
  type Answered,
  type Approval,
  type ApprovalEnded,
  type ApprovalFailure,
  type Approvals,
  type Approved,
  type Offered,
} from './approvals.ts';
import { assertAccount, reaches } from './chain.ts';
import { isSameCertificate, type SeenCertificate } from './certificate.ts';
import { openConfirm } from './confirm.ts';
import { openDescription } from './description.ts';
import { beginExchange, finishExchange, requestMacOf, type RequestId } from './exchange.ts';
import { holdsAt, mayBeInvitedTo, type Invitation } from './invitation.ts';
import { UNCONFIRMED_OFFERS_MAX } from './limits.ts';
import { makeOffer } from './offer.ts';
import { makeReject, openReject, type RejectReason } from './reject.ts';
import { openRequest, type PendingRequest } from './request.ts';

/** What changed: the record to store, before the exchange's message (if it has one) is posted. */
export interface ApprovalStep<A extends Approval = Approval> {
  readonly approvals: Approvals;
  readonly approval: A;
}

/** What the device that asks has to know: digits that the person typed, with the rights to give; or an invitation. */
export type Proof =
  | { readonly kind: 'digits'; readonly digits: Redacted<string>; readonly roles: number }
  /** The one of `approvals` that the request names, with its rights. */
  | { readonly kind: 'invitation' };

/** Why nothing is offered. No guess was given away. */
export type OfferFault =
  /** This device may not approve. */
  | 'not-admin'
  | 'closed'
  /** The request states a longer chain than the one given: fetch it and come again. */
  | 'needs-chain'
  /** The new device was shown another chain than this one. */
  | 'false-chain'
  /** The request ended here already. */
  | 'ended'
  /** The device is in the account already, or was. */
  | 'known-device'
  /** The device that asks sees another certificate of the service: somebody may stand between. */
  | 'other-certificate'
  /** The person said *this was not me* of this device's key. */
  | 'blocked'
  /** Five offers within a day stayed without a confirmation. */
  | 'limit'
  /** The request names an invitation, or none, and the proof is of the other kind. */
  | 'other-proof'
  | 'invitation-unknown'
  | 'invitation-expired'
  | 'invitation-used'
  /** The rights to give are none that Endymail knows, or an admin's by invitation. */
  | 'bad-roles'
  /** The request's share is no point of the group. */
  | 'bad-share';

interface Offering {
  readonly request: PendingRequest;
  readonly proof: Proof;
  readonly profile: Profile;
  readonly admin: SigningKey;
  /** What this device sees of the service's certificate. */
  readonly certificate: SeenCertificate;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

/**
 * Offers: the only guess that whoever asks gets. A request that was offered already gives that offer once more,
 * whatever was typed now (R2).
 */
export async function offer(
  approvals: Approvals,
  of: Offering,
): Promise<Result<ApprovalStep<Exclude<Approval, ApprovalEnded>>, OfferFault>> {
  const { request, profile, admin, nowSeconds } = of;
  assertAccount(profile, approvals.account);
  assertAccount(profile, request.account);
  const earlier = approvals.exchanges.get(request.id);
  if (earlier !== undefined) return earlier.kind === 'ended' ? err('ended') : ok({ approvals, approval: earlier });
  const refused = refusalOf(approvals, of);
  if (refused !== null) return err(refused);
  const granted = grant(approvals, of);
  if (!granted.ok) return granted;
  const { password, roles, invitation } = granted.value;
  const { head } = profile;
  const { scalar, share } = beginExchange(request, password);
  const finished = finishExchange(request, {
    role: 'responder',
    scalar,
    requestShare: request.share,
    offerShare: share,
    terms: { admin: admin.id, roles, head },
  });
  if (!finished.ok) return finished;
  const { sharedKey, offerMac: mac } = finished.value;
  const { account, id: requestId, device } = request;
  const message = await makeOffer({ account, requestId, admin, offer: { share, roles, head, mac } });
  const approval: Offered = {
    kind: 'offered',
    requestId,
    device,
    at: nowSeconds,
    invitation: invitation?.id ?? null,
    request: request.message,
    message,
    admin: admin.id,
    roles,
    sharedKey,
  };
  const used =
    invitation === null ? approvals : withInvitation(approvals, { ...invitation, secret: null, usedBy: requestId });
  return ok({ approvals: withApproval(used, approval), approval });
}

/** Why this request is not to be offered by this device, whatever its proof is. */
function refusalOf(approvals: Approvals, { request, profile, admin, certificate }: Offering): OfferFault | null {
  if (profile.isClosed) return 'closed';
  if (!isAdmin(profile, admin.id)) return 'not-admin';
  if (isBlocked(approvals, request.device)) return 'blocked';
  if (profile.devices.has(request.device)) return 'known-device';
  if (!isSameCertificate(certificate, request.certificate)) return 'other-certificate';
  const reached = reaches(profile, request.head);
  return reached === 'reached' ? null : reached;
}

interface Granted {
  readonly password: Redacted<Uint8Array>;
  readonly roles: number;
  readonly invitation: Invitation | null;
}

function grant(approvals: Approvals, { request, proof, profile, nowSeconds }: Offering): Result<Granted, OfferFault> {
  if ((proof.kind === 'digits') !== (request.invitation === null)) return err('other-proof');
  if (proof.kind === 'digits') {
    if (!areRoles(proof.roles)) return err('bad-roles');
    if (unconfirmedOffers(approvals, nowSeconds) >= UNCONFIRMED_OFFERS_MAX) return err('limit');
    return ok({ password: new Redacted(utf8(proof.digits.reveal())), roles: proof.roles, invitation: null });
  }
  const invitation = request.invitation === null ? undefined : approvals.invitations.get(request.invitation);
  if (invitation === undefined) return err('invitation-unknown');
  if (invitation.secret === null || profile.invitations.has(invitation.id)) return err('invitation-used');
  if (!holdsAt(invitation, nowSeconds)) return err('invitation-expired');
  if (!mayBeInvitedTo(invitation.roles)) return err('bad-roles');
  return ok({ password: invitation.secret, roles: invitation.roles, invitation });
}

/**
 * Takes the new device's confirmation. The approval is then `approved`, from which the caller makes the link that adds
 * the device, or `ended`; where it was one of these before, it stays as it was. Error `needs-chain`: the confirmation
 * states a longer chain than the one given; fetch it and come again.
 */
export async function onConfirm(
  approvals: Approvals,
  of: {
    readonly requestId: RequestId;
    readonly profile: Profile;
    readonly confirm: Uint8Array;
    readonly admin: SigningKey;
  },
): Promise<Result<ApprovalStep, 'unknown-request' | 'needs-chain'>> {
  assertAccount(of.profile, approvals.account);
  const offered = approvals.exchanges.get(of.requestId);
  if (offered === undefined) return err('unknown-request');
  if (offered.kind !== 'offered') return ok({ approvals, approval: offered });
  const approved = await readConfirm(offered, of.profile, of.confirm);
  if (approved.ok) return ok(step(approvals, approved.value));
  if (approved.error === 'needs-chain') return err('needs-chain');
  const reason = approved.error === 'wrong-digits' ? 'wrong-digits' : 'taken-back';
  const message = await makeReject({ account: approvals.account, requestId: of.requestId, key: of.admin, reason });
  return ok(step(approvals, ended(offered, approved.error, message)));
}

async function readConfirm(
  offered: Offered,
  profile: Profile,
  confirm: Uint8Array,
): Promise<Result<Approved, (ApprovalFailure & string) | 'needs-chain'>> {
  const { account } = profile;
  const { requestId, device, at, invitation, admin, roles, sharedKey } = offered;
  const opened = await openRequest(account, offered.request);
  if (!opened.ok) throw new TypeError('The stored request is none');
  const { request } = opened.value;
  const read = await openConfirm(confirm, request);
  if (!read.ok) return err(read.error === 'newer' ? 'newer' : 'malformed');
  const { mac, reverse, description: sealed } = read.value;
  const { publicKey, kemKey, share } = request;
  if (!equalBytes(mac, requestMacOf(request, { sharedKey, share }))) return err('wrong-digits');
  const accepted = await openReverse(reverse, { account, publicKey });
  if (accepted?.roles !== roles) return err('false-reverse');
  const reached = reaches(profile, accepted.head);
  if (reached !== 'reached') return err(reached === 'needs-chain' ? reached : 'false-reverse');
  const description = await openDescription(sealed, { account, requestId, sharedKey });
  if (description === null) return err('malformed');
  const exchange = { requestId, device, at, invitation, request: offered.request, admin, roles };
  return ok({ kind: 'approved', ...exchange, reverse, publicKey, kemKey, description });
}

/** Why nothing is answered. */
export type AnswerFault =
  /** Nothing was approved under this id. */
  | 'unknown-request'
  /** The device that approved is another one. */
  | 'other-admin'
  /** The chain does not hold this device with the keys and the rights that were agreed on. */
  | 'not-added'
  /** `heads` are not those of exactly the account's sequences. */
  | 'other-sequences';

/** Tells the new device that it was added, once the chain holds the link. `heads` are those of all sequences. */
export async function answer(
  approvals: Approvals,
  of: {
    readonly requestId: RequestId;
    /** The chain with the link. */
    readonly profile: Profile;
    readonly heads: ReadonlyMap<SequenceId, Head>;
    readonly admin: SigningKey;
  },
): Promise<Result<ApprovalStep<Answered>, AnswerFault>> {
  const { requestId, profile, heads, admin } = of;
  const { account } = approvals;
  assertAccount(profile, account);
  const approved = approvals.exchanges.get(requestId);
  if (approved?.kind === 'answered') return ok({ approvals, approval: approved });
  if (approved?.kind !== 'approved') return err('unknown-request');
  if (approved.admin !== admin.id) return err('other-admin');
  if (!isAdded(profile, approved)) return err('not-added');
  const epochs = epochsOf(profile);
  if (heads.size !== epochs.size || [...epochs.keys()].some((id) => !heads.has(id))) return err('other-sequences');
  const { kemKey, device, at, invitation } = approved;
  const message = await makeAnswer({
    account,
    requestId,
    admin,
    kemKey,
    answer: { head: profile.head, heads, epochs },
  });
  return ok(step(approvals, { kind: 'answered', requestId, device, at, invitation, message }));
}

function isAdded(profile: Profile, { requestId, device, roles, kemKey }: Approved): boolean {
  const added = profile.devices.get(device);
  if (added?.removed !== null || !profile.requests.has(requestId)) return false;
  return added.roles === roles && added.kem === kemHash(kemKey);
}

const epochsOf = (profile: Profile): ReadonlyMap<SequenceId, StatedEpoch> =>
  new Map(
    [...profile.sequences.keys()].flatMap((id) => {
      const current = currentEpoch(profile, id);
      return current === null ? [] : [[id, { epoch: current.epoch, keyCheck: current.keyCheck }] as const];
    }),
  );

/**
 * Says no to a request, also to one that was offered; one that is approved, answered or ended stays as it is. `not-me`
 * blocks the key of the device that asks.
 */
export async function reject(
  approvals: Approvals,
  of: {
    readonly request: PendingRequest;
    readonly reason: RejectReason;
    readonly admin: SigningKey;
    /** Seconds since 1970. */
    readonly nowSeconds: number;
  },
): Promise<ApprovalStep> {
  const { request, reason, admin, nowSeconds } = of;
  const earlier = approvals.exchanges.get(request.id);
  if (earlier !== undefined && earlier.kind !== 'offered') return { approvals, approval: earlier };
  const message = await makeReject({ account: request.account, requestId: request.id, key: admin, reason });
  return step(approvals, ended(earlier ?? unanswered(request, nowSeconds), { refused: reason }, message));
}

/** Takes the new device's no. Null: that device has not said so, or the request was answered or has ended already. */
export async function onDeviceReject(
  approvals: Approvals,
  of: {
    readonly request: PendingRequest;
    readonly reject: Uint8Array;
    /** Seconds since 1970. */
    readonly nowSeconds: number;
  },
): Promise<ApprovalStep | null> {
  const { request, nowSeconds } = of;
  const { account, id: requestId, device, publicKey } = request;
  const earlier = approvals.exchanges.get(requestId);
  if (earlier?.kind === 'answered' || earlier?.kind === 'ended') return null;
  const keyOf = (id: string): Uint8Array | null => (id === device ? publicKey : null);
  const rejected = await openReject(of.reject, { account, requestId, keyOf });
  return rejected === null
    ? null
    : step(approvals, ended(earlier ?? unanswered(request, nowSeconds), { rejected }, null));
}

type Before = Offered | Approved | Unanswered;

interface Unanswered extends Pick<Offered, 'requestId' | 'device' | 'at' | 'invitation'> {
  readonly kind: 'unanswered';
}

const unanswered = ({ id, device, invitation }: PendingRequest, nowSeconds: number): Unanswered => ({
  kind: 'unanswered',
  requestId: id,
  device,
  at: nowSeconds,
  invitation,
});

/** What was offered stays counted as of when it was offered. */
const ended = (before: Before, why: ApprovalFailure, message: Uint8Array | null): ApprovalEnded => ({
  kind: 'ended',
  requestId: before.requestId,
  device: before.device,
  at: before.at,
  invitation: before.invitation,
  why,
  unconfirmed: before.kind === 'offered',
  message,
});

const step = <A extends Approval>(approvals: Approvals, approval: A): ApprovalStep<A> => ({
  approvals: withApproval(approvals, approval),
  approval,
});
