export type {
  AccountView,
  ApprovedDevice,
  DeviceView,
  JoinView,
  PendingDevice,
  RemovedDevice,
  SyncView,
} from './views.ts';
