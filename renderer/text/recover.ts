import type { DeviceView } from '@endymail/shared/account';
import { dateWords, dayAndTimeWords } from './dates.ts';
import { systemName } from './systems.ts';

export const RECOVER = Object.freeze({
  title: 'Bring your account back',
  lead: 'With the name of your account and the 24 words from your paper, when no device of yours is left.',
  name: 'Account name',
  nameHint: 'It is beside the words, for example mira@mesh.example.org.',
  nameMissing: 'Type the name of your account.',
  words: 'Recovery words',
  wordsHint: 'All 24, in their order, with spaces between them.',
  wordsMissing: (count: number): string =>
    count === 0 ? 'Type the words from your paper.' : `These are ${String(count)} words; there must be 24.`,
  mark: 'As of, if it is on your paper',
  markHint: 'The line below the words. With it, an old state of the account is not taken for the present one.',
  look: 'Look for the account',

  foundTitle: 'This is your account',
  foundLead: 'Nothing has been changed yet.',
  devices: 'Its devices',
  devicesLead: 'They are removed, so that whoever has them learns nothing new. Tick one that is still in your hands.',
  noDevices: 'It has no other device.',
  keep: (name: string): string => `Keep ${name}`,
  unnamed: 'A device without a name',
  bringBack: 'Bring it back',
  backTo: 'Back',

  doneTitle: 'Your account is back',
  doneLead: 'This computer belongs to it. Your mailboxes and people are coming in.',
  wordsStay: 'Keep your paper: the words are the same as before.',
  done: 'Done',
});

/** As many as a paper has. */
export const RECOVERY_WORD_COUNT = 24;

/** The words as they were typed, one space between them. */
export const typedWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** As of when the account is known, where that can be said. */
export const asOfSentence = (asOf: string | null, now: Date): string =>
  asOf === null ? '' : `It was last changed on ${dayAndTimeWords(asOf, now)}. If that is too long ago, do not go on.`;

/** "Linux, added 12 May 2026". */
export function deviceSub({ platform, addedAt }: DeviceView): string {
  return [systemName(platform), addedAt === null ? '' : `added ${dateWords(addedAt)}`].filter(Boolean).join(', ');
}
