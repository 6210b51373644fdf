import { testAddress } from '@endymail/e2e/harness';
import type { AppView } from '@endymail/shared/ipc';
import type { PersonView } from '@endymail/shared/mail';

/** What is typed into the search: each letter finds fewer people than the one before. */
export const SEARCHED = 'quviwyzjq';

/** So many people that each letter of the search tells them apart, and no more. */
export const FEW_PEOPLE = SEARCHED.length;
export const MANY_PEOPLE = 5_000;

/** Made-up people, of whom each begins with a longer or shorter part of what is searched. */
export function people(count: number): readonly PersonView[] {
  return Array.from({ length: count }, (_, index) => ({
    address: testAddress(`person-${index + 1}@example.test`),
    name: `${SEARCHED.slice(0, 1 + (index % SEARCHED.length))} ${index + 1}`,
    fingerprint: '7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1',
    addedAt: '2026-11-23T09:12:00.000Z',
    certificateExpiresAt: '2027-11-23T09:12:00.000Z',
  }));
}

/** What a window shows that has nothing but people. */
export function viewOf(known: readonly PersonView[]): AppView {
  return {
    agent: { state: 'ready' },
    mailboxes: { rows: [], problems: [], lookedAt: '2026-11-25T14:30:00.000Z' },
    people: known,
    attention: [],
    job: null,
    gap: null,
    settings: { autoDisable: true, theme: 'system', openAtLogin: null, folders: [], lastBackupAt: null },
    about: { version: '0.1.0', platform: 'linux', runtime: 'none' },
    account: null,
    devices: [],
    pending: { devices: [], answered: null },
    joining: null,
    joiningProblem: null,
    invitation: null,
    invitedTo: null,
  };
}
