import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountAt = defineCommand({
  name: 'account at',
  summary: 'Say where the account’s mesh service is now, when its address has changed.',
  takes: '<address>',
  count: [1, 1],
  options: {},
  help: [
    'For an account that is kept on another of your computers, whose address changes from network to network; endymail',
    'account show there says it. It is taken only where the same service proves itself at the new address.',
    '',
    '  endymail account at 192.0.2.8:4433',
  ].join('\n'),
  run: (session, { positionals: [place = ''] }) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await session.patiently(agent.account.moveTo(place));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    }),
});
