import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { pendingWords } from '../../words/account-words.ts';

export const devicePending = defineCommand({
  name: 'device pending',
  summary: 'List the devices that ask to join your account.',
  takes: '',
  count: [0, 0],
  options: {},
  help: 'What a device calls itself is known only once it was approved.\n\n  endymail device pending',
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const pending = await session.patiently(agent.account.pending());
      return pending.ok ? ok({ text: pendingWords(pending.value), json: pending.value, exit: 'done' }) : pending;
    }),
});
