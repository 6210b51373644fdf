import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import { markWords } from '../../words/recovery-words.ts';

const CONFIRMED: Outcome = Object.freeze({
  text: 'Confirmed. The words are no longer on this computer: your paper is the only place where they are.',
  json: { confirmed: true },
  exit: 'done',
});

const WORDS_NEEDED = failure('words-wrong', 'The recovery words are needed: --words-file <file>.');

export const accountWordsCommand = defineCommand({
  name: 'account words',
  summary: 'Show the 24 recovery words, or confirm that you have written them down.',
  takes: '',
  count: [0, 0],
  options: {
    confirm: { type: 'boolean', help: 'Type the words to prove that you have them; they are erased here then.' },
    'words-file': { type: 'string', value: '<file>', help: 'A file that holds the words; for scripts.' },
  },
  help: [
    'With the words the account can be brought back when every device is lost, and whoever has them has the account. Write',
    'them on paper. As long as they are not confirmed, they stay sealed on this device.',
    '',
    '  endymail account words',
    '  endymail account words --confirm',
  ].join('\n'),
  run: (session, { values }) =>
    session.withAgent<Outcome>(async (agent) => {
      if (!flag(values, 'confirm')) {
        const words = await agent.account.words();
        if (!words.ok) return words;
        const mark = await session.patiently(agent.account.mark());
        const below = mark.ok
          ? markWords(mark.value)
          : `! ${mark.error.message} What stands below the words is missing.`;
        return ok({ text: numbered(words.value.reveal(), below), json: { words: 'to-be-written-down' }, exit: 'done' });
      }
      const typed = await session.passphrase('the account: its 24 recovery words', {
        values,
        options: ['words-file'],
        fresh: false,
      });
      if (!typed.ok) return typed.error.code === 'passphrase-needed' ? err(WORDS_NEEDED) : typed;
      const confirmed = await agent.account.confirmWords(typed.value);
      return confirmed.ok ? ok(CONFIRMED) : confirmed;
    }),
});

const COLUMNS = 4;

function numbered(words: string, below: string): string {
  const cells = words.split(' ').map((word, index) => `${String(index + 1).padStart(2)} ${word.padEnd(10)}`);
  const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, row) =>
    cells
      .slice(row * COLUMNS, (row + 1) * COLUMNS)
      .join(' ')
      .trimEnd(),
  );
  return [...rows, '', below, '', 'Write both on paper, then: endymail account words --confirm'].join('\n');
}
