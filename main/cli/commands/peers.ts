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
    session.withAgent(async (agent) => {
      const people = await agent.people();
      if (!people.ok) return people;
      const now = new Date();
      const text =
        people.value.length === 0
          ? 'Nobody yet. Add somebody: endymail import-peer <file>.'
          : people.value.map((person) => personWords(person, now)).join('\n');
      return ok({ text, json: { people: people.value }, exit: 'done' });
    }),
});
