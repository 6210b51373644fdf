export const APP_NAME = 'Endymail';

/** Words that many screens use. */
export const COMMON = Object.freeze({
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied.',
  copy: 'Copy',
  details: 'Details',
  hide: 'Hide passphrase',
  later: 'Later',
  lookAgain: 'Look again',
  otherFolder: 'Other folder…',
  quit: 'Quit',
  restore: 'Restore a backup…',
  show: 'Show passphrase',
});

/** What encryption by itself means; stands wherever somebody could hope for more. */
export const AS_BEFORE = 'Mail to the people you added is encrypted. Mail to everyone else goes as before.';

/** The file that a phone or webmail shows in the place of an encrypted mail, with the words around it. */
export const DEVICES_NOTE = Object.freeze({
  before:
    'Encrypted mail can be read only on devices you add. Your phone’s mail app and webmail will show an attachment named ',
  file: 'smime.p7m',
  after: '.',
});
