import type { Command } from '../command-line/command.ts';
import { accountAt } from './account/at.ts';
import { accountCreate } from './account/create.ts';
import { accountLeave } from './account/leave.ts';
import { accountReachable } from './account/reachable.ts';
import { accountRecover } from './account/recover.ts';
import { accountRotate } from './account/rotate.ts';
import { accountShow } from './account/show.ts';
import { accountTaskDone } from './account/task-done.ts';
import { accountTrustCertificate } from './account/trust-certificate.ts';
import { accountWordsCommand } from './account/words.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { deviceApprove } from './device/approve.ts';
import { deviceGiveUp } from './device/give-up.ts';
import { deviceInvite } from './device/invite.ts';
import { deviceJoin } from './device/join.ts';
import { deviceKeep } from './device/keep.ts';
import { deviceList } from './device/list.ts';
import { devicePending } from './device/pending.ts';
import { deviceReject } from './device/reject.ts';
import { deviceRemove } from './device/remove.ts';
import { deviceRequest } from './device/request.ts';
import { deviceResume, deviceSuspend } from './device/suspend.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { exportKey } from './export.ts';
import { fingerprint } from './fingerprint.ts';
import { importPeer } from './import-peer.ts';
import { mailboxes } from './mailboxes.ts';
import { peers } from './peers.ts';
import { plan } from './plan.ts';
import { removePeer } from './remove-peer.ts';
import { remove } from './remove.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { settings } from './settings.ts';
import { share } from './share.ts';
import { sync } from './sync.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = Object.freeze([
  mailboxes,
  plan,
  enable,
  disable,
  check,
  share,
  importPeer,
  peers,
  removePeer,
  exportKey,
  fingerprint,
  accountCreate,
  accountShow,
  accountWordsCommand,
  accountReachable,
  accountAt,
  accountTrustCertificate,
  accountRecover,
  accountRotate,
  accountTaskDone,
  accountLeave,
  deviceRequest,
  devicePending,
  deviceApprove,
  deviceReject,
  deviceInvite,
  deviceJoin,
  deviceList,
  deviceRemove,
  deviceKeep,
  deviceSuspend,
  deviceResume,
  deviceGiveUp,
  sync,
  serve,
  settings,
  backup,
  restore,
  remove,
]);
