import type { AccountView, DeviceView, JoinView, PendingDevice } from '@endymail/shared/account';

/** The account and the devices of the scenes. All of them are made up. */

/** An id of 64 hexadecimal letters, from a number. */
export const hexId = (number: number): string => number.toString(16).padStart(64, '0');

const THIS_DEVICE = {
  id: hexId(1),
  name: 'Mira’s laptop',
  platform: 'linux',
  addedAt: '2026-11-23T09:12:00.000Z',
  isThis: true,
  mayApprove: true,
  state: 'active' as const,
  lastSeenAt: null,
  byInvitation: false,
};

export const device = (changed: Partial<DeviceView> = {}): DeviceView => ({ ...THIS_DEVICE, ...changed });

/** A device that is not this one. */
export const otherDevice = (number: number, changed: Partial<DeviceView> = {}): DeviceView =>
  device({ id: hexId(number), name: `Computer ${number}`, isThis: false, mayApprove: false, ...changed });

const ACCOUNT = {
  name: 'mira@mesh.example.org',
  fingerprint: 'kzqf x2bt 7mwa rohd 4ne6 ypjv lcus',
  service: { kind: 'service' as const, address: 'mesh.example.org' },
  device: device(),
  standing: 'member' as const,
  words: 'confirmed' as const,
  sync: { asOf: '2026-11-25T14:02:00.000Z', unsent: 0, problem: null, confirmedAt: null, ignored: [] },
  pin: null,
  here: null,
  acts: [],
  tasks: [],
};

export const account = (changed: Partial<AccountView> = {}): AccountView => ({ ...ACCOUNT, ...changed });

export const pendingDevice = (number: number, changed: Partial<PendingDevice> = {}): PendingDevice => ({
  id: hexId(100 + number),
  fingerprint: 'r4gh tq2m wz7c nb5e jxk3 odpa vylf',
  askedAt: '2026-11-25T14:28:00.000Z',
  expiresAt: '2026-11-25T15:28:00.000Z',
  ...changed,
});

const WAITING = {
  kind: 'waiting' as const,
  name: 'mira@mesh.example.org',
  fingerprint: 'r4gh tq2m wz7c nb5e jxk3 odpa vylf',
  digits: '402917',
  expiresAt: '2026-11-25T15:28:00.000Z',
  pin: null,
};

/** This computer asks to join, and shows its digits. */
export const waitingJoin = (changed: Partial<Extract<JoinView, { kind: 'waiting' }>> = {}): JoinView => ({
  ...WAITING,
  ...changed,
});
