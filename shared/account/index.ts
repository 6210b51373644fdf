export type { ActView, TaskView } from './acts.ts';
export type {
  AccountView,
  ApprovedDevice,
  CertificateView,
  DeviceView,
  JoinView,
  PendingDevice,
  PinView,
  RemovedDevice,
  SyncView,
} from './views.ts';
export type { AccountMark, RecoveredAccount, RecoveryPreview } from './recovery-views.ts';
