import type { Head, Profile } from '../identity/index.ts';
import type { Redacted, Result } from '../result/index.ts';
import type { SequenceId, SigningKey } from '../sealing/index.ts';
import type { Answered, Approval, Approvals, ApprovalEnded, Offered } from './approvals.ts';
import type { RequestId } from './exchange.ts';
import type { RejectReason } from './reject.ts';
import type { PendingRequest } from './request.ts';

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
  /** The person said *this was not me* to this device's key. */
  | 'blocked'
  /** Five offers within a day stayed without a confirmation. */
  | 'limit'
  /** The request names an invitation, or none, and the proof is of the other kind. */
  | 'other-proof'
  | 'invitation-unknown'
  | 'invitation-expired'
  | 'invitation-used'
  /** The rights to give are none that Endymail knows. */
  | 'bad-roles'
  /** The request's share is no point of the group. */
  | 'bad-share';

/**
 * Offers: the only guess that whoever asks gets. A request that was offered already gives that offer once more, whatever
 * was typed now.
 */
export declare function offer(
  approvals: Approvals,
  of: {
    readonly request: PendingRequest;
    readonly proof: Proof;
    readonly profile: Profile;
    readonly admin: SigningKey;
    /** Seconds since 1970. */
    readonly now: number;
  },
): Promise<Result<ApprovalStep<Offered | Exclude<Approval, ApprovalEnded>>, OfferFault>>;

/**
 * Takes the new device's confirmation. The approval is then `approved`, from which the caller makes the link that adds
 * the device, or `ended`. Error `needs-chain`: it states a head beyond the chain given.
 */
export declare function onConfirm(
  approvals: Approvals,
  of: { readonly requestId: RequestId; readonly profile: Profile; readonly confirm: Uint8Array },
): Promise<Result<ApprovalStep, 'unknown-request' | 'needs-chain'>>;

/** Tells the new device that it was added: once the chain holds the link. `heads` are those of all sequences. */
export declare function answer(
  approvals: Approvals,
  of: {
    readonly requestId: RequestId;
    /** The chain with the link. */
    readonly profile: Profile;
    readonly heads: ReadonlyMap<SequenceId, Head>;
    readonly admin: SigningKey;
  },
): Promise<Result<ApprovalStep<Answered>, AnswerFault>>;

/** Why nothing is answered. */
export type AnswerFault =
  /** Nothing was approved under this id. */
  | 'unknown-request'
  /** The chain does not hold this device with the rights that were agreed on. */
  | 'not-added'
  /** `heads` are not those of exactly the account's sequences. */
  | 'other-sequences'
  /** The device that approved is another one. */
  | 'other-admin';

/** Says no to a request. `not-me` blocks the key of the device that asks. */
export declare function reject(
  approvals: Approvals,
  of: {
    readonly request: PendingRequest;
    readonly reason: RejectReason;
    readonly admin: SigningKey;
    readonly now: number;
  },
): Promise<ApprovalStep>;

/** Takes the new device's no. Null: it has not said that, or it is too late for it. */
export declare function onReject(
  approvals: Approvals,
  of: { readonly request: PendingRequest; readonly reject: Uint8Array; readonly now: number },
): Promise<ApprovalStep | null>;
