import { dayWords } from './dates.ts';

export const BACK_UP = Object.freeze({
  heading: 'Back up',
  lead: 'Everything in one sealed file: your keys, the people you added, and what was changed in Thunderbird, so that it can still be undone.',
  why: 'Without your keys, protected mail stays closed for ever, also to you. Keep the file apart from this computer.',
  never: 'You have made no backup yet.',
  last: (date: string): string => `Last backup: ${date}.`,
  passphraseFor: 'Without this passphrase nobody can open the file, you neither. Keep it apart from the file.',
  write: 'Save the backup…',
  written: (fileName: string): string => `${fileName} holds everything.`,
  afterwards: 'Copy it to where this computer’s troubles do not reach: another computer, a stick in a drawer.',
  again: 'Make another…',
});

export const RESTORE = Object.freeze({
  heading: 'Restore a backup',
  lead: 'Brings back your keys, the people you added, and what can be undone in Thunderbird.',
  passphrase: 'Passphrase of the backup',
  passphraseMissing: 'Type the passphrase with which the backup was made.',

  hereHeading: 'What is here now',
  agree: 'Set the data that is here aside',
  here: 'Nothing is deleted: it is moved to a folder beside it, and you are told which.',
  agreeMissing: 'Tick this to go on.',
  nothingHere: 'There is no Endymail data on this computer yet, so nothing is in the way.',

  ownHeading: 'Where the key of your data is kept',
  own: 'Under a passphrase of my own, without a keychain',
  ownMeans: 'You type it each time Endymail starts. Without the tick the keychain of this computer keeps it.',
  ownLabel: 'Passphrase of your own',

  choose: 'Choose the backup…',
  working: 'Opening the backup…',
  done: 'Your keys and people are back',
  setAsideAs: 'The data that was here is now in',
  next: 'Endymail brings Thunderbird up to them. Home tells what still needs you.',
  off: 'Mailboxes to enable',
  offMeans: 'Their keys are back. Thunderbird gets them, and opens your encrypted mail, when you enable them.',
  accountHeading: 'Your account',
  accountLeftOut: (name: string): string =>
    `A backup does not make this computer one of the devices of ${name}. It joins like a new one.`,
  join: 'Join…',
  toHome: 'Go to Home',

  startOverHeading: 'No backup?',
  startOverText:
    'You can start over with new keys. The old data is set aside, not deleted. The people who added you must add you again, and mail that was encrypted to your old keys opens only where Thunderbird still has them.',
  startOver: 'Start over…',
  startOverAsk: 'Start over with new keys?',
  startOverConfirm: 'Set aside and start over',
  startedOver: 'You can begin anew',
  startedOverNext: 'Choose your mailboxes, and Endymail makes new keys for them.',
});

/** When the last backup was made. `lastBackupAt`: ISO 8601; null: never. */
export function lastBackupWords(lastBackupAt: string | null, now: Date): string {
  return lastBackupAt === null ? BACK_UP.never : BACK_UP.last(dayWords(lastBackupAt, now));
}
