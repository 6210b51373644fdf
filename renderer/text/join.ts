import type { JoinView } from '@endymail/shared/account';
import type { MailboxState } from '@endymail/shared/mail';
import type { Failure, FailureCode } from '@endymail/shared/result';
import { pinFacts } from './account.ts';
import { counted } from './count.ts';
import { failureText } from './failures.ts';
import { systemName } from './systems.ts';

export const JOIN = Object.freeze({
  haveAccount: 'I already have an account',
  haveAccountSub: 'This computer joins it, and you approve that on another device.',
  joinIt: 'Join…',

  title: 'Join your account',
  lead: 'This computer asks, and you approve it on a device that is in the account already.',
  name: 'Account name',
  nameHint: 'Your other device shows it at the bottom of the side, for example mira@mesh.example.org.',
  nameMissing: 'Type the name of your account.',
  request: 'Request',
  lost: 'I lost all my devices…',
  invitation: 'Have you an invitation?',
  invitationLead: 'Your other device made it: a link that begins with mesh:. It holds ten minutes.',
  link: 'Invitation',
  linkMissing: 'Paste the invitation.',
  useLink: 'Use the invitation',

  digitsTitle: 'Now look at your other device',
  digitsLead: 'Endymail on that device asks for these six digits. Type them in there.',
  invitedTitle: 'Waiting for your other device',
  invitedLead: 'It lets this computer in by itself, because you made the invitation on it.',
  waiting: 'Waiting for your other device.',
  ifNothing: 'If nothing asks there, open Endymail on it.',
  triedAgain: 'The request stays, and it is tried again by itself.',
  takeBack: 'Take the request back',
  goHome: 'Go to Home',

  confirmingTitle: 'Your other device has answered',
  confirmingLead: 'This takes a few seconds.',
  confirming: (name: string): string => `Joining ${name}…`,

  joinedTitle: 'This computer has joined',
  joinedLead: 'Your other device shows the same.',
  approved: 'Approved',
  approvedSub: 'Your other device has let this computer in.',
  syncing: 'Syncing',
  synced: 'Synced',
  done: 'Done',
  otherDevice: 'Your other device',

  homeLine: Object.freeze<Record<JoinView['kind'], string>>({
    waiting: 'Waiting for your other device to let this computer in.',
    confirming: 'Joining your account…',
    joined: 'This computer has joined your account.',
    ended: 'This computer did not join your account.',
  }),
  show: 'Show',

  linkTitle: 'Join this account?',
  linkLead: (name: string): string => `This is an invitation to ${name}.`,
  linkMeans: 'This puts your mailboxes into that account: every device of it gets their keys, and can read their mail.',
  linkOnlyYours: 'Join only if you made the invitation yourself, on a device of yours.',
  join: 'Join',
  linkRefusedTitle: 'This computer belongs to an account already',
  linkRefused: (name: string): string =>
    `It belongs to ${name}, and a computer belongs to one account. Nothing was changed by the invitation.`,
});

/** Read in the place of the digits: "The six digits: 4 8 2, 9 1 3". */
export const digitsLabel = (digits: string): string =>
  `The six digits: ${[digits.slice(0, 3), digits.slice(3)].map((half) => Array.from(half).join(' ')).join(', ')}`;

const MS_PER_MINUTE = 60_000;
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Until when something holds, with what is left of it. */
export function untilWords(expiresAt: string, now: Date): string {
  const minutes = Math.ceil((new Date(expiresAt).getTime() - now.getTime()) / MS_PER_MINUTE);
  const until = TIME.format(new Date(expiresAt));
  return minutes > 0 ? `until ${until}, ${counted(minutes, 'minute', 'minutes')} from now` : `until ${until}`;
}

export const digitsNote = (expiresAt: string, now: Date): string =>
  `Tell these digits to nobody, not on the phone and not in a message. They work once, ${untilWords(expiresAt, now)}.`;

export const waitingFacts = ({ name, fingerprint, expiresAt, pin }: Extract<JoinView, { kind: 'waiting' }>) => [
  { name: 'account', value: name },
  { name: 'fingerprint of this computer’s key', value: fingerprint },
  { name: 'holds until', value: expiresAt },
  ...pinFacts(pin),
];

const ENDED: Partial<Readonly<Record<FailureCode, string>>> = Object.freeze({
  'join-digits': 'The digits did not match',
  'join-expired': 'The request has expired',
  'join-rejected': 'The other device said no',
  'join-false': 'This is not the account you asked for',
  'invitation-expired': 'The invitation has expired',
  'invitation-invalid': 'This is no invitation',
  'mesh-offline': 'The mesh service can not be reached',
  'account-unknown': 'There is no such account',
});

/** Why joining ended, in a heading and a sentence, and whether it can be asked for again under the same name. */
export function endedWords(why: Failure): { title: string; says: string; advice: string; isAgain: boolean } {
  const { says, advice, action } = failureText(why);
  return { title: ENDED[why.code] ?? 'Joining did not work', says, advice, isAgain: action === 'again' };
}

export const ENDED_BUTTONS = Object.freeze({ again: 'Request again', close: 'Close' });

/** "Linux, has joined". */
export const pairSub = (platform: string, what: 'approved' | 'joined'): string => {
  const system = systemName(platform);
  const words = what === 'approved' ? 'approved it' : 'has joined';
  return system === '' ? words : `${system}, ${words}`;
};

export const pairLabel = (approver: string, joined: string): string => `${approver} and ${joined} are connected`;

export const syncedSub = (mailboxes: number, people: number): string =>
  `${counted(mailboxes, 'mailbox', 'mailboxes')} and ${counted(people, 'person', 'people')}.`;

/** What a mailbox came to on the computer that joined. */
export function joinedMailbox(state: MailboxState): { mark: 'done' | 'now' | 'skipped'; sub: string } {
  switch (state) {
    case 'ready':
    case 'protected':
      return { mark: 'done', sub: 'Thunderbird on this computer is set up.' };
    case 'by-hand':
      return { mark: 'done', sub: 'Set up: you press Encrypt in Thunderbird.' };
    case 'waiting':
      return { mark: 'now', sub: 'Goes on when Thunderbird is closed.' };
    case 'needs-you':
      return { mark: 'skipped', sub: 'Needs you: Home says why.' };
    case 'off':
      return { mark: 'skipped', sub: 'Not enabled, so nothing was changed.' };
  }
}
