import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountReachable = defineCommand({
  name: 'account reachable',
  summary: 'Let your other devices reach an account that is kept on this computer, or not.',
  takes: 'on|off',
  count: [1, 1],
  options: {},
  help: [
    'On, Endymail listens in your network as long as it runs here; what it answers can be opened on your devices alone. A',
    'firewall on this computer may have to let the port through, which the account’s name ends with.',
    '',
    '  endymail account reachable on',
  ].join('\n'),
  run: (session, { positionals: [wish = ''] }) => {
    if (wish !== 'on' && wish !== 'off') {
      return Promise.resolve(err(failure('usage', 'endymail account reachable takes on or off.')));
    }
    return session.withAgent<Outcome>(async (agent) => {
      const account = await session.patiently(agent.account.setReachable(wish === 'on'));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    });
  },
});
