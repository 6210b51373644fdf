import type { MailboxView } from '@endymail/shared/ipc';
import { assertNever, type FailureCode } from '@endymail/shared/result';
import type { ChainStep, MailboxCheck, MailboxState } from '@endymail/shared/mail';
import { spelled } from './count.ts';
import { failureText } from './failures.ts';

/** What the one button of a verdict does; `put-back-or-leave` has two, because the person decides. */
export type VerdictAction =
  'none' | 'put-back' | 'put-back-or-leave' | 'enable-again' | 'closed-it' | 'try-again' | 'look-again';

/** What was seen of one mailbox in one place, in a sentence and what follows from it. */
export interface VerdictText {
  readonly title: string;
  readonly text: string;
  readonly action: VerdictAction;
}

const UNTIL_THEN =
  'Until then mail from this mailbox can go out unencrypted. Encrypted mail you have got can still be read.';

/** The chain shows these better, with the setting and its button. */
const SEEN_IN_THE_CHAIN: readonly FailureCode[] = ['changed-by-hand', 'not-set-up', 'mailbox-unknown'];

/** Says what the check of one place means. `mailbox`: what the shell says of it, and what it waits for. */
export function verdictOf(
  check: MailboxCheck,
  { state, reasons }: Pick<MailboxView, 'state' | 'reasons'>,
): VerdictText {
  if (state === 'waiting') {
    return {
      title: 'Waiting for Thunderbird to be closed.',
      text: 'Nothing is changed while Thunderbird runs: it would be lost. Endymail goes on by itself as soon as you close it.',
      action: 'closed-it',
    };
  }
  const stop = state === 'needs-you' ? reasons.find(({ code }) => !SEEN_IN_THE_CHAIN.includes(code)) : undefined;
  if (stop) {
    const { says, advice } = failureText(stop);
    return { title: says, text: advice, action: 'try-again' };
  }
  const broken = check.steps.find((step) => step.state === 'broken');
  if (broken) return brokenVerdict(broken, check.changedByHand.length > 0);
  if (check.changedByHand.length > 0) {
    return {
      title: 'Something that Endymail had set in Thunderbird was changed since.',
      text: 'If it was you and you like it so, leave it. Else put it back; the details name what it is.',
      action: 'put-back-or-leave',
    };
  }
  return soundVerdict(state, check.people);
}

function brokenVerdict({ link, says, failure }: ChainStep, isChangedByHand: boolean): VerdictText {
  switch (link) {
    case 'account':
      return {
        title: says,
        text: 'If you took the account out of Thunderbird, turn the mailbox off here, too. Else add it there again, then look again.',
        action: 'look-again',
      };
    case 'keys':
    case 'certificate':
      return {
        title: 'Thunderbird no longer has what it needs to encrypt.',
        text: `Close Thunderbird, then enable the mailbox again. ${UNTIL_THEN}`,
        action: 'enable-again',
      };
    case 'client':
      return clientVerdict(failure, isChangedByHand);
    case 'delivery':
      return { title: says, text: UNTIL_THEN, action: 'none' };
    default:
      return assertNever(link);
  }
}

function clientVerdict(failure: ChainStep['failure'], isChangedByHand: boolean): VerdictText {
  if (isChangedByHand || failure?.code === 'changed-by-hand') {
    return {
      title: 'Thunderbird no longer encrypts by itself for this mailbox.',
      text: `A setting that Endymail had set was changed since. If it was you and you like it so, leave it. ${UNTIL_THEN}`,
      action: 'put-back-or-leave',
    };
  }
  if (failure === null || failure.code === 'not-set-up') {
    return {
      title: 'Thunderbird no longer encrypts for this mailbox.',
      text: `Its settings are gone; Endymail did not remove them. Close Thunderbird, then put them back. ${UNTIL_THEN}`,
      action: 'put-back',
    };
  }
  const { says, advice } = failureText(failure);
  return { title: says, text: `${advice} ${UNTIL_THEN}`, action: 'look-again' };
}

function soundVerdict(state: MailboxState, people: number): VerdictText {
  if (state === 'by-hand') {
    return {
      title: 'Set up by hand: you press Encrypt in Thunderbird when you write.',
      text: 'It works for mail to the people whom you added. A test mail to yourself shows that it does.',
      action: 'none',
    };
  }
  if (people === 0) {
    return {
      title: 'Ready. Nobody who can get encrypted mail from you is known yet.',
      text: 'Share your file with the people who write to you, and add theirs under People. Until then mail goes as before.',
      action: 'none',
    };
  }
  return {
    title: `Mail to ${spelled(people, 'person', 'people')} is encrypted.`,
    text: 'Mail to everyone else goes as before. A test mail to yourself shows that it works.',
    action: 'none',
  };
}
