import type { AccountView, DeviceView, JoinView, PendingDevice, SyncView } from '@endymail/shared/account';
import { failure, type Failure } from '@endymail/shared/result';
import { REQUEST_LIFETIME_SECONDS, type JoinState, type PendingRequest } from '@endymail/shared/connect';
import { ROLES, hasRoles, isSuspended, type Device, type Profile } from '@endymail/shared/identity';
import { fingerprintText, signingKeyFromSeed, type KeyId } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord, JoiningRecord } from './account-record.ts';
import { actViews } from './acts.ts';
import { devicesNamed } from './device-names.ts';
import type { Folds } from './folds.ts';
import { timeOf } from './items-of-state.ts';
import { joinFailure } from './join.ts';
import { taskView } from './tasks.ts';
import { pinView } from './service-of.ts';

/** What is remembered of the last sync besides what is in the sealed state. */
export interface SyncNotes {
  readonly problem: Failure | null;
  readonly unsent: number;
  readonly ignored: ReadonlyMap<KeyId, number>;
  readonly confirmedAt: Date | null;
}

export function syncView(account: AccountRecord, notes: SyncNotes): SyncView {
  return {
    asOf: account.lastSyncAt?.toISOString() ?? null,
    unsent: notes.unsent,
    problem: notes.problem,
    confirmedAt: notes.confirmedAt?.toISOString() ?? null,
    ignored: [...notes.ignored].map(([deviceId, count]) => ({ deviceId, count })),
  };
}

/** `known`: what is kept here of the account; null: nothing is. */
export async function accountView(parts: AccountParts, notes: SyncNotes, known: Known | null): Promise<AccountView> {
  const account = accountOf(parts);
  const { name, service, device, recovery, standing } = account;
  const { id } = await signingKeyFromSeed(device.signingSeed);
  return {
    name: `${name.local}@${name.host}`,
    fingerprint: fingerprintText(account.id),
    service: { kind: service.kind, address: service.url },
    pin: pinView(service.pin),
    here: service.kind === 'here' ? { names: await namesHere(parts, name.local) } : null,
    device: {
      id,
      name: device.name,
      platform: parts.here.platform,
      addedAt: null,
      isThis: true,
      mayApprove: hasRoles(device.roles, ROLES.admin),
      state: ownState(standing, notes),
      lastSeenAt: null,
      byInvitation: (known?.profile.devices.get(id)?.invitedBy ?? null) !== null,
    },
    // To others it is one; that it is not through shows as what is in the way of sharing.
    standing: standing === 'recovering' ? 'member' : standing,
    words: wordsOf(recovery),
    sync: syncView(account, standing === 'recovering' ? { ...notes, problem: failure('account-recovering') } : notes),
    acts: known === null ? [] : actViews(known.profile, id, nameIn(known.folds)),
    tasks: account.tasks.map((task) => taskView(task, nameIn(known?.folds ?? new Map()))),
  };
}

interface Known {
  readonly profile: Profile;
  readonly folds: Folds;
}

const ownState = (standing: AccountRecord['standing'], { problem }: SyncNotes): DeviceView['state'] => {
  if (standing === 'removed') return 'removed';
  return problem?.code === 'account-suspended' ? 'suspended' : 'active';
};

function nameIn(folds: Folds): (id: KeyId) => string {
  const named = devicesNamed(folds);
  return (id) => named.get(id)?.name ?? '';
}

/** The names under which other devices reach the account that is kept here. */
export const namesHere = async ({ hosting }: AccountParts, local: string): Promise<readonly string[]> =>
  (await hosting.places()).map((place) => `${local}@${place}`);

function wordsOf({ secret, confirmedAt }: AccountRecord['recovery']): AccountView['words'] {
  if (secret !== null) return 'to-be-written-down';
  return confirmedAt === null ? 'elsewhere' : 'confirmed';
}

/** The devices of the chain with what they are called, this one first. */
export function deviceViews(
  { profile, folds }: Known,
  own: KeyId,
  lastSeen: AccountRecord['lastSeen'],
): readonly DeviceView[] {
  const named = devicesNamed(folds);
  const views = [...profile.devices.values()].map((device): DeviceView => {
    const item = named.get(device.id);
    const seen = lastSeen.get(device.id);
    return {
      id: device.id,
      name: item?.name ?? '',
      platform: item?.platform ?? '',
      addedAt: timeOf(device.addedTime).toISOString(),
      isThis: device.id === own,
      mayApprove: hasRoles(device.roles, ROLES.admin),
      state: stateOf(device),
      lastSeenAt: seen === undefined ? null : timeOf(seen).toISOString(),
      byInvitation: device.invitedBy !== null,
    };
  });
  return views.toSorted((left, right) => Number(right.isThis) - Number(left.isThis));
}

function stateOf(device: Device): DeviceView['state'] {
  if (device.removed !== null) return 'removed';
  return isSuspended(device) ? 'suspended' : 'active';
}

export const pendingView = (request: PendingRequest): PendingDevice => ({
  id: request.id,
  fingerprint: request.fingerprint,
  askedAt: timeOf(request.created).toISOString(),
  expiresAt: timeOf(request.created + REQUEST_LIFETIME_SECONDS).toISOString(),
});

/** How joining stands, as long as it is not through. */
export function joinView({ name, service }: JoiningRecord, state: Exclude<JoinState, { kind: 'joined' }>): JoinView {
  const text = `${name.local}@${name.host}`;
  switch (state.kind) {
    case 'requested':
      return {
        kind: 'waiting',
        name: text,
        fingerprint: fingerprintText(state.account),
        digits: state.digits?.reveal() ?? null,
        expiresAt: timeOf(state.created + REQUEST_LIFETIME_SECONDS).toISOString(),
        pin: pinView(service.pin),
      };
    case 'confirmed':
      return { kind: 'confirming', name: text };
    case 'ended':
      return { kind: 'ended', name: text, why: joinFailure(state.why) };
  }
}
