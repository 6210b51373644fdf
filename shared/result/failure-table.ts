import { EXIT_CODES, entry, type FailureEntry } from './failure-entry.ts';
import { MESH_FAILURES } from './mesh-failures.ts';

/** Every failure a person can meet, in one place: its exit code, its general sentence, and what to do. */
export const FAILURES = Object.freeze({
  internal: entry(
    'failed',
    'Endymail made a mistake of its own and stopped.',
    'Run the command again: what was begun is finished then. Please report the details; nothing secret is in them.',
    true,
  ),

  // Borders inside Endymail
  'call-malformed': entry('failed', 'Endymail refused a call that it does not know.', 'Please report the details.'),
  'answer-malformed': entry(
    'failed',
    'Two parts of Endymail did not understand each other.',
    'Quit Endymail everywhere and start it again: two versions of it may be running.',
  ),
  'agent-gone': entry(
    'failed',
    'The part of Endymail that does the work has ended.',
    'It is started again by itself, and what was begun is finished then. Try again.',
    true,
  ),

  ...MESH_FAILURES,

  // Usage
  usage: entry('usage', 'This command was not understood.', 'Run endymail --help to see what it takes.'),
  'address-invalid': entry('usage', 'This is not a mail address.', 'Write it as name@example.org.'),
  'address-unsupported': entry(
    'failed',
    'Addresses with letters outside ASCII can not be protected yet.',
    'Mail from this address goes on as before.',
  ),
  'passphrase-needed': entry(
    'usage',
    'A passphrase is needed.',
    'Give a file that holds it (endymail <command> --help names the option), or run the command in a terminal and type it.',
  ),
  'passphrase-too-short': entry(
    'usage',
    'The passphrase is too short.',
    'Use at least 12 characters; four random words are better.',
  ),
  'passphrase-file': entry(
    'usage',
    'The passphrase file can not be used.',
    'Give a file with the passphrase on one line.',
  ),
  'passphrase-differs': entry(
    'usage',
    'The two passphrases are not the same.',
    'Run it again and type the same one twice.',
    true,
  ),
  'file-unreadable': entry('failed', 'The file can not be read.', 'Check its name, then try again.', true),
  'file-exists': entry('usage', 'A file of this name exists already.', 'Choose another name or move the old file.'),

  // Finding
  'no-client': entry(
    'nothingFound',
    'No Thunderbird was found on this computer.',
    'Install Thunderbird and add your mail account to it, then look again.',
  ),
  'client-unused': entry(
    'nothingFound',
    'Thunderbird is installed, but was never started.',
    'Start it, add your mail account to it, close it, then look again.',
  ),
  'only-other-clients': entry(
    'nothingFound',
    'Only mail clients were found that Endymail can not set up yet.',
    'It works with Thunderbird for now: install it and add your mail account to it, then look again.',
  ),
  'no-mailbox': entry(
    'nothingFound',
    'Thunderbird is here, but it has no mail account yet.',
    'Add your mail account to Thunderbird, then look again.',
  ),
  'folder-missing': entry(
    'nothingFound',
    'A folder that you pointed at is not there.',
    'Connect the drive it is on, or check its name. One that is gone for good is forgotten with endymail settings --remove-folder <folder>.',
    true,
  ),
  'folder-without-profile': entry(
    'nothingFound',
    'There is no profile of Thunderbird in this folder.',
    'Choose the folder of a profile (it holds the file prefs.js), or the one that holds the file profiles.ini.',
  ),
  'folder-unknown': entry(
    'nothingFound',
    'Endymail does not look into this folder.',
    'Run endymail settings to see into which folders of yours it looks.',
  ),
  'mailbox-unknown': entry(
    'nothingFound',
    'No mail client on this computer has this address.',
    'Run endymail mailboxes to see the addresses that were found.',
  ),
  'mailbox-not-enabled': entry(
    'nothingFound',
    'This mailbox is not enabled.',
    'Enable it first: endymail enable <address>.',
  ),
  'peer-unknown': entry(
    'nothingFound',
    'Nobody with this address is known.',
    'Run endymail peers to see whom you have added.',
  ),

  // The mail client
  'client-running': entry(
    'needsPerson',
    'Thunderbird is running.',
    'Close it and run the command again, or leave it: Endymail finishes the next time it runs with Thunderbird closed.',
    true,
  ),
  'client-started': entry(
    'needsPerson',
    'Thunderbird was started while Endymail worked.',
    'Close it and run the command again; what was begun is finished then.',
    true,
  ),
  'client-too-old': entry(
    'failed',
    'This Thunderbird is too old.',
    'Update Thunderbird to version 128 or newer, then try again.',
  ),
  'client-not-installed': entry(
    'failed',
    'The profile is here, but the Thunderbird it belongs to was not found.',
    'Install Thunderbird again, start it once, and close it.',
  ),
  'client-run-failed': entry(
    'failed',
    'Thunderbird did not do what Endymail asked of it in its short run without a window.',
    'Nothing was left half done. Try again; if it stays so, install the NSS tools (package libnss3-tools).',
    true,
  ),
  'primary-password': entry(
    'needsPerson',
    'Thunderbird is protected by a primary password, which only you can give.',
    'Take the primary password off in Thunderbird (Settings > Privacy & Security) while Endymail sets it up, then set it again.',
  ),
  'own-setup': entry(
    'needsPerson',
    'This mailbox has an encryption set-up of its own, which Endymail does not replace by itself.',
    'Leave it as it is, or say so with --replace-own; undo brings your set-up back.',
  ),
  'profile-wide-consent': entry(
    'needsPerson',
    'Automatic encryption is a switch of the whole Thunderbird profile, and other mailboxes in it are affected.',
    'Read the plan. Accept it with --accept-profile-wide, or use --by-hand to press Encrypt yourself.',
  ),
  'settings-overruled': entry(
    'needsPerson',
    'A setting that Endymail needs is fixed by an administrator or by user.js.',
    'Ask who manages this computer, or take the setting out of user.js, then try again.',
  ),
  'changed-by-hand': entry(
    'needsPerson',
    'Something that Endymail had set was changed by hand since.',
    'Put it back with --put-back, or leave it as you have it with --leave.',
  ),
  'not-set-up': entry(
    'needsPerson',
    'Something that Endymail had set up in Thunderbird is missing.',
    'Run endymail enable <address> --put-back.',
  ),
  'not-taken-back': entry(
    'needsPerson',
    'Something of Endymail is still in a Thunderbird profile.',
    'Close Thunderbird and run endymail disable --all, then try again.',
    true,
  ),
  'confirm-needed': entry(
    'needsPerson',
    'This needs your consent.',
    'Run it in a terminal and answer, or give --yes when you have read what it does.',
  ),

  // Files of other programs
  'profile-unreadable': entry(
    'failed',
    'A Thunderbird profile could not be read.',
    'Check that the folder is there and that your user may read it, then look again. Nothing was changed.',
  ),
  'profile-malformed': entry(
    'failed',
    'A settings file of Thunderbird is damaged or half-written.',
    'Start Thunderbird once so that it writes the file anew, close it, and try again. Nothing was changed.',
    true,
  ),
  'profile-read-only': entry(
    'failed',
    'The Thunderbird profile can not be written to.',
    'Make the folder writable for your user, then try again. Nothing was changed.',
    true,
  ),
  'disk-full': entry(
    'failed',
    'The disk is full.',
    'Free some space and try again; what was begun is finished then.',
    true,
  ),
  'write-failed': entry(
    'failed',
    'A file could not be written.',
    'The details say why. Mend that, then try again.',
    true,
  ),
  'certificate-store': entry(
    'failed',
    "Thunderbird's certificate store did not take the change.",
    'Try again: what was begun is finished then. If it stays so, another certificate may have the place of the new one (the details say more; in Thunderbird: Settings > Privacy & Security > Manage Certificates).',
    true,
  ),
  'tools-missing': entry(
    'failed',
    'The NSS tools (certutil and pk12util) are not installed.',
    'Install them (on Debian and Ubuntu: apt install libnss3-tools), then try again.',
  ),

  // Keychain
  'keychain-missing': entry(
    'keychain',
    'There is no keychain to keep your keys in.',
    'Install or start one (on Debian and Ubuntu: apt install gnome-keyring libsecret-1-0), or use --keychain file with a passphrase.',
    true,
  ),
  'keychain-locked': entry(
    'keychain',
    'Your keychain is locked, or its question was dismissed.',
    'Unlock it and try again.',
    true,
  ),
  'keychain-failed': entry(
    'keychain',
    'The keychain answered with an error.',
    'Try again. If it stays so, start the keychain anew (log out and in); the details are what it said.',
    true,
  ),
  'keychain-key-gone': entry(
    'keychain',
    'Your Endymail data is here, but its key is no longer in the keychain. Nothing was written over it.',
    'Restore a backup (endymail restore <file> --set-aside), or start over with the old data set aside (endymail restore --start-over).',
  ),
  'keychain-other': entry(
    'keychain',
    'The key of this data is kept in another way.',
    'Use --keychain os where it is in the keychain of your computer, --keychain file where it is in a file.',
  ),
  'passphrase-wrong': entry(
    'keychain',
    'The passphrase is wrong, or the file was damaged.',
    'Try again with the passphrase that was chosen then.',
    true,
  ),

  // Endymail's own data
  'home-busy': entry(
    'failed',
    'Another Endymail is at work on this data.',
    'Wait for it to end, then try again.',
    true,
  ),
  'home-newer': entry('failed', 'This data was written by a newer Endymail.', 'Update Endymail. Nothing was changed.'),
  'home-damaged': entry(
    'failed',
    "Endymail's own data is damaged.",
    'Restore a backup: endymail restore <file> --set-aside. Nothing was written over it.',
  ),
  'home-unwritable': entry(
    'failed',
    "Endymail's folder can not be written to.",
    'Make it writable for your user, or choose another folder with --home.',
  ),
  'backup-invalid': entry(
    'failed',
    'This is not a backup of Endymail, or it is damaged.',
    'Choose another file. Nothing was changed.',
  ),
  'backup-newer': entry('failed', 'This backup was made by a newer Endymail.', 'Update Endymail. Nothing was changed.'),
  'home-in-use': entry(
    'needsPerson',
    'There is Endymail data on this computer already.',
    'Set it aside with --set-aside to restore the backup in its place; nothing is deleted.',
  ),

  // Correspondents
  'public-part-invalid': entry(
    'failed',
    'This file is not the public part of somebody who uses Endymail.',
    'Ask for the file that endymail share makes. Nothing was changed.',
  ),
  'public-part-newer': entry(
    'failed',
    'This file was made by a newer Endymail.',
    'Update Endymail. Nothing was changed.',
  ),
  'certificate-profile': entry(
    'failed',
    'The certificate in this file claims more than the one mailbox, or is not built as it must be. It was not used.',
    'Do not use this file; ask the sender by another way.',
  ),
  'peer-is-own': entry('usage', 'This is your own mailbox.', 'Give the file to the people who write to you.'),
  'peer-key-changed': entry(
    'needsPerson',
    'You know this person with another key.',
    'Compare the fingerprint by telephone. If it is right: remove the person (endymail remove-peer) and import the file again.',
  ),
  'peer-key-taken': entry(
    'failed',
    'The key in this file belongs to somebody else whom you know, or to you. It was not used.',
    'Do not use this file; ask the sender by another way.',
  ),
  'peer-limit': entry(
    'failed',
    'Thunderbird slows down and may send too early when it holds more certificates.',
    'Remove people you no longer write to: endymail remove-peer <address>.',
  ),
  'certificate-expired': entry(
    'failed',
    'The certificate in this file has expired.',
    'Ask for a new file: endymail share makes it.',
  ),
} satisfies Record<string, FailureEntry>);

export type FailureCode = keyof typeof FAILURES;

/** The exit code of a command that ended with this failure. */
export const exitCodeOf = (code: FailureCode): number => EXIT_CODES[FAILURES[code].exit];
