import * as v from 'valibot';
import type {
  AccountView,
  ApprovedDevice,
  CertificateView,
  DeviceView,
  JoinView,
  PendingDevice,
  PinView,
  RemovedDevice,
  SyncView,
} from '../../account/index.ts';
import { actView, taskView } from './account-acts.ts';
import { failureSchema } from './failure.ts';
import { listOf, longText, shortText, timestamp } from './values.ts';

/** The words of shared/account as they cross a border. Each is held to its type by the annotation. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Of a device or a request: 32 bytes in hexadecimal. */
export const hexId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const syncView: v.GenericSchema<SyncView> = v.object({
  asOf: v.nullable(timestamp),
  unsent: count,
  problem: v.nullable(failureSchema),
  confirmedAt: v.nullable(timestamp),
  ignored: listOf(v.object({ deviceId: hexId, count })),
});

export const deviceView: v.GenericSchema<DeviceView> = v.object({
  id: hexId,
  name: shortText,
  platform: shortText,
  addedAt: v.nullable(timestamp),
  isThis: v.boolean(),
  mayApprove: v.boolean(),
  state: v.picklist(['active', 'suspended', 'removed']),
  lastSeenAt: v.nullable(timestamp),
  byInvitation: v.boolean(),
});

const pinView: v.GenericSchema<PinView> = v.object({
  fingerprint: shortText,
  how: v.picklist(['first-use', 'invitation', 'exchange', 'own']),
});

export const certificateView: v.GenericSchema<CertificateView> = v.object({
  known: v.nullable(shortText),
  shown: v.nullable(shortText),
});

export const accountView: v.GenericSchema<AccountView> = v.object({
  name: shortText,
  fingerprint: shortText,
  service: v.object({ kind: v.picklist(['service', 'here']), address: longText }),
  pin: v.nullable(pinView),
  here: v.nullable(v.object({ names: listOf(shortText) })),
  device: deviceView,
  standing: v.picklist(['member', 'removed', 'copied']),
  words: v.picklist(['to-be-written-down', 'confirmed', 'elsewhere']),
  sync: syncView,
  acts: listOf(actView),
  tasks: listOf(taskView),
});

export const pendingDevice: v.GenericSchema<PendingDevice> = v.object({
  id: hexId,
  fingerprint: shortText,
  askedAt: timestamp,
  expiresAt: timestamp,
});

export const joinView: v.GenericSchema<JoinView> = v.variant('kind', [
  v.object({
    kind: v.literal('waiting'),
    name: shortText,
    fingerprint: shortText,
    digits: v.nullable(v.pipe(v.string(), v.regex(/^[0-9]{6}$/))),
    expiresAt: timestamp,
    pin: v.nullable(pinView),
  }),
  v.object({ kind: v.literal('confirming'), name: shortText }),
  v.object({ kind: v.literal('joined'), account: accountView }),
  v.object({ kind: v.literal('ended'), name: shortText, why: failureSchema }),
]);

export const approvedDevice: v.GenericSchema<ApprovedDevice> = v.object({ device: deviceView });

export const removedDevice: v.GenericSchema<RemovedDevice> = v.object({
  device: deviceView,
  renewed: listOf(shortText),
  tasks: listOf(longText),
});
