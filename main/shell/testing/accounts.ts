import type { AccountView, DeviceView, PendingDevice } from '@endymail/shared/account';

export const ID = 'a'.repeat(64);
export const OTHER_ID = 'b'.repeat(64);

export const device = (changed: Partial<DeviceView> = {}): DeviceView => ({ ...THIS_DEVICE, ...changed });

const THIS_DEVICE = {
  id: '1'.repeat(64),
  name: 'laptop',
  platform: 'linux',
  addedAt: '2026-01-01T00:00:00.000Z',
  isThis: true,
  mayApprove: true,
  state: 'active' as const,
  lastSeenAt: null,
  byInvitation: false,
};

export const account = (changed: Partial<AccountView> = {}): AccountView => ({ ...ACCOUNT, ...changed });

const ACCOUNT = {
  name: 'alice@mesh.example.test',
  fingerprint: 'kzqf x2bt 7mwa rohd 4ne6 ypjv lcus',
  service: { kind: 'service' as const, address: 'mesh.example.test' },
  device: THIS_DEVICE,
  standing: 'member' as const,
  words: 'confirmed' as const,
  sync: { asOf: null, unsent: 0, problem: null, confirmedAt: null, ignored: [] },
  pin: null,
  here: null,
  acts: [],
  tasks: [],
};

export const pendingDevice = (id: string, askedAt = '2026-01-02T03:00:00.000Z'): PendingDevice => ({
  id,
  fingerprint: 'r4gh tq2m wz7c nb5e jxk3 odpa vylf',
  askedAt,
  expiresAt: '2026-01-02T04:00:00.000Z',
});
