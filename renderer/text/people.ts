import type { MailboxView } from '@endymail/shared/ipc';
import { counted } from './count.ts';

/** Why a dropped file is not read. */
export type DropProblem = 'no-file' | 'several' | 'too-large' | 'no-text' | 'unreadable';

export const PEOPLE = Object.freeze({
  heading: 'People',
  search: (count: number): string => `Search ${counted(count, 'person', 'people')}`,
  searchName: 'Search people',
  found: (count: number): string => `${counted(count, 'person', 'people')} found`,
  noneFound: (query: string): string => `Nobody found for “${query}”.`,
  add: 'Add somebody…',
  person: 'Person',
  since: 'Since',
  until: 'Until',
  expired: (date: string): string => `Expired ${date}`,
});

/** Below the heading: what follows from who is known, never more than is so. */
export function peopleLead(count: number, mailboxes: readonly MailboxView[]): string {
  if (count === 0) {
    return 'Nobody is added yet. Encrypted mail takes two: each gives the other a small file, once. Nothing in it is secret.';
  }
  const these = count === 1 ? 'this one person' : `these ${counted(count, 'person', 'people')}`;
  if (mailboxes.some(({ state }) => state === 'protected')) {
    return count === 1
      ? 'Mail to this one person is encrypted. Mail to everyone else goes as before.'
      : `Mail is encrypted when everyone on it is among ${these}. Other mail goes as before.`;
  }
  return mailboxes.some(({ state }) => state === 'by-hand')
    ? `Press Encrypt in Thunderbird for mail to ${these}. Other mail goes as before.`
    : `No mailbox of yours encrypts now: mail to ${these} goes as before.`;
}

export const NO_PEOPLE = Object.freeze({
  shareTitle: 'Give them yours',
  shareText: 'Save your file and send it to the people who write to you. With it they can encrypt mail to you.',
  share: 'Share your file…',
  shareNone: 'Enable a mailbox at Home first: then there is a file to share.',
  which: 'Which mailbox do you share?',
  addTitle: 'Add theirs',
  addText: 'Open the file that somebody shared with you, or drop it on this window. Then mail to them is encrypted.',
});

export const ADD_PERSON = Object.freeze({
  heading: (name: string): string => `Is this ${name}?`,
  compare: 'Call them. Their Endymail shows a fingerprint when they press “Share…”: is it this one?',
  notByMail: 'Do not ask by mail: who changed the file on its way could change the answer, too.',
  address: 'Address',
  name: 'Calls themselves',
  until: 'Valid until',
  fingerprint: 'Fingerprint to compare by telephone',
  same: 'They told me the same: add',
  notSame: 'Not the same',
  refusedHeading: 'Not added',
  refused:
    'Nothing was changed. The file does not come from the person you called, or was changed on its way. Ask for it by another way, and compare again.',
  knownHeading: 'You know this person already',
  known: 'The file has the same keys that you compared then. Taking it brings the person up to date.',
  renew: 'Bring up to date',
  begun: (address: string): string => `${address} is added. Mail to them is encrypted once Thunderbird knows them:`,
  readingFailed: 'This file can not be used',
});

/** What it means now that somebody was added: never more than is so. */
export function addedWords(person: string, mailboxes: readonly MailboxView[]): string {
  const inState = (state: MailboxView['state']): string =>
    mailboxes
      .filter((mailbox) => mailbox.state === state)
      .map(({ address }) => address)
      .join(', ');
  const automatic = inState('protected') || inState('ready');
  const byHand = inState('by-hand');
  if (automatic !== '') return `Mail from ${automatic} to ${person} is encrypted from now on.`;
  if (byHand !== '') return `Mail from ${byHand} to ${person} is encrypted when you press Encrypt.`;
  return mailboxes.some(({ state }) => state !== 'off')
    ? `${person} is added. No mailbox of yours can encrypt now; Home tells why.`
    : `${person} is added. Mail is encrypted once a mailbox of yours is enabled.`;
}

export const DROP = Object.freeze({ target: 'Drop the file to add the person who shared it' });

export const DROP_PROBLEMS: Readonly<Record<DropProblem, string>> = Object.freeze({
  'no-file': 'There was no file in what you dropped.',
  several: 'Drop one file at a time.',
  'too-large': 'It is too large: what people share from Endymail is a small text file.',
  'no-text': 'It is not a text file, as what people share from Endymail is.',
  unreadable: 'It can not be read. Check that it is a file and that you may read it.',
});

export const PERSON = Object.freeze({
  addedOn: 'Added',
  fingerprint: 'Fingerprint',
  remove: 'Remove…',
  untilMeans: 'After that day, add their new file: mail to them would go as before.',
});

export const REMOVE_PERSON = Object.freeze({
  heading: (name: string): string => `Remove ${name}?`,
  means: (address: string): string =>
    `The next mail to ${address} goes as before: unencrypted. A mail that you are writing now may still be encrypted.`,
  old: 'Encrypted mail that you have got from them stays readable. You can add them again with their file.',
  confirm: 'Remove',
  begun: (address: string): string =>
    `${address} is removed here. Mail to them goes as before once Thunderbird has forgotten them:`,
  done: (address: string): string =>
    `${address} is removed. Mail to them goes as before, at the latest after a restart of Thunderbird.`,
});
