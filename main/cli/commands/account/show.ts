import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountShow = defineCommand({
  name: 'account show',
  summary: 'Show the account of this computer, and as of when it has everything.',
  takes: '',
  count: [0, 0],
  options: {},
  help: 'Asks nobody outside. endymail sync fetches what is new.\n\n  endymail account show',
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await agent.account.show();
      if (!account.ok) return account;
      return account.value === null
        ? err(failure('account-none'))
        : ok({ text: accountWords(account.value), json: account.value, exit: 'done' });
    }),
});
