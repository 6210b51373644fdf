import { ok } from '@endymail/shared/result';
import { defineCommand } from '../command-line/command.ts';
import { personWords } from '../words/people-words.ts';

export const peers = defineCommand({
  name: 'peers',
  summary: 'List the people to whom mail is encrypted, with their fingerprints.',
  takes: '',
  count: [0, 0],
  options: {},
  help: '  endymail peers',
  run: (session) =>
    session.withAgent((agent) => {
      const people = agent.people();
      const text =
        people.length === 0
          ? 'Nobody yet. Add somebody: endymail import-peer <file>.'
          : people.map(personWords).join('\n');
      return Promise.resolve(ok({ text, json: { people }, exit: 'done' as const }));
    }),
});
