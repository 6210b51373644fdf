import { entry } from './failure-entry.ts';

/** The failures of account, devices and mesh service: a part of `FAILURES`. */
export const MESH_FAILURES = Object.freeze({
  // Account and mesh service
  'account-none': entry(
    'needsPerson',
    'This computer belongs to no account yet.',
    'Create one with endymail account create <name>, or join yours with endymail device request <name>.',
  ),
  'account-exists': entry(
    'usage',
    'This computer belongs to an account already.',
    'See it with endymail account show. To join another one, use another --home.',
  ),
  'account-name-invalid': entry(
    'usage',
    'This is not the name of an account.',
    'Write it as alice@mesh.example.org, or alice@192.0.2.7:4433: small letters, digits, dot, dash and underscore.',
  ),
  'account-name-taken': entry('failed', 'This name is taken.', 'Choose another one; names are never given twice.'),
  'account-unknown': entry(
    'failed',
    'There is no account of this name there.',
    'Check the name on your first device: endymail account show.',
  ),
  'account-removed': entry(
    'needsPerson',
    'This device was removed from its account by another device.',
    'Nothing was deleted, and your mail can still be read here. If that was not you, look at your other devices now.',
  ),
  'account-copied': entry(
    'needsPerson',
    'The data of this computer is in use on another computer too, so it stopped sharing.',
    'Remove this device on another one, then join again from here.',
  ),
  'account-unconfirmed': entry(
    'needsPerson',
    'None of your other devices has confirmed for two weeks what is shown of the account here, and there are changes in it.',
    'Open Endymail on another device that may approve others, then try again. If it shows the same changes, or you have none ' +
      'at hand and expect them: endymail sync --anyway.',
  ),
  'account-newer': entry(
    'failed',
    'Another device of the account uses a newer Endymail.',
    'Update Endymail on this computer, then try again. Nothing was changed.',
  ),
  'account-needs-admin': entry(
    'needsPerson',
    'This device may not do that for the account.',
    'Do it on a device that may approve others: endymail device list names them.',
  ),
  'mesh-offline': entry(
    'failed',
    'The mesh service can not be reached.',
    'What you change is kept here and goes to your other devices when it can be reached again.',
    true,
  ),
  'mesh-certificate': entry(
    'failed',
    'The mesh service does not prove that it is the one that was agreed on.',
    'Nothing was sent. If whoever runs it has renewed its certificate, ask them; else you may be in a foreign network.',
    true,
  ),
  'service-certificate-changed': entry(
    'needsPerson',
    'The mesh service shows another certificate than the one that this computer knows it by.',
    'Nothing was sent. If whoever runs it has changed it, compare and take the new one: endymail account trust-certificate.',
    true,
  ),
  'service-certificate-differs': entry(
    'failed',
    'The two devices see different certificates of the mesh service, so somebody may stand between.',
    'Nothing was given away. Try again in another network. If the certificate is new: endymail account trust-certificate.',
  ),
  'here-failed': entry(
    'failed',
    'The mesh service on this computer does not run.',
    'The details say why. Everything that your devices have is kept on them.',
    true,
  ),
  'here-not-reachable': entry(
    'needsPerson',
    'Your other devices can not reach this computer.',
    'Let them: endymail account reachable on. They must be in the same network.',
  ),
  'account-not-here': entry(
    'usage',
    'The account is not kept on this computer.',
    'This is for an account that was made with endymail account create <name> --here.',
  ),
  'mesh-refused': entry(
    'failed',
    'The mesh service refused this.',
    'The details say why. Ask whoever runs the service if it stays so.',
  ),
  'mesh-busy': entry('failed', 'The mesh service has too much to do.', 'Try again in a minute.', true),
  'mesh-full': entry(
    'failed',
    'The mesh service has no more room for this account.',
    'Ask whoever runs the service for more room. Everything is kept on this computer.',
  ),
  'mesh-malformed': entry(
    'failed',
    'The mesh service answered with something that Endymail does not understand.',
    'Check the address: it may not be a mesh service, or a newer one. Nothing was changed.',
  ),
  'mesh-lied': entry(
    'failed',
    'The mesh service shows something that your devices did not write, or an older state than it had shown.',
    'Nothing of it was taken over, and everything here is as it was. Ask whoever runs the service; keep this computer’s data.',
  ),
  'mesh-clock': entry(
    'failed',
    'The clocks of this computer and of the mesh service are too far apart.',
    'Set the date and time of this computer, then try again.',
    true,
  ),
  'mesh-version': entry('failed', 'The mesh service is newer than this Endymail.', 'Update Endymail, then try again.'),

  // Devices
  'join-none': entry(
    'usage',
    'This computer does not ask to join an account.',
    'Ask with endymail device request <name>.',
  ),
  'join-unreadable': entry(
    'needsPerson',
    'What this computer remembers of its request to join can not be read.',
    'Ask again: endymail device request <name>. It takes the place of the old request.',
  ),
  'join-digits': entry(
    'failed',
    'The digits that were typed on the other device are not the ones shown here, or somebody else answered.',
    'Nothing was taken over. Ask again from this computer: it shows new digits.',
    true,
  ),
  'join-expired': entry('failed', 'Nobody approved within an hour.', 'Ask again from this computer.', true),
  'join-rejected': entry(
    'failed',
    'The other device said no.',
    'Nothing was changed on this computer. Ask again if that was a mistake.',
  ),
  'join-false': entry(
    'failed',
    'What the mesh service showed is not the account that was agreed on.',
    'Nothing was taken over. Ask again; if it stays so, do not use this service.',
  ),
  'request-unknown': entry(
    'usage',
    'No device asks to join with this id.',
    'See those that do with endymail device pending. It may have expired.',
  ),
  'digits-invalid': entry('usage', 'These are not six digits.', 'Type the six digits that the new device shows.'),
  'digits-wrong': entry(
    'failed',
    'The new device says that these are not the digits it shows.',
    'It was not added. Ask again on the new device, and type the new digits.',
  ),
  'approve-unanswered': entry(
    'needsPerson',
    'The new device has not answered yet.',
    'It is added as soon as it does. Leave Endymail open on it, or run endymail sync here later.',
    true,
  ),
  'approve-limit': entry(
    'needsPerson',
    'Five approvals failed within a day.',
    'Somebody may be guessing. Wait until tomorrow, or use an invitation: endymail device invite.',
  ),
  'device-unknown': entry('usage', 'The account has no such device.', 'See its devices with endymail device list.'),
  'device-this': entry(
    'usage',
    'A device does not remove itself.',
    'Do it on another device; or take Endymail off this computer: endymail remove.',
  ),
  'device-needs-words': entry(
    'needsPerson',
    'This device may approve others: to remove it, the recovery words of the account are needed.',
    'Give a file with the words: --words-file <file>.',
  ),
  'account-suspended': entry(
    'needsPerson',
    'Another device of the account has suspended this one.',
    'Nothing was deleted, and your mail can still be read here. It shares again once it is resumed there.',
    true,
  ),
  'account-member': entry(
    'needsPerson',
    'This computer still takes part in its account.',
    'Remove it on another device first: endymail device remove.',
  ),
  'act-not-needed': entry(
    'usage',
    'This device may not approve others: it can be removed at once.',
    'Remove it with endymail device remove <id>.',
  ),
  'act-too-young': entry(
    'needsPerson',
    'This device has not been in the account for 72 hours yet.',
    'Use an older one, or the recovery words: --words-file <file>.',
  ),
  'act-waits': entry(
    'needsPerson',
    'This removal is announced and waits for 72 hours.',
    'It is done by itself then. With the recovery words it is done at once: --words-file <file>.',
  ),
  'act-unknown': entry('usage', 'Nothing waits that is called so.', 'See what does with endymail account show.'),
  'act-not-older': entry(
    'needsPerson',
    'It was announced by an older device than this one.',
    'Call it off there, or on one that is older still.',
  ),
  'act-early': entry(
    'failed',
    'A device was removed from the account although the 72 hours are not over by the clock of this computer.',
    'Nothing of it was taken over. If the clock here is right, look at your other devices: somebody may be shutting you out.',
    true,
  ),
  'words-wrong': entry(
    'usage',
    'These are not the recovery words of this account.',
    'Type all 24 words, in their order, with a space between them.',
  ),
  'account-recovering': entry(
    'needsPerson',
    'Bringing your account back to this computer was interrupted.',
    'Do it once more with the words: endymail account recover <name>. It goes on where it was.',
  ),
  'recover-older': entry(
    'failed',
    'What the mesh service shows is older than what stands below your words, or another account.',
    'Nothing was changed. Look at the line below the words again; if it is right, ask whoever runs the service.',
  ),
  'recover-keys': entry(
    'failed',
    'A device of your account has kept its newest keys from the recovery words.',
    'Nothing was changed. A device that still works can remove it: endymail device remove <id>. Then try again.',
  ),
  'words-none': entry(
    'failed',
    'The recovery words are not on this device.',
    'They are on the device that made the account until they were confirmed there, and then only on your paper.',
  ),
  'invitation-invalid': entry(
    'usage',
    'This is not an invitation of Endymail.',
    'It begins with mesh: and is made with endymail device invite.',
  ),
  'invitation-expired': entry(
    'failed',
    'This invitation has expired or was used.',
    'Make a new one: it holds ten minutes.',
  ),
});
