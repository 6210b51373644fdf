import {
  REQUEST_LIFETIME_SECONDS,
  decodeApprovals,
  encodeApprovals,
  holdsAt,
  noApprovals,
  type Approval,
  type Approvals,
  type Approved,
  type Offered,
} from '@endymail/shared/connect';
import type { Failure, Result } from '@endymail/shared/result';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';

/**
 * What this device has answered to those who ask to join. What can not be read, as after a change of its form, is set
 * aside: a request that waits is asked of the person again, and a service keeps the first answer to each.
 */
export function approvalsOf(parts: AccountParts): Approvals {
  const { id, approvals } = accountOf(parts);
  return (approvals === null ? null : decodeApprovals(approvals)) ?? noApprovals(id);
}

/** Remembers it, on disk, before anything of it is sent: no request is ever answered twice (R2). */
export const rememberApprovals = (parts: AccountParts, approvals: Approvals): Promise<Result<void, Failure>> =>
  parts.update({ ...parts.state(), account: { ...accountOf(parts), approvals: encodeApprovals(approvals) } });

/** The exchanges that are neither answered nor ended. */
export const openExchanges = ({ exchanges }: Approvals): readonly (Offered | Approved)[] =>
  [...exchanges.values()].filter((approval: Approval) => approval.kind === 'offered' || approval.kind === 'approved');

/** Whether an invitation of this device may still be used. */
export const isInviting = ({ invitations }: Approvals, nowSeconds: number): boolean =>
  [...invitations.values()].some((invitation) => invitation.secret !== null && holdsAt(invitation, nowSeconds));

/** Whether somebody may be waiting for this device's next step now. A device that did not confirm has given up by then. */
export const isAwaited = (approvals: Approvals, nowSeconds: number): boolean =>
  isInviting(approvals, nowSeconds) ||
  openExchanges(approvals).some(({ kind, at }) => kind === 'approved' || nowSeconds < at + REQUEST_LIFETIME_SECONDS);
