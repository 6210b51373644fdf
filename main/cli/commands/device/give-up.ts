import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';

export const deviceGiveUp = defineCommand({
  name: 'device give-up',
  summary: 'Take back that this computer asks to join an account.',
  takes: '',
  count: [0, 0],
  options: {},
  help: 'Nothing on this computer is changed by it.\n\n  endymail device give-up',
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const given = await session.patiently(agent.account.giveUp());
      return given.ok ? ok({ text: 'This computer asks to join no account.', json: null, exit: 'done' }) : given;
    }),
});
