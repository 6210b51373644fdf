import { ok } from '@endymail/shared/result';
import { defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';

export const accountCreate = defineCommand({
  name: 'account create',
  summary: 'Make an account, so that your other devices can join it.',
  takes: '<name>',
  count: [1, 1],
  options: {
    here: { type: 'boolean', help: 'Keep it on this computer, not at a service elsewhere; the name is without @.' },
  },
  help: [
    'The part after the at sign is the mesh service that keeps the account. It can read nothing in it: everything is sealed',
    'on your devices.',
    '',
    '  endymail account create alice@mesh.example.org',
    '',
    'With --here this computer keeps it itself, and Endymail needs nothing elsewhere. Your other devices have what is new',
    'when they reach this computer: while it is on, in the same network, and Endymail runs on it (endymail serve, or its',
    'window). Let them reach it with endymail account reachable on.',
    '',
    '  endymail account create alice --here',
  ].join('\n'),
  run: (session, { positionals: [name = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await session.patiently(agent.account.create(name, flag(values, 'here') ? 'here' : 'service'));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    }),
});
