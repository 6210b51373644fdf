import { ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../../command-line/command.ts';
import { agrees } from '../agrees.ts';

export const accountLeave = defineCommand({
  name: 'account leave',
  summary: 'Forget an account on this computer in which it takes no part any more.',
  takes: '',
  count: [0, 0],
  options: {},
  help: [
    'After another device has removed this one, or its data was copied. Your mailboxes and the keys for your old mail stay;',
    'to join again, under new keys: endymail device request.',
    '',
    '  endymail account leave',
  ].join('\n'),
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const agreed = await agrees(session, 'Forget the account on this computer? Mail and keys stay.', false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const left = await agent.account.leave();
      return left.ok ? ok({ text: 'This computer belongs to no account now.', json: null, exit: 'done' }) : left;
    }),
});
