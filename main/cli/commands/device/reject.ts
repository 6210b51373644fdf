import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { chosenRequest } from './chosen-request.ts';

export const deviceReject = defineCommand({
  name: 'device reject',
  summary: 'Refuse a device that asks to join: it was not you.',
  takes: '[<id>]',
  count: [0, 1],
  options: {},
  help: 'The device is told, and its key is not taken again.\n\n  endymail device reject 3f2a',
  run: (session, { positionals: [prefix = ''] }) =>
    session.withAgent<Outcome>(async (agent) => {
      const request = await chosenRequest(agent, prefix);
      if (!request.ok) return request;
      const rejected = await session.patiently(agent.account.reject(request.value.id));
      return rejected.ok
        ? ok({ text: 'Refused. Nothing of the account was given to it.', json: request.value, exit: 'done' })
        : rejected;
    }),
});
