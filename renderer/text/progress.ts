import type { MailboxState } from '@endymail/shared/mail';
import type { JobMailbox } from '../state/enabling.ts';
import { capital, counted, spelled } from './count.ts';

export const PROGRESS = Object.freeze({
  list: 'Mailboxes',
  goHome: 'Go to Home',
  background: 'You can close this window: what Endymail does now is finished.',
  closedIt: 'I have closed it',
  later: 'Later',
  laterSays:
    'With Later, Endymail goes on once Thunderbird is closed: by itself while it is open, else at its next start.',
  openAgain: 'Open Thunderbird again',
  nextTitle: 'What now?',
  shareTitle: 'Give the people you write to your part',
  shareSub: 'A small file with nothing secret in it. With it, their mail to you can be encrypted.',
  addTitle: 'Add the people you write to',
  addSub: 'They send you their file. Mail to them can be encrypted from then on.',
  toPeople: 'People',
  share: 'Share…',
});

/** What a mailbox goes through. */
export const TRACK = Object.freeze(['Keys made', 'Certificate', 'Thunderbird set up', 'Done'] as const);

export type Stop = 'done' | 'now' | 'waiting' | 'failed' | 'todo';

export const STOPS: Readonly<Record<Stop, string>> = Object.freeze({
  done: 'done',
  now: 'at work',
  waiting: 'waiting',
  failed: 'failed',
  todo: 'not yet',
});

/** Where a mailbox is on its track. */
export function trackOf({ step, profileId }: JobMailbox): readonly Stop[] {
  switch (step) {
    case 'queued':
      return ['todo', 'todo', 'todo', 'todo'];
    case 'keys':
      return ['now', 'todo', 'todo', 'todo'];
    case 'client':
      return ['done', 'done', 'now', 'todo'];
    case 'waiting':
      return ['done', 'done', 'waiting', 'todo'];
    case 'failed':
      return profileId === null ? ['failed', 'todo', 'todo', 'todo'] : ['done', 'done', 'failed', 'todo'];
    case 'done':
      return ['done', 'done', 'done', 'done'];
  }
}

interface Head {
  readonly title: string;
  readonly lead: string;
}

/** What holds of the mailboxes that were set up: it is not said of one that encrypts only when a button is pressed. */
function doneLead(states: readonly MailboxState[]): string {
  const byHand = states.filter((state) => state === 'by-hand').length;
  if (byHand === 0) return 'Mail to the people you add is encrypted by itself. Mail to everyone else goes as before.';
  const press = 'Mail to the people you add is encrypted when you press Encrypt in Thunderbird.';
  return byHand === states.length ? press : `${press} In the others it is encrypted by itself.`;
}

/** The heading of the set-up, and how far it is; `states` are those of its mailboxes by now. */
export function progressHead(steps: readonly JobMailbox[], states: readonly MailboxState[]): Head {
  const count = steps.length;
  const done = steps.filter(({ step }) => step === 'done').length;
  const waiting = steps.filter(({ step }) => step === 'waiting').length;
  const failed = steps.filter(({ step }) => step === 'failed').length;
  const some = counted(count, 'mailbox', 'mailboxes');
  if (done === count) {
    return {
      title: count === 1 ? 'Your mailbox is set up' : `${capital(spelled(count, 'mailbox', 'mailboxes'))} are set up`,
      lead: doneLead(states),
    };
  }
  const left = count - done - waiting - failed;
  const parts = [
    ...(done > 0 ? [`${spelled(done, 'is', 'are')} ready`] : []),
    ...(waiting > 0 ? [`${spelled(waiting, 'goes', 'go')} on when Thunderbird is closed`] : []),
    ...(failed > 0 ? [`${spelled(failed, 'needs', 'need')} you`] : []),
    ...(left > 0 ? [`${spelled(left, 'is', 'are')} to do`] : []),
  ];
  const lead = left === count ? 'This takes a few seconds.' : `${capital(parts.join(', '))}.`;
  return { title: `Setting up ${some}`, lead };
}

export interface CloseWords {
  readonly title: string;
  readonly says: string;
}

/** Why the client must be closed. */
export function closeWords(product: string, profileName: string | null): CloseWords {
  const where = profileName === null ? 'It is open.' : `It is open with the profile “${profileName}”.`;
  return {
    title: `Close ${product} to go on`,
    says: `${where} When an open ${product} closes, it writes over new settings, so Endymail waits.`,
  };
}
