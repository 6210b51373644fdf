import { failure, err, ok } from '@endymail/shared/result';
import { defineCommand } from '../command-line/command.ts';
import { folderWords, mailboxListWords } from '../words/mailbox-words.ts';
import { lookAround } from './found.ts';
import { takeNextChance } from './next-chance.ts';

export const mailboxes = defineCommand({
  name: 'mailboxes',
  summary: 'List every mailbox on this computer and what it is.',
  takes: '',
  count: [0, 0],
  options: {},
  help: [
    'Looks into every Thunderbird profile of yours. One entry per address, with the places where it is set up below it.',
    'A profile in a folder of its own is added with endymail settings --add-folder <folder>.',
    'What was left for the next time Thunderbird is closed is done first.',
    '',
    '  endymail mailboxes',
    '  endymail mailboxes --json',
  ].join('\n'),
  run: (session) =>
    session.withAgent(async (agent) => {
      await takeNextChance(agent, session);
      const found = await lookAround(agent, new Date());
      if (!found.ok) return found;
      const { list, people, folders } = found.value;
      if (list.rows.length === 0) return err(list.problems[0] ?? failure('no-mailbox'));
      const text = [mailboxListWords(list, people), ...folderWords(folders)].join('\n\n');
      return ok({ text, json: { ...list, folders }, exit: 'done' });
    }),
});
