import type { Head } from '../identity/index.ts';
import type { Redacted } from '../result/index.ts';
import type { AccountId, KeyId } from '../sealing/index.ts';
import type { DeviceDescription } from './description.ts';
import type { RequestId } from './exchange.ts';
import type { Invitation, InvitationId } from './invitation.ts';
import type { RejectReason } from './reject.ts';

/**
 * Everything that an admin device (A) has answered, which `encodeApprovals` writes down. It is one value and not one per
 * request, because what may be offered depends on all of it: no request gets a second share, five offers a day may stay
 * without a confirmation, an invitation is used once, and the key of a request that was *not me* stays blocked (R2, R20).
 */
export interface Approvals {
  readonly account: AccountId;
  readonly exchanges: ReadonlyMap<RequestId, Approval>;
  readonly invitations: ReadonlyMap<InvitationId, Invitation>;
}

/** How one request stands, on the admin device that answers it. */
export type Approval = Offered | Approved | Answered | ApprovalEnded;

interface Exchange {
  readonly requestId: RequestId;
  /** The device that asks. */
  readonly device: KeyId;
  /** When it was offered, or ended without an offer: seconds since 1970 by this device's clock. */
  readonly at: number;
  /** The invitation that answered, or null where digits were typed. */
  readonly invitation: InvitationId | null;
}

/** Digits were typed, or an invitation matched; the new device has to confirm. */
export interface Offered extends Exchange {
  readonly kind: 'offered';
  /** The request as it was received. */
  readonly request: Uint8Array;
  /** The offer; the same bytes are posted again until the service has them. */
  readonly message: Uint8Array;
  readonly admin: KeyId;
  readonly roles: number;
  readonly head: Head;
  /** What both sides derived if the digits were the same. */
  readonly sharedKey: Redacted<Uint8Array>;
}

/** Both sides proved that they know the digits: the device may be added. */
export interface Approved extends Exchange {
  readonly kind: 'approved';
  readonly request: Uint8Array;
  readonly admin: KeyId;
  readonly roles: number;
  readonly head: Head;
  /** The statement by which the new device accepts its rights: it goes into the link. */
  readonly reverse: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly kemKey: Uint8Array;
  /** What the device says it is. */
  readonly description: DeviceDescription;
}

/** The device was added and told so. */
export interface Answered extends Exchange {
  readonly kind: 'answered';
  /** The answer; the same bytes are posted again until the service has them. */
  readonly message: Uint8Array;
}

/** The request came to nothing. */
export interface ApprovalEnded extends Exchange {
  readonly kind: 'ended';
  readonly why: ApprovalFailure;
  /** Whether there was an offer that was not confirmed: these are counted. */
  readonly unconfirmed: boolean;
  /** What to post so that the new device knows; null where it is the new device that ended it. */
  readonly message: Uint8Array | null;
}

/** Why an exchange ended on the admin device. */
export type ApprovalFailure =
  /** The new device does not show these digits, or somebody who does not know them asked. */
  | 'wrong-digits'
  /** The new device said no, for this reason. */
  | { readonly rejected: RejectReason }
  /** The person said no here, for this reason. */
  | { readonly refused: RejectReason }
  /** The confirmation is none of the protocol, or its signature does not hold. */
  | 'malformed'
  /** The confirmation is of a newer Endymail. */
  | 'newer'
  /** The new device accepts other rights than were offered, or another chain. */
  | 'false-reverse';
