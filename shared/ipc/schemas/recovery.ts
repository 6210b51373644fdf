import * as v from 'valibot';
import type { AccountMark, RecoveredAccount, RecoveryPreview } from '../../account/index.ts';
import { accountView, deviceView } from './account.ts';
import { listOf, longText, shortText, timestamp } from './values.ts';

/** What bringing an account back says, as it crosses a border. */

export const accountMark: v.GenericSchema<AccountMark> = v.object({ mark: shortText, at: timestamp });

export const recoveryPreview: v.GenericSchema<RecoveryPreview> = v.object({
  name: shortText,
  fingerprint: shortText,
  asOf: accountMark,
  devices: listOf(deviceView),
});

export const recoveredAccount: v.GenericSchema<RecoveredAccount> = v.object({
  account: accountView,
  removed: listOf(deviceView),
  renewed: listOf(shortText),
  tasks: listOf(longText),
});
