import { WORDS_ASKED_FOR } from '@endymail/shared/ipc';

const WORDS = 24;

export const RECOVERY_WORDS = Object.freeze({
  title: 'Write down your recovery words',
  lead: 'With these 24 words you get the account back when all your devices are lost.',
  nothingTitle: 'What happens without them',
  nothing:
    'Without them and without a second device, the account is gone with this computer, and nobody can give it back. Encrypted mail then opens only with a backup.',
  whoHas: 'Whoever has them has your account. Keep them on paper, away from this computer.',
  show: 'Show the words',
  list: 'Your recovery words, in their order',
  nameToo: (name: string): string => `Write down the name of the account too: ${name}`,
  print: 'Print…',
  save: 'Save as PDF…',
  saved: (fileName: string): string => `Saved as ${fileName}. The file holds the words: print it, then delete it.`,
  written: 'I have written them down',
  confirmTitle: 'Now from your paper',
  confirmLead: 'Type the three words that are asked for, so that you know your paper is right.',
  word: (number: number): string => `Word ${String(number)}`,
  missing: 'Type this word.',
  wrong:
    'One of these words is not the one that was shown. Read your paper again, or look at the words again and correct it.',
  look: 'Look at the words again',
  confirm: 'Confirm',
  doneTitle: 'Your paper is right',
  doneLead: 'The words are no longer on this computer. They are on your paper alone.',
  done: 'Done',
  later: 'Later',
  laterNote: 'Home reminds you until it is done.',
  goneTitle: 'The words are no longer here',
  gone: 'They were confirmed, and are on the paper on which they were written down.',
});

/** Which words are asked for, ascending, from 1; `random` answers a number from 0 to below 1. */
export function askedPositions(random: () => number): readonly number[] {
  const left = Array.from({ length: WORDS }, (_, index) => index + 1);
  const asked = Array.from({ length: WORDS_ASKED_FOR }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
  return asked.toSorted((first, second) => first - second);
}
