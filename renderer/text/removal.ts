import { spelled } from './count.ts';

export const UNDO_ALL = Object.freeze({
  heading: 'Undo everything',
  lead: (count: number): string =>
    count === 1
      ? 'Turns your mailbox off, and puts Thunderbird back as it was before Endymail.'
      : `Turns ${spelled(count, 'mailbox', 'mailboxes')} off, and puts Thunderbird back as it was before Endymail.`,
  nothing: 'No mailbox is enabled: there is nothing to undo.',
  mailboxes: 'What is turned off',
  kept: 'Mail from these mailboxes is then sent unencrypted. The keys stay in Thunderbird, so that encrypted mail you have already got opens as before. Your people and your keys stay in Endymail, too: you can enable the mailboxes again.',
  confirm: 'Undo everything',
  done: 'All mailboxes are off. Mail from them goes as before Endymail.',
});

export const REMOVE = Object.freeze({
  heading: 'Remove Endymail from this computer',
  lead: 'Undoes everything, then deletes the keys and data of Endymail here.',
  goesHeading: 'What goes',
  goes: [
    'All mailboxes are turned off, and Thunderbird is put back as it was before Endymail.',
    'The people you added, your settings, and what makes new keys for your mailboxes.',
    'The entry in this computer’s keychain.',
  ],
  staysHeading: 'What stays',
  stays: [
    'Your mail, and Thunderbird.',
    'The keys in Thunderbird that open protected mail you have already got.',
    'Backups and files that you saved.',
  ],
  backupHeading: 'Make a backup first',
  backup: 'Without one, the people who added you must add you again if you come back.',
  backupButton: 'Back up…',
  next: 'Remove…',
  ask: 'Remove Endymail now?',
  askText:
    'Everything of Endymail on this computer is undone and deleted. This can not be taken back without a backup.',
  noBackup: 'You have no backup.',
  confirm: 'Undo everything and remove',
  working: 'Removing…',
  stopped: 'Nothing was deleted, because this could not be undone yet:',
  closeIt: 'Close it, then press again.',
});
