import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountCreate = defineCommand({
  name: 'account create',
  summary: 'Make an account, so that your other devices can join it.',
  takes: '<name>',
  count: [1, 1],
  options: { here: { type: 'boolean', help: 'Keep it on this computer instead of a mesh service.' } },
  help: [
    'The part after the at sign is the mesh service that keeps the account. It can read nothing in it: everything is sealed',
    'on your devices. With --here this computer keeps it, and your other devices reach it while it is on.',
    '',
    '  endymail account create alice@mesh.example.org',
    '  endymail account create alice --here',
  ].join('\n'),
  run: (session, { positionals: [name = ''], values }) => {
    const here = flag(values, 'here');
    if (here && name.includes('@')) {
      return Promise.resolve(err(failure('usage', 'With --here the name has no part after an at sign.')));
    }
    return session.withAgent<Outcome>(async (agent) => {
      const account = await session.patiently(agent.account.create({ name, here }));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    });
  },
});
