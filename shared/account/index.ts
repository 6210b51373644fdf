export type {
  AccountView,
  ApprovedDevice,
  DeviceView,
  JoinView,
  PendingDevice,
  RemovedDevice,
  SyncView,
} from './views.ts';
export type { AccountMark, RecoverableDevice, RecoveredAccount, RecoveryPreview } from './recovery-views.ts';
