import type { AccountParts } from './account-parts.ts';
import type { AccountRecord } from './account-record.ts';

/** The account of this computer. Throws where there is none: whoever asks has looked before. */
export function accountOf(parts: Pick<AccountParts, 'state'>): AccountRecord {
  const { account } = parts.state();
  if (account === null) throw new Error('This computer belongs to no account');
  return account;
}
