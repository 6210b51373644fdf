import type { TaskView } from '@endymail/shared/account';
import { ROLES, hasRoles, type Device, type Profile } from '@endymail/shared/identity';
import type { KeyId } from '@endymail/shared/sealing';

export const TASK_CODES = Object.freeze(['give-new-files', 'change-passwords', 'invited-device'] as const);

/** What a removal left to do for the person, or who came, until they say that it is done. */
export interface TaskRecord {
  readonly id: string;
  readonly code: TaskView['code'];
  /** The device that was removed, or that came. */
  readonly device: KeyId;
  readonly addresses: readonly string[];
  readonly at: Date;
}

/** As many letters of a device's id as tell it from the others of an account. */
const ID_CHARS = 12;

/** What only the person can do once this device is gone. `renewed`: the mailboxes that got new keys. */
export function tasksAfter(device: Device, renewed: readonly string[], at: Date): readonly TaskRecord[] {
  return [
    ...(renewed.length > 0 ? [taskOf('give-new-files', device, renewed, at)] : []),
    ...(hasRoles(device.roles, ROLES.mail) ? [taskOf('change-passwords', device, [], at)] : []),
  ];
}

const taskOf = (code: TaskRecord['code'], { id }: Device, addresses: readonly string[], at: Date): TaskRecord => ({
  id: `${code}-${id.slice(0, ID_CHARS)}`,
  code,
  device: id,
  addresses,
  at,
});

/**
 * The tasks, with those who came in by an invitation since `from` links, unless it was this device's own: whoever got hold
 * of a link is shown where it was not made. What was asked of a device that is gone is over.
 */
export function withInvited(
  tasks: readonly TaskRecord[],
  {
    profile,
    own,
    from,
    at,
  }: { readonly profile: Profile; readonly own: KeyId; readonly from: number; readonly at: Date },
): readonly TaskRecord[] {
  const come = [...profile.devices.values()].filter(
    ({ id, addedAt, invitedBy, removed }) =>
      addedAt >= from && invitedBy !== null && invitedBy !== own && id !== own && removed === null,
  );
  const left = tasks.filter(
    ({ code, device }) => code !== 'invited-device' || (profile.devices.get(device)?.removed ?? null) === null,
  );
  return [...left, ...come.map((device) => taskOf('invited-device', device, [], at))];
}

/** As a person sees it. `nameOf`: what a device is called. */
export function taskView({ id, code, device, addresses, at }: TaskRecord, nameOf: (id: KeyId) => string): TaskView {
  const deviceName = nameOf(device);
  return { id, code, says: sentence(code, deviceName), deviceName, addresses, at: at.toISOString() };
}

function sentence(code: TaskRecord['code'], name: string): string {
  const device = name === '' ? (code === 'invited-device' ? 'A device' : 'the removed device') : `“${name}”`;
  switch (code) {
    case 'give-new-files':
      return (
        'Give those who write to you your new files: until they have them, what they send to the old keys can be read ' +
        `on ${device}, if it reaches it.`
      );
    case 'change-passwords':
      return `Change the passwords of the mail accounts that were set up on ${device}.`;
    case 'invited-device':
      return `${device} joined your account by an invitation. If you did not mean it to, remove it.`;
  }
}
