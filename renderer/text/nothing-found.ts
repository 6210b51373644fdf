import type { Failure, FailureCode } from '@endymail/shared/result';
import { failureText } from './failures.ts';

interface NothingFound {
  readonly title: string;
  readonly lead: string;
  /** What the row of *Look again* says. */
  readonly ask: string;
  readonly todo: string;
}

export const NOTHING_FOUND = Object.freeze({
  get: 'Get Thunderbird',
  getTitle: 'Is it not installed?',
  getSub: 'Thunderbird is free. Its page opens in your browser.',
  folderTitle: 'Is its folder somewhere else?',
  folderSub: 'Choose the folder in which Thunderbird keeps its profiles.',
  noneThere: 'No mailbox was found in that folder.',
  settings: 'Settings',
});

const NOT_INSTALLED = Object.freeze({
  ask: 'Is it newly installed?',
  todo: 'Start Thunderbird once, add your mail account, close it, then look again.',
});

/** Each reason for nothing in words of its own. */
const REASONS: Partial<Readonly<Record<FailureCode, NothingFound>>> = Object.freeze({
  'no-client': {
    title: 'No Thunderbird on this computer',
    lead: 'Endymail works with Thunderbird, and found none in the usual places. Outlook and Apple Mail are not supported yet.',
    ...NOT_INSTALLED,
  },
  'only-other-clients': {
    title: 'No Thunderbird on this computer',
    lead: 'Endymail found other mail programs, which it can not set up yet. It works with Thunderbird for now.',
    ...NOT_INSTALLED,
  },
  'client-unused': {
    title: 'Thunderbird was never started',
    lead: 'It is installed on this computer, but has no mail account yet.',
    ask: 'Have you added your mail account?',
    todo: 'Start Thunderbird, add your mail account, close it, then look again.',
  },
  'no-mailbox': {
    title: 'No mail account in Thunderbird',
    lead: 'Thunderbird is on this computer, but it has no mail account yet.',
    ask: 'Have you added your mail account?',
    todo: 'Add it in Thunderbird, close Thunderbird, then look again.',
  },
  'client-too-old': {
    title: 'This Thunderbird is too old',
    lead: 'Endymail needs version 128 or newer.',
    ask: 'Have you updated Thunderbird?',
    todo: 'In Thunderbird: Help > About Thunderbird. Then look again.',
  },
  'client-not-installed': {
    title: 'Thunderbird is no longer installed',
    lead: 'Your mail is still here, but the Thunderbird that it belongs to was not found.',
    ask: 'Have you installed it again?',
    todo: 'Start it once, close it, then look again.',
  },
});

/** Reasons for which installing Thunderbird is what helps. */
const NEEDS_THUNDERBIRD: readonly FailureCode[] = ['no-client', 'only-other-clients', 'client-not-installed'];

export const needsThunderbird = ({ code }: Failure): boolean => NEEDS_THUNDERBIRD.includes(code);

/** The words for why there is no mailbox. */
export function nothingFoundWords(failure: Failure): NothingFound {
  const { says, advice } = failureText(failure);
  return REASONS[failure.code] ?? { title: 'No mailbox could be read', lead: says, ask: 'Is it mended?', todo: advice };
}
