import type { Failure, FailureCode } from '@endymail/shared/result';
import { MESH_WINDOW_FAILURES } from './mesh-failures.ts';

/**
 * What the one button of a failure does. `again`: what was tried · `look-again`: look for mailboxes anew · `closed-it`:
 * the person has closed the client · `choose-file`, `choose-folder`: another one · `put-back`: settings that Endymail had set · `restore`:
 * the screen that brings a backup back · `people`, `home`: that screen · `copy`: the details, to report them · `close`:
 * nothing can be done from here.
 */
export type FailureAction =
  | 'again'
  | 'look-again'
  | 'closed-it'
  | 'choose-file'
  | 'choose-folder'
  | 'put-back'
  | 'unlock'
  | 'restore'
  | 'people'
  | 'home'
  | 'get-thunderbird'
  | 'copy'
  | 'quit'
  | 'close';

export interface WindowFailure {
  /** Instead of the failure's own sentence, where that one is not for a person at a window. */
  readonly message?: string;
  /** What the person can do, in words of the window. */
  readonly advice: string;
  readonly action: FailureAction;
}

/** What is shown of a failure. */
export interface FailureText {
  readonly says: string;
  readonly advice: string;
  readonly action: FailureAction;
  readonly button: string;
}

const BUTTONS: Readonly<Record<FailureAction, string>> = Object.freeze({
  again: 'Try again',
  'look-again': 'Look again',
  'closed-it': 'I have closed it',
  'choose-file': 'Choose another file…',
  'choose-folder': 'Other folder…',
  'put-back': 'Put settings back',
  unlock: 'Unlock…',
  restore: 'Restore a backup…',
  people: 'Show people',
  home: 'Go to Home',
  'get-thunderbird': 'Get Thunderbird',
  copy: 'Copy details',
  quit: 'Quit Endymail',
  close: 'Close',
});

/** The texts of shared/result name commands and options, which a person at the window does not know. */
const WINDOW_FAILURES: Readonly<Record<FailureCode, WindowFailure>> = Object.freeze({
  ...MESH_WINDOW_FAILURES,

  internal: {
    advice: 'Try again: what was begun is finished then. Please report the details; nothing secret is in them.',
    action: 'again',
  },
  'call-malformed': {
    message: 'Two parts of Endymail did not understand each other.',
    advice: 'Please report the details; nothing secret is in them.',
    action: 'copy',
  },
  'answer-malformed': {
    advice: 'Quit Endymail and start it again: two versions of it may be running.',
    action: 'quit',
  },
  'agent-gone': {
    advice: 'It is started again by itself, and what was begun is finished then.',
    action: 'again',
  },

  usage: {
    message: 'Endymail did not understand this.',
    advice: 'Please report the details; nothing secret is in them.',
    action: 'copy',
  },
  'address-invalid': { advice: 'Write it as name@example.org.', action: 'close' },
  'address-unsupported': {
    message: 'Addresses with letters like ä or é can not be set up yet.',
    advice: 'Mail from this address goes on as before.',
    action: 'close',
  },
  'passphrase-needed': { advice: 'Type a passphrase.', action: 'close' },
  'passphrase-too-short': { advice: 'Use at least 12 characters; four random words are better.', action: 'close' },
  'passphrase-file': { advice: 'Type the passphrase instead.', action: 'close' },
  'passphrase-differs': { advice: 'Type the same one twice.', action: 'close' },
  'file-unreadable': { advice: 'Check that it is there and that you may read it.', action: 'choose-file' },
  'file-exists': { advice: 'Choose another name, or move the old file away.', action: 'again' },

  'no-client': {
    advice: 'Install Thunderbird and add your mail account to it, then look again.',
    action: 'get-thunderbird',
  },
  'client-unused': {
    advice: 'Start it, add your mail account to it, close it, then look again.',
    action: 'look-again',
  },
  'only-other-clients': {
    advice: 'It works with Thunderbird for now: install it and add your mail account to it, then look again.',
    action: 'get-thunderbird',
  },
  'no-mailbox': { advice: 'Add your mail account to Thunderbird, then look again.', action: 'look-again' },
  'mailbox-unknown': {
    advice: 'If you removed the account from Thunderbird, turn the mailbox off here, too. Else add it again.',
    action: 'look-again',
  },
  'mailbox-not-enabled': { advice: 'Enable it at Home first.', action: 'home' },
  'peer-unknown': { advice: 'They may have been removed in the meantime.', action: 'people' },

  'folder-missing': {
    advice: 'Connect the drive it is on, then look again. If it is gone for good, take it off the list in Settings.',
    action: 'look-again',
  },
  'folder-without-profile': {
    message: 'There is no mail of Thunderbird in this folder.',
    advice: 'Choose the folder that Thunderbird shows under Help > Troubleshooting Information.',
    action: 'choose-folder',
  },
  'folder-unknown': { advice: 'It may have been taken off the list in the meantime.', action: 'close' },

  'client-running': {
    advice: 'Close it. Or leave it open: Endymail finishes once it is closed, by itself or at its next start.',
    action: 'closed-it',
  },
  'client-started': { advice: 'Close it; what was begun is finished then.', action: 'closed-it' },
  'client-too-old': { advice: 'Update Thunderbird to version 128 or newer, then look again.', action: 'look-again' },
  'client-not-installed': {
    message: 'This mailbox belongs to a Thunderbird that is no longer installed.',
    advice: 'Install Thunderbird again, start it once, close it, then look again.',
    action: 'get-thunderbird',
  },
  'client-run-failed': {
    message: 'Thunderbird did not do what Endymail asked of it.',
    advice: 'Nothing was left half done. If it stays so, the details say what is missing.',
    action: 'again',
  },
  'primary-password': {
    advice:
      'In Thunderbird, open Settings > Privacy & Security and take the primary password off. Set it again when Endymail is done.',
    action: 'again',
  },
  'own-setup': {
    advice: 'It stays as it is unless you say otherwise when you enable it. Undo brings your own set-up back.',
    action: 'close',
  },
  'profile-wide-consent': {
    message: 'Encrypting by itself is a switch for all mailboxes of this Thunderbird, also for those you did not tick.',
    advice: 'Read what changes for them and say whether you agree.',
    action: 'close',
  },
  'settings-overruled': {
    message: 'A setting that Endymail needs is fixed by whoever manages this computer.',
    advice: 'Ask them to let it free, then try again. The details name the setting.',
    action: 'again',
  },
  'changed-by-hand': {
    message: 'Something that Endymail had set in Thunderbird was changed since.',
    advice: 'If it was you and you like it so, leave it. Else put it back.',
    action: 'put-back',
  },
  'not-set-up': { advice: 'Endymail can set it up again.', action: 'put-back' },
  'not-taken-back': {
    message: 'Something of Endymail is still set in Thunderbird.',
    advice: 'Close Thunderbird, then try again.',
    action: 'again',
  },
  'confirm-needed': { advice: 'Read what it does and say whether you agree.', action: 'close' },

  'profile-unreadable': {
    message: 'The folder in which Thunderbird keeps your mail could not be read.',
    advice: 'Check that the folder is there and that you may read it. Nothing was changed.',
    action: 'look-again',
  },
  'profile-malformed': {
    advice: 'Start Thunderbird once, so that it writes the file anew, and close it. Nothing was changed.',
    action: 'again',
  },
  'profile-read-only': {
    message: 'The folder in which Thunderbird keeps your mail can not be written to.',
    advice: 'Make it writable for yourself, then try again. Nothing was changed.',
    action: 'again',
  },
  'disk-full': { advice: 'Free some space; what was begun is finished then.', action: 'again' },
  'write-failed': { advice: 'The details say why. Mend that, then try again.', action: 'again' },
  'certificate-store': {
    message: 'Thunderbird did not take a change that Endymail made.',
    advice: 'What was begun is finished at the next try. If it stays so, the details say what is in the way.',
    action: 'again',
  },
  'tools-missing': {
    message: 'Two small programs that Endymail needs are not installed.',
    advice: 'Install the package libnss3-tools (on Debian and Ubuntu), then try again.',
    action: 'again',
  },

  'keychain-missing': {
    message: 'This computer has no keychain to keep your keys in.',
    advice:
      'Install one (on Debian and Ubuntu: gnome-keyring) and try again. Or enable a mailbox: a passphrase of your own can be chosen there instead.',
    action: 'again',
  },
  'keychain-locked': { advice: 'Unlock it, so that Endymail can open your keys.', action: 'unlock' },
  'keychain-failed': {
    advice: 'If it stays so, log out of this computer and in again. The details are what it said.',
    action: 'again',
  },
  'keychain-key-gone': {
    message: 'Your Endymail data is here, but the key that opens it is no longer in the keychain.',
    advice: 'Restore a backup, or start over. Nothing was written over it, and it is only set aside.',
    action: 'restore',
  },
  'keychain-other': {
    message: 'The key of this data is kept in another way than the one that was tried.',
    advice: 'Unlock it with the passphrase that was chosen then.',
    action: 'unlock',
  },
  'passphrase-wrong': { advice: 'Type the one that was chosen then.', action: 'again' },

  'home-busy': { advice: 'It goes on by itself as soon as the other one is done.', action: 'again' },
  'home-newer': { advice: 'Update Endymail. Nothing was changed.', action: 'quit' },
  'home-damaged': { advice: 'Restore a backup. Nothing was written over it.', action: 'restore' },
  'home-unwritable': {
    advice: 'Make it writable for yourself, then try again.',
    action: 'again',
  },
  'backup-invalid': { advice: 'Nothing was changed.', action: 'choose-file' },
  'backup-newer': { advice: 'Update Endymail. Nothing was changed.', action: 'close' },
  'home-in-use': {
    advice: 'It can be set aside, so that the backup takes its place; nothing is deleted.',
    action: 'close',
  },

  'public-part-invalid': {
    message: 'This is not a file that somebody shared from Endymail.',
    advice: 'Ask them for the file that “Share…” makes. Nothing was changed.',
    action: 'choose-file',
  },
  'public-part-newer': { advice: 'Update Endymail. Nothing was changed.', action: 'close' },
  'certificate-profile': {
    message: 'This file claims more than one mailbox, or is not built as it must be. It was not used.',
    advice: 'It may be meant to deceive you. Ask the person who sent it, by telephone or face to face.',
    action: 'choose-file',
  },
  'peer-is-own': {
    advice: 'Give this file to the people who write to you, and add theirs here.',
    action: 'choose-file',
  },
  'peer-key-changed': {
    message: 'You know this person with other keys. Perhaps they started over; perhaps it is not them.',
    advice:
      'Ask by telephone or face to face, not by mail. If it is right, remove them from People and add this file again.',
    action: 'people',
  },
  'peer-key-taken': {
    message: 'The keys in this file belong to somebody else whom you know, or to you. It was not used.',
    advice: 'Do not use this file; ask the person who sent it, by telephone or face to face.',
    action: 'choose-file',
  },
  'peer-limit': {
    message: 'No more people can be added: Thunderbird slows down and may send too early when it knows more.',
    advice: 'Remove people to whom you no longer write.',
    action: 'people',
  },
  'certificate-expired': {
    message: 'This file is too old: what is in it has expired.',
    advice: 'Ask them for a new one.',
    action: 'choose-file',
  },
});

/**
 * What the window says of a failure and offers for it. The failure's own sentence is kept where it names concrete things
 * in words of the window.
 */
export function failureText(failure: Failure): FailureText {
  const { message, advice, action } = WINDOW_FAILURES[failure.code];
  return { says: message ?? failure.message, advice, action, button: BUTTONS[action] };
}

/** The exact facts of a failure, to read and to copy. */
export function failureFacts({
  code,
  message,
  detail,
}: Failure): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'code', value: code },
    { name: 'message', value: message },
    ...(detail === undefined || detail === '' ? [] : [{ name: 'detail', value: detail }]),
  ];
}
