import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../command-line/command.ts';
import { asOfWords } from '../words/account-words.ts';

export const sync = defineCommand({
  name: 'sync',
  summary: 'Send and fetch what is new in your account, and go on with what waits.',
  takes: '',
  count: [0, 0],
  options: {},
  help: 'While Endymail is open, or endymail serve runs, this happens by itself.\n\n  endymail sync',
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const synced = await session.patiently(agent.account.sync());
      return synced.ok ? ok({ text: `As of ${asOfWords(synced.value)}`, json: synced.value, exit: 'done' }) : synced;
    }),
});
