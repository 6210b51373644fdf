import type { TaskView } from '@endymail/shared/account';
import { ROLES, hasRoles, type Device } from '@endymail/shared/identity';
import type { KeyId } from '@endymail/shared/sealing';

export const TASK_CODES = Object.freeze(['give-new-files', 'change-passwords'] as const);

/** What a removal left to do for the person, until they say that it is done. */
export interface TaskRecord {
  readonly id: string;
  readonly code: TaskView['code'];
  /** The device that was removed. */
  readonly device: KeyId;
  readonly addresses: readonly string[];
  readonly at: Date;
}

/** As many letters of a device's id as tell it from the others of an account. */
const ID_CHARS = 12;

/** What only the person can do once this device is gone. `renewed`: the mailboxes that got new keys. */
export function tasksAfter(device: Device, renewed: readonly string[], at: Date): readonly TaskRecord[] {
  const of = (code: TaskRecord['code'], addresses: readonly string[]): TaskRecord => ({
    id: `${code}-${device.id.slice(0, ID_CHARS)}`,
    code,
    device: device.id,
    addresses,
    at,
  });
  return [
    ...(renewed.length > 0 ? [of('give-new-files', renewed)] : []),
    ...(hasRoles(device.roles, ROLES.mail) ? [of('change-passwords', [])] : []),
  ];
}

/** As a person sees it. `nameOf`: what a device is called. */
export function taskView({ id, code, device, addresses, at }: TaskRecord, nameOf: (id: KeyId) => string): TaskView {
  const deviceName = nameOf(device);
  return { id, code, says: sentence(code, deviceName), deviceName, addresses, at: at.toISOString() };
}

function sentence(code: TaskRecord['code'], name: string): string {
  const device = name === '' ? 'the removed device' : `“${name}”`;
  switch (code) {
    case 'give-new-files':
      return (
        'Give those who write to you your new files: until they have them, what they send to the old keys can be read ' +
        `on ${device}, if it reaches it.`
      );
    case 'change-passwords':
      return `Change the passwords of the mail accounts that were set up on ${device}.`;
  }
}
