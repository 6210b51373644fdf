import * as v from 'valibot';
import { call } from './contract.ts';
import {
  accountView,
  approvedDevice,
  certificateView,
  deviceView,
  hexId,
  joinView,
  pendingDevice,
  removedDevice,
  syncView,
} from './schemas/account.ts';
import { actView } from './schemas/account-acts.ts';
import { accountMark, recoveredAccount, recoveryPreview } from './schemas/recovery.ts';
import { listOf, secretText, shortText, timestamp } from './schemas/values.ts';

const nothing = v.undefined();

/** Name, words, and what stands below them on paper. */
const kit = v.strictObject({ name: shortText, words: secretText, mark: v.nullable(shortText) });

/** The calls about account and devices: a part of `AGENT_CALLS`. */
export const ACCOUNT_CALLS = Object.freeze({
  account: call([], v.nullable(accountView)),
  accountCreate: call([shortText, v.picklist(['service', 'here'])], accountView),
  accountReachable: call([v.boolean()], accountView),
  accountMoveTo: call([shortText], accountView),
  accountCertificate: call([], certificateView),
  accountTrustCertificate: call([v.nullable(shortText)], accountView),
  /** The one answer that holds a secret: it is asked for to be written down. */
  accountWords: call([], shortText),
  accountConfirmWords: call([secretText], nothing),
  accountMark: call([], accountMark),
  accountRecoverPreview: call([kit], recoveryPreview),
  accountRecover: call([kit, v.strictObject({ keep: v.union([listOf(hexId), v.literal('all')]) })], recoveredAccount),
  deviceRequest: call([shortText], joinView),
  deviceJoin: call([secretText], joinView),
  deviceJoining: call([], joinView),
  deviceGiveUp: call([], nothing),
  devicesPending: call([], listOf(pendingDevice)),
  deviceApprove: call([hexId, secretText, v.strictObject({ mayApprove: v.boolean() })], approvedDevice),
  deviceReject: call([hexId], nothing),
  deviceInvite: call([], v.object({ link: shortText, expiresAt: timestamp })),
  devices: call([], listOf(deviceView)),
  deviceRemove: call([hexId, v.nullable(secretText)], removedDevice),
  deviceAnnounceRemoval: call([hexId], actView),
  actCancel: call([shortText], nothing),
  deviceSuspend: call([hexId, v.nullable(secretText)], deviceView),
  deviceResume: call([hexId, v.nullable(secretText)], deviceView),
  taskDone: call([shortText], nothing),
  accountLeave: call([], nothing),
  accountRotate: call([], syncView),
  sync: call([], syncView),
  syncAnyway: call([], syncView),
});
