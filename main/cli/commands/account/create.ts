import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountCreate = defineCommand({
  name: 'account create',
  summary: 'Make an account, so that your other devices can join it.',
  takes: '<name>',
  count: [1, 1],
  options: {},
  help: [
    'The part after the at sign is the mesh service that keeps the account. It can read nothing in it: everything is sealed',
    'on your devices.',
    '',
    '  endymail account create alice@mesh.example.org',
  ].join('\n'),
  run: (session, { positionals: [name = ''] }) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await session.patiently(agent.account.create(name));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    }),
});
