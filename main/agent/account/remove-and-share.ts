import type { DeviceView, RemovedDevice, SyncView } from '@endymail/shared/account';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { AccountParts } from './account-parts.ts';
import type { ReadMember } from './approve.ts';
import { LINK_TRIES_MAX } from './link-out.ts';
import { removeDevice } from './remove-device.ts';

/** What of an account's agent a removal stands on. */
export interface RemovalGround {
  readonly isAdmin: () => Result<void, Failure>;
  readonly share: () => Promise<Result<ReadMember, Failure>>;
  readonly syncAll: () => Promise<Result<SyncView, Failure>>;
  readonly viewsOf: (member: ReadMember) => readonly DeviceView[];
}

/** Removes a device, and shares what came of it. Errors: as `AccountAgent.remove`. */
export async function removeAndShare(
  parts: AccountParts,
  { isAdmin, share, syncAll, viewsOf }: RemovalGround,
  id: string,
  words: Redacted<string> | null,
): Promise<Result<RemovedDevice, Failure>> {
  const allowed = isAdmin();
  if (!allowed.ok) return allowed;
  for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
    const shared = await share();
    if (!shared.ok) return shared;
    const before = viewsOf(shared.value);
    const removed = await removeDevice(parts, shared.value, { id, words });
    if (!removed.ok) return removed;
    if (removed.value === 'moved') continue;
    const { renewed } = removed.value;
    const synced = await syncAll();
    if (!synced.ok) return synced;
    const device = before.find((one) => one.id === id);
    if (device === undefined) return err(failure('device-unknown'));
    return ok({ device: { ...device, state: 'removed' }, renewed, tasks: tasksAfter(renewed) });
  }
  return err(failure('mesh-busy'));
}

/** What only the person can do after a device is gone. */
export function tasksAfter(renewed: readonly string[]): readonly string[] {
  return [
    ...(renewed.length > 0
      ? [
          'Give those who write to you your new files (endymail share): until they have them, what they send to the old ' +
            'keys can be read on the removed device, if they reach it.',
        ]
      : []),
    'Change the passwords of the mail accounts that were set up on the removed device.',
  ];
}
