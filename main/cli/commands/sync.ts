import { defineCommand, flag, type Outcome } from '../command-line/command.ts';
import { asOfWords } from '../words/account-words.ts';
import { bringClients } from './bring-clients.ts';

export const sync = defineCommand({
  name: 'sync',
  summary: 'Send and fetch what is new in your account, and go on with what waits.',
  takes: '',
  count: [0, 0],
  options: {
    anyway: {
      type: 'boolean',
      help: 'Take over what the account shows although none of your other devices has confirmed it for two weeks.',
    },
  },
  help: 'While Endymail is open, or endymail serve runs, this happens by itself.\n\n  endymail sync',
  run: (session, { values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const synced = await session.patiently(
        flag(values, 'anyway') ? agent.account.syncAnyway() : agent.account.sync(),
      );
      if (!synced.ok) return synced;
      const done = `As of ${asOfWords(synced.value)}`;
      return bringClients(agent, session, false, { done, json: synced.value });
    }),
});
