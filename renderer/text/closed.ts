import type { Failure, FailureCode } from '@endymail/shared/result';
import { failureText } from './failures.ts';

export const STARTING = Object.freeze({
  title: 'One moment',
  says: 'Looking for the mailboxes on this computer…',
});

/**
 * What can be done where the data is not open. `again`: try once more · `unlock`: the keychain asks · `passphrase`: the one
 * that was chosen · `choose-passphrase`: a new one, in the place of a keychain · `restore`: a backup, or start over ·
 * `wait`: it goes on by itself · `quit`: nothing can be done from here.
 */
export type ClosedWay = 'again' | 'unlock' | 'passphrase' | 'choose-passphrase' | 'restore' | 'wait' | 'quit';

interface Closed {
  readonly title: string;
  readonly way: ClosedWay;
  /** Instead of the failure's own sentence and advice, which are for a moment in the work, not for a start. */
  readonly lead?: string;
  readonly advice?: string;
}

const CLOSED: Partial<Readonly<Record<FailureCode, Closed>>> = Object.freeze({
  'keychain-locked': {
    title: 'Your keychain is locked',
    way: 'unlock',
    lead: 'Endymail keeps the key of its data in it. Your mail works as before in the meantime.',
  },
  'keychain-missing': { title: 'No keychain on this computer', way: 'choose-passphrase' },
  'keychain-failed': { title: 'The keychain gave an error', way: 'again' },
  'keychain-other': { title: 'Your passphrase, please', way: 'passphrase' },
  'passphrase-needed': {
    title: 'Your passphrase, please',
    way: 'passphrase',
    lead: 'The data of Endymail on this computer is locked with a passphrase, which you chose.',
  },
  'passphrase-wrong': { title: 'That passphrase does not open it', way: 'passphrase' },
  'keychain-key-gone': { title: 'The key of your data is gone', way: 'restore' },
  'home-damaged': { title: 'The data of Endymail is damaged', way: 'restore' },
  'home-newer': { title: 'This Endymail is too old for your data', way: 'quit' },
  'home-busy': { title: 'Another Endymail is at work', way: 'wait' },
  'home-unwritable': { title: 'Endymail can not write its data', way: 'again' },
  'agent-gone': {
    title: 'Endymail stops again and again',
    way: 'again',
    lead: 'The part of it that does the work was started several times, and ended each time. Your mail is not touched by this.',
    advice: 'Try again. If it stays so, please report the details; nothing secret is in them.',
  },
  'disk-full': { title: 'The disk is full', way: 'again' },
});

interface ClosedWords {
  readonly title: string;
  readonly lead: string;
  /** Null: the ways on say it. */
  readonly advice: string | null;
  readonly way: ClosedWay;
}

/** What a person reads where the data can not be opened. */
export function closedWords(failure: Failure, keychain: 'os' | 'file' | null): ClosedWords {
  const { says, advice } = failureText(failure);
  const own: Closed = CLOSED[failure.code] ?? { title: 'Endymail can not start', way: 'again' };
  const { title, way } = own;
  // Data that is in a keychain is not opened by a passphrase that is chosen now.
  const possible = way === 'choose-passphrase' && keychain === 'os' ? 'again' : way;
  const saysItself = ['choose-passphrase', 'passphrase', 'restore'].includes(possible);
  return { title, lead: own.lead ?? says, advice: saysItself ? null : (own.advice ?? advice), way: possible };
}

export const CLOSED_WORDS = Object.freeze({
  again: 'Try again',
  unlock: 'Unlock…',
  open: 'Unlock',
  passphrase: 'Passphrase',
  ownTitle: 'Use a passphrase instead',
  ownAbout:
    'It locks your data on this computer. You type it each time Endymail starts. Nobody can tell you when it is lost.',
  ownButton: 'Use this passphrase',
  installTitle: 'Install a keychain',
  installSub:
    'On Debian and Ubuntu it is in the packages gnome-keyring and libsecret-1-0. Log out and in again, then try again.',
  waiting: 'Waiting for it to be done…',
  restoreTitle: 'Have you a backup?',
  restoreSub: 'It brings back your mailboxes, people and keys. What is here is set aside, not deleted.',
  overTitle: 'Have you none?',
  overSub: 'Start with empty data. What is here is set aside, not deleted.',
  over: 'Start over…',
});

export const REMOVED = Object.freeze({
  title: 'Endymail is removed from this computer',
  lead: 'Your mailboxes are as they were before. Nothing of Endymail runs any more.',
  kept: 'The keys that open your encrypted mail stay in Thunderbird, so that old mail can be read.',
  again: 'If you want it back one day, start Endymail again; a backup brings your mailboxes and people back.',
});
