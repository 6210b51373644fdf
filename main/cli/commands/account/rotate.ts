import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { asOfWords } from '../../words/account-words.ts';
import { bringClients } from '../bring-clients.ts';

export const accountRotate = defineCommand({
  name: 'account rotate',
  summary: 'Make the keys of the account anew, as happens by itself every 90 days.',
  takes: '',
  count: [0, 0],
  options: {},
  help: [
    'For when a copy of this computer may be in other hands: what is shared from then on can not be read with it. The keys of',
    'your mailboxes stay. Where a whole computer is lost, remove it: endymail device remove.',
    '',
    '  endymail account rotate',
  ].join('\n'),
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const rotated = await session.patiently(agent.account.rotate());
      if (!rotated.ok) return rotated;
      const done = `The keys of the account are new. As of ${asOfWords(rotated.value)}`;
      return bringClients(agent, session, false, { done, json: rotated.value });
    }),
});
