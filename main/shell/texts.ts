import { assertNever } from '@endymail/shared/result';
import type { AttentionItem } from '@endymail/shared/ipc';

/** Every word of the shell that a person reads: menus, tray, dialogues, notifications. */
export const TEXTS = Object.freeze({
  appName: 'Endymail',

  menu: Object.freeze({
    file: '&File',
    close: '&Close window',
    quit: '&Quit Endymail',
    edit: '&Edit',
    view: '&View',
    zoomIn: 'Zoom &in',
    zoomOut: 'Zoom &out',
    zoomReset: '&Actual size',
    help: '&Help',
    whatYouSee: '&What you see in Thunderbird',
    lookAgain: '&Look again',
  }),

  tray: Object.freeze({
    open: 'Open Endymail',
    quit: 'Quit Endymail',
    needsYou: (count: number): string => (count === 1 ? 'One thing needs you' : `${count} things need you`),
    allWell: 'Endymail',
  }),

  /** One thing that needs the person, as a line of a menu. */
  attention: (item: AttentionItem): string => {
    switch (item.kind) {
      case 'close-client':
        return `Close ${item.product} (“${item.profileName}”) to finish`;
      case 'changed-by-hand':
        return `${item.address}: a setting was changed`;
      case 'mailbox':
        return `${item.address} needs you`;
      case 'problem':
        return 'Something could not be read';
      case 'keys-end':
        return item.hasEnded ? 'Mail to somebody goes unencrypted' : 'Mail to somebody will soon go unencrypted';
      case 'back-up':
        return 'There is no backup yet';
      case 'join-request':
        return 'A device asks to join';
      case 'act-waits':
        return `“${item.deviceName}” is about to be removed`;
      case 'task':
        return 'Something about your devices is left for you';
      case 'account':
        return 'This computer does not share any more';
      case 'write-words':
        return 'The recovery words are not written down';
      default:
        return assertNever(item);
    }
  },

  files: Object.freeze({
    otherFolder: 'Folder with a Thunderbird profile',
    useFolder: 'Use this folder',
    publicPart: 'Public part of somebody',
    publicPartKind: 'Public part (Endymail)',
    backup: 'Backup of Endymail',
    backupKind: 'Backup (Endymail)',
    phone: 'Key for a phone',
    phoneKind: 'Key for a phone (.p12)',
    allKinds: 'All files',
    open: 'Open',
    save: 'Save',
    backupName: (day: string): string => `endymail-backup-${day}`,
  }),

  notifications: Object.freeze({
    staysTitle: 'Endymail goes on',
    staysBody: 'It finishes what waits for Thunderbird to be closed. Quit it from its icon.',
    finishingTitle: 'Endymail is finishing',
    finishingBody: 'It ends when what it was doing is whole.',
    closeTitle: (product: string): string => `${product} must be closed once`,
    closeBody: (addresses: readonly string[]): string =>
      addresses.length === 1
        ? `${addresses[0] ?? ''} is waiting for it.`
        : `${addresses.length} mailboxes are waiting for it.`,
    changedTitle: 'A setting was changed',
    changedBody: (address: string): string => `Decide what becomes of ${address}.`,
    mailboxTitle: 'A mailbox needs you',
    mailboxBody: (address: string): string =>
      `${address}: something is in the way. Endymail says what, and what to do.`,
    keysEndedTitle: 'Mail goes unencrypted',
    keysEndTitle: 'Mail will soon go unencrypted',
    keysEndBody: ([first = '', ...others]: readonly string[]): string =>
      `${first}${others.length === 0 ? '' : ` and ${others.length} more`}: ask for a new file, and add it.`,
    joinTitle: 'A device asks to join',
    joinBody: 'Look whether it is yours. Nothing happens until you have typed its digits.',
    actTitle: (deviceName: string): string => `“${deviceName}” is about to be removed`,
    actBody: 'Another device of your account announced it. If that was not you, cancel it.',
    accountTitle: 'This computer does not share any more',
    closedTitle: 'Endymail can not open its data',
    doneTitle: 'Done',
    /** What was left to do may have been a set-up, an undo, or new keys. */
    doneBody: (addresses: readonly string[]): string =>
      addresses.length === 1
        ? `What was left to do for ${addresses[0] ?? ''} is done.`
        : `What was left to do for ${addresses.length} mailboxes is done.`,
  }),

  wordsSheet: Object.freeze({
    title: 'Recovery words of your Endymail account',
    what: 'These 24 words, in this order, bring your account back when all your devices are lost. Whoever has them has your account.',
    account: 'Account',
    fingerprint: 'Fingerprint',
    mark: 'As of',
    made: 'Written down on',
    keep: 'Keep this sheet where nobody but you gets at it, and not beside your computer.',
    fileName: 'Endymail recovery words.pdf',
    kind: 'Sheet to print (PDF)',
  }),

  failures: Object.freeze({
    notWritten: (name: string): string => `“${name}” could not be written.`,
    loginEntry: 'The entry for the start at login could not be written.',
  }),

  crash: Object.freeze({
    title: 'The window of Endymail has failed twice',
    body: 'Your mailboxes are as they were. Try to open it again, or quit and start Endymail anew.',
    again: 'Try again',
    quit: 'Quit',
  }),

  loginEntry: Object.freeze({
    comment: 'Keeps the mailboxes set up that you chose to protect',
  }),
});
