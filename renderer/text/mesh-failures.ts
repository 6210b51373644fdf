import type { WindowFailure } from './failures.ts';

/** What the window says of account, devices and mesh service, instead of naming commands. */
export const MESH_WINDOW_FAILURES = Object.freeze({
  'account-none': { advice: 'Create an account, or join yours.', action: 'home' },
  'account-suspended': {
    advice: 'Nothing was deleted. It shares again once it is resumed there.',
    action: 'again',
  },
  'account-member': { advice: 'Remove it on another device first.', action: 'close' },
  'act-not-needed': { advice: 'It can be removed at once.', action: 'close' },
  'act-too-young': { advice: 'Use an older device, or the recovery words.', action: 'close' },
  'act-waits': { advice: 'It is done by itself then; with the recovery words at once.', action: 'close' },
  'act-unknown': { advice: 'It may be over.', action: 'close' },
  'act-not-older': { advice: 'Call it off there, or on one that is older still.', action: 'close' },
  'act-early': {
    advice: 'Nothing of it was taken over. If the clock here is right, look at your other devices.',
    action: 'again',
  },
  'account-exists': { advice: 'A computer belongs to one account.', action: 'home' },
  'account-name-invalid': {
    advice: 'Write it as alice@mesh.example.org: small letters, digits, dot, dash and underscore.',
    action: 'close',
  },
  'account-name-taken': { advice: 'Choose another one; names are never given twice.', action: 'close' },
  'account-unknown': { advice: 'Check the name on your first device.', action: 'close' },
  'account-removed': {
    advice:
      'Nothing was deleted, and your mail can still be read here. If that was not you, look at your other devices.',
    action: 'home',
  },
  'account-copied': { advice: 'Remove this device on another one, then join again from here.', action: 'home' },
  'account-unconfirmed': {
    advice: 'Open Endymail on another device that may approve others, then try again.',
    action: 'again',
  },
  'account-newer': {
    advice: 'Update Endymail on this computer, then try again. Nothing was changed.',
    action: 'again',
  },
  'account-needs-admin': { advice: 'Do it on a device that may approve others.', action: 'close' },
  'mesh-offline': {
    advice: 'What you change is kept here and goes to your other devices when it can be reached again.',
    action: 'again',
  },
  'mesh-certificate': {
    advice: 'Nothing was sent. Ask whoever runs it; you may be in a foreign network.',
    action: 'again',
  },
  'service-certificate-changed': {
    message: 'The mesh service shows another key than the one that this computer knows it by.',
    advice: 'Nothing was sent. If whoever runs it has changed it, compare the new one under Account.',
    action: 'again',
  },
  'service-certificate-differs': {
    message: 'The two devices see different keys of the mesh service, so somebody may stand between.',
    advice: 'Nothing was given away. Try again in another network.',
    action: 'close',
  },
  'here-failed': { advice: 'Everything that your devices have is kept on them.', action: 'copy' },
  'here-not-reachable': {
    advice: 'Let them reach it under Account. They must be in the same network.',
    action: 'close',
  },
  'account-not-here': { advice: 'This is for an account that is kept on this computer.', action: 'close' },
  'mesh-refused': { advice: 'Ask whoever runs the service if it stays so.', action: 'copy' },
  'mesh-busy': { advice: 'Try again in a minute.', action: 'again' },
  'mesh-full': { advice: 'Ask whoever runs it for more room. Everything is kept on this computer.', action: 'close' },
  'mesh-malformed': { advice: 'Check its address. Nothing was changed.', action: 'copy' },
  'mesh-lied': {
    advice: 'Nothing of it was taken over, and everything here is as it was. Ask whoever runs the service.',
    action: 'copy',
  },
  'mesh-clock': { advice: 'Set the date and time of this computer, then try again.', action: 'again' },
  'mesh-version': { advice: 'Update Endymail, then try again.', action: 'again' },
  'join-none': { advice: 'Ask to join your account first.', action: 'home' },
  'join-unreadable': { advice: 'Ask again from this computer: it takes the place of the old request.', action: 'home' },
  'join-digits': { advice: 'Nothing was taken over. Ask again: it shows new digits.', action: 'again' },
  'join-expired': { advice: 'Ask again from this computer.', action: 'again' },
  'join-rejected': { advice: 'Nothing was changed here. Ask again if that was a mistake.', action: 'again' },
  'join-false': { advice: 'Nothing was taken over. If it stays so, do not use this service.', action: 'copy' },
  'request-unknown': { advice: 'It may have expired.', action: 'close' },
  'digits-invalid': { advice: 'Type the six digits that the new device shows.', action: 'close' },
  'digits-wrong': {
    advice: 'It was not added. Ask again on the new device, and type the new digits.',
    action: 'close',
  },
  'approve-unanswered': {
    advice: 'It is added as soon as it does. Leave Endymail open on it.',
    action: 'close',
  },
  'approve-limit': {
    advice: 'Somebody may be guessing. Wait until tomorrow, or use an invitation.',
    action: 'close',
  },
  'device-unknown': { advice: 'It may have been removed in the meantime.', action: 'home' },
  'device-this': { advice: 'Do it on another device, or remove Endymail from this computer.', action: 'close' },
  'device-needs-words': { advice: 'Type the recovery words.', action: 'close' },
  'words-wrong': { advice: 'Type all 24 words, in their order.', action: 'close' },
  'account-recovering': { advice: 'Do it once more with the words. It goes on where it was.', action: 'home' },
  'recover-older': {
    advice:
      'Nothing was changed. Look at the line below the words again; if it is right, ask whoever runs the service.',
    action: 'close',
  },
  'recover-keys': {
    advice: 'Nothing was changed. If a device of yours still works, remove the others there, then try again.',
    action: 'copy',
  },
  'words-none': { advice: 'They are on the paper on which you wrote them down.', action: 'close' },
  'invitation-invalid': { advice: 'It begins with mesh: and is made on your first device.', action: 'close' },
  'invitation-expired': { advice: 'Make a new one: it holds ten minutes.', action: 'close' },
} satisfies Record<string, WindowFailure>);
