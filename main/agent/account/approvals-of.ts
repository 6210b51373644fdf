import { decodeApprovals, encodeApprovals, noApprovals, type Approvals } from '@endymail/shared/connect';
import type { Failure, Result } from '@endymail/shared/result';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';

/** What this device has answered to those who ask to join. */
export function approvalsOf(parts: AccountParts): Approvals {
  const { id, approvals } = accountOf(parts);
  const known = approvals === null ? noApprovals(id) : decodeApprovals(approvals);
  if (known === null) throw new Error('The remembered approvals are not readable');
  return known;
}

/** Remembers it, on disk, before anything of it is sent: no request is ever answered twice (R2). */
export const rememberApprovals = (parts: AccountParts, approvals: Approvals): Promise<Result<void, Failure>> =>
  parts.update({ ...parts.state(), account: { ...accountOf(parts), approvals: encodeApprovals(approvals) } });
