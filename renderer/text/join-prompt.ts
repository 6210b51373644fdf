import type { PendingDevice } from '@endymail/shared/account';
import type { AppView } from '@endymail/shared/ipc';
import { counted } from './count.ts';
import { momentWords } from './dates.ts';
import { systemName } from './systems.ts';

export const JOIN_PROMPT = Object.freeze({
  title: 'A device asks to join',
  account: 'Account',
  asked: 'Asked',
  saysItIs: 'Says it is',
  saysLater: 'Shown when the digits match',
  type: 'Type the six digits that it shows.',
  only: 'Only from a screen in front of you, never read to you on the phone.',
  gets: 'It will be able to read the mail of all your mailboxes.',
  mayApprove: 'It may approve other devices too',
  mayApproveSub: 'For a second computer that only you use.',
  approve: 'Approve',
  notMe: 'It was not me',
  notMeMeans: 'Not yours? “It was not me” turns it away. It learns nothing.',
  next: 'Show the next',
  later: 'Decide later',
  waiting: 'Waiting for the other device to answer…',

  unanswered: 'The new device has not answered yet',
  unansweredDo: 'It is added as soon as it does. Leave Endymail open on it; this window may be closed.',
  notAdded: 'The device was not added',
  again: 'Try again',

  turnedAway: 'The device was turned away',
  turnedAwaySays: 'Nothing was shared with it.',
  turnedAwayWhy:
    'Whoever knows the name of your account can ask. Without the digits from a screen in front of you, asking gets nobody anything.',

  wrong: 'The digits did not match',
  wrongSays: 'This request has ended, and nothing was shared.',
  wrongDo: 'Ask again on the new device. It shows new digits, and a new question appears here.',
  gone: 'This request has ended',
  goneSays: 'It expired, was taken back, or was answered on another device. Nothing was shared from here.',
  goneDo: 'If the new device is yours, ask again on it.',

  bannerLook: 'Look',
});

/** Above the buttons, where others wait behind the one that is shown. */
export const moreAsk = (others: number): string => `${counted(others, 'more asks', 'more ask')}.`;

/** Where the question would take the keyboard from the person. */
export function bannerWords({ devices, answered }: AppView['pending']): string {
  if (answered?.kind === 'approved') return joinedTitle(answered.device.name);
  return devices.length > 1
    ? `${counted(devices.length, 'device asks', 'devices ask')} to join.`
    : 'A device asks to join.';
}

/** What is known of it before the digits match, all of it from this side. */
export const requestFacts = ({ id, fingerprint, askedAt, expiresAt }: PendingDevice) => [
  { name: 'fingerprint of its key', value: fingerprint },
  { name: 'request', value: id },
  { name: 'asked at', value: askedAt },
  { name: 'expires at', value: expiresAt },
];

const MS_PER_MINUTE = 60_000;
const MINUTES_SAID = 60;

/** "A minute ago, at 14:28". `askedAt`: ISO 8601. */
export function askedWords(askedAt: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(askedAt).getTime()) / MS_PER_MINUTE);
  const at = momentWords(askedAt, now);
  if (minutes < 1) return `Just now, at ${at}`;
  if (minutes === 1) return `A minute ago, at ${at}`;
  return minutes < MINUTES_SAID ? `${minutes} minutes ago, at ${at}` : at;
}

export const JOINED = Object.freeze({
  lead: 'Your other device shows the same.',
  thisComputer: 'this computer',
  approvedIt: 'approved it',
  hasJoined: 'has joined',
  approved: 'Approved',
  approvedSub: 'The six digits matched on both devices.',
  sharing: 'Sharing',
  shared: 'Shared',
  itsMailboxes: 'It sets up its own mail program now, and shows there how far it is.',
  invitedSub: 'By the invitation that was made here.',
  mayApprove: 'May approve others',
  mayApproveSub: 'It can let in further devices, as this one can.',
  done: 'Done',
});

export const joinedTitle = (name: string): string => `${name} has joined`;
/** On a button: a name that would not fit is left out. */
export const removeNow = (name: string): string =>
  name.length > NAME_ON_BUTTON_CHARS ? 'Remove it…' : `Remove ${name}…`;

const NAME_ON_BUTTON_CHARS = 24;

/** Read in the place of the picture. */
export const pairLabel = (approver: string, joined: string): string => `${approver} and ${joined} are connected`;

/** What goes to a device that has joined. */
export const sharedWords = (mailboxes: number, people: number): string =>
  `${counted(mailboxes, 'mailbox', 'mailboxes')} and ${counted(people, 'person', 'people')}.`;

/** "macOS, has joined". */
export const pairSub = (platform: string, what: string): string =>
  [systemName(platform), what].filter(Boolean).join(', ');
