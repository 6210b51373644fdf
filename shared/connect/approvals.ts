import type { Redacted } from '../result/index.ts';
import type { AccountId, KeyId } from '../sealing/index.ts';
import type { DeviceDescription } from './description.ts';
import type { RequestId } from './exchange.ts';
import { invitationIdBytes, type InvitationId } from './invitation-id.ts';
import type { Invitation } from './invitation.ts';
import { EXCHANGES_MAX, INVITATIONS_MAX, UNCONFIRMED_OFFERS_SECONDS } from './limits.ts';
import type { RejectReason } from './reject.ts';

/**
 * Everything that an admin device (A) has answered, which `encodeApprovals` writes down. It is one value and not one
 * per request, because what may be offered depends on all of it: no request gets a second share, five offers a day may
 * stay without a confirmation, an invitation is used once, and the key of a request that was *not me* stays blocked
 * (R2, R20).
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
  /** What both sides derived if the digits were the same. */
  readonly sharedKey: Redacted<Uint8Array>;
}

/** Both sides proved that they know the digits: the device may be added. */
export interface Approved extends Exchange {
  readonly kind: 'approved';
  readonly request: Uint8Array;
  readonly admin: KeyId;
  readonly roles: number;
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

/** Why an exchange ended on the admin device: for a reason found here, or because one of the two said no. */
export type ApprovalFailure =
  | (typeof APPROVAL_FAILURES)[number]
  /** The new device said no. */
  | { readonly rejected: RejectReason }
  /** The person said no here. */
  | { readonly refused: RejectReason };

export const APPROVAL_FAILURES = Object.freeze([
  /** The new device does not show these digits, or somebody who does not know them asked. */
  'wrong-digits',
  /** The confirmation is none of the protocol, or its signature does not hold. */
  'malformed',
  /** The confirmation is of a newer Endymail. */
  'newer',
  /** The new device accepts other rights than were offered, or was shown another chain. */
  'false-reverse',
] as const);

/** The device of an approval, as the link that adds it is made from. */
export const deviceToAdd = ({ publicKey, kemKey, roles, reverse, invitation }: Approved) => ({
  publicKey,
  kemKey,
  roles,
  reverse,
  invitation: invitation === null ? null : invitationIdBytes(invitation),
});

/** Of an admin device that has answered nothing yet. */
export const noApprovals = (account: AccountId): Approvals => ({
  account,
  exchanges: new Map(),
  invitations: new Map(),
});

/** Remembers an invitation that was made here. */
export const withInvitation = (approvals: Approvals, invitation: Invitation): Approvals => ({
  ...approvals,
  invitations: bounded([...approvals.invitations, [invitation.id, invitation]], INVITATIONS_MAX, () => true),
});

/** Remembers how a request stands now. */
export const withApproval = (approvals: Approvals, approval: Approval): Approvals => ({
  ...approvals,
  exchanges: bounded([...approvals.exchanges, [approval.requestId, approval]], EXCHANGES_MAX, isOver),
});

const isOver = ({ kind }: Approval): boolean => kind === 'answered' || kind === 'ended';

/** Without the oldest one that may go, when there are more than `most`. */
function bounded<K, V>(entries: Iterable<readonly [K, V]>, most: number, mayGo: (value: V) => boolean): Map<K, V> {
  const map = new Map(entries);
  const oldest = map.size > most ? [...map].find(([, value]) => mayGo(value)) : undefined;
  if (oldest !== undefined) map.delete(oldest[0]);
  return map;
}

/**
 * How many offers in answer to typed digits stayed without a confirmation within the day before `nowSeconds` (since
 * 1970), those included that may still be confirmed: they are counted here, because the service would not (R2).
 */
export function unconfirmedOffers({ exchanges }: Approvals, nowSeconds: number): number {
  const since = nowSeconds - UNCONFIRMED_OFFERS_SECONDS;
  return [...exchanges.values()].filter(
    (approval) =>
      approval.invitation === null &&
      approval.at > since &&
      (approval.kind === 'offered' || (approval.kind === 'ended' && approval.unconfirmed)),
  ).length;
}

/** Whether the person said of this device's key that it was not theirs. */
export const isBlocked = ({ exchanges }: Approvals, device: KeyId): boolean =>
  [...exchanges.values()].some(
    (approval) =>
      approval.device === device &&
      approval.kind === 'ended' &&
      typeof approval.why === 'object' &&
      'refused' in approval.why &&
      approval.why.refused === 'not-me',
  );
