import type { AppView, MailboxView, PlaceView } from '@endymail/shared/ipc';
import { parseMailAddress, type MailAddress, type PersonView, type ProfileId } from '@endymail/shared/mail';

/** The people and mailboxes of the scenes. All of them are made up. */

export function address(text: string): MailAddress {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(`No address: ${text}`);
  return parsed.value;
}

/** 16 hex digits from a number. */
export function profileId(number: number): ProfileId {
  return number.toString(16).padStart(16, '0') as ProfileId;
}

export function place(changed: Partial<PlaceView> = {}): PlaceView {
  return {
    profileId: profileId(1),
    product: 'Thunderbird',
    version: '153.7.0esr',
    profileName: 'default-esr',
    inUse: true,
    running: false,
    accountName: 'Mira Halvorsen',
    identityName: 'Mira Halvorsen',
    setup: 'none',
    ...changed,
  };
}

export function mailbox(text: string, changed: Partial<MailboxView> = {}): MailboxView {
  return {
    address: address(text),
    name: 'Mira Halvorsen',
    state: 'off',
    suggested: true,
    reasons: [],
    places: [place()],
    ...changed,
  };
}

export function person(text: string, changed: Partial<PersonView> = {}): PersonView {
  return {
    address: address(text),
    name: 'Ines Okafor',
    fingerprint: '7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1',
    addedAt: '2026-11-23T09:12:00.000Z',
    certificateExpiresAt: '2127-11-23T09:12:00.000Z',
    ...changed,
  };
}

const NO_ACCOUNT = Object.freeze({
  account: null,
  devices: [],
  pending: { devices: [], answered: null },
  joining: null,
  joiningProblem: null,
  invitation: null,
  invitedTo: null,
}) satisfies Partial<AppView>;

/** A window where everything is in order and nothing is there. */
export function view(changed: Partial<AppView> = {}): AppView {
  return {
    agent: { state: 'ready' },
    mailboxes: { rows: [], problems: [], lookedAt: '2026-11-25T14:30:00.000Z' },
    people: [],
    attention: [],
    job: null,
    gap: null,
    settings: { autoDisable: true, theme: 'system', openAtLogin: false, folders: [], lastBackupAt: null },
    about: { version: '0.1.0', platform: 'linux', runtime: 'Electron 45.4.1' },
    ...NO_ACCOUNT,
    ...changed,
  };
}

export function rows(mailboxes: readonly MailboxView[]): AppView['mailboxes'] {
  return { rows: mailboxes, problems: [], lookedAt: '2026-11-25T14:30:00.000Z' };
}
