import type { AccountView, RecoveredAccount } from '@endymail/shared/account';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { Kit, RecoverOptions } from './account-agent.ts';
import type { AccountParts } from './account-parts.ts';
import { recover } from './recover.ts';
import { tasksAfter, type RemovalGround } from './remove-and-share.ts';

/**
 * Brings an account back, and shares what came of it. `shared`: shares, where it can; the account is there whether or not
 * that goes through, and how it stands is in the view. Errors: as `recover`.
 */
export async function recoverAndShare(
  parts: AccountParts,
  { viewsOf }: Pick<RemovalGround, 'viewsOf'>,
  wish: Kit & RecoverOptions,
  shared: () => Promise<AccountView>,
): Promise<Result<RecoveredAccount, Failure>> {
  const recovered = await recover(parts, wish);
  if (!recovered.ok) return recovered;
  const { removed, renewed, member } = recovered.value;
  const devices = viewsOf(member).filter(({ id }) => removed.some((device) => device.id === id));
  const account = await shared();
  return ok({ account, removed: devices, renewed, tasks: removed.length > 0 ? tasksAfter(renewed) : [] });
}
