import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';

export const deviceKeep = defineCommand({
  name: 'device keep',
  summary: 'Call off the removal of a device that was announced and waits.',
  takes: '<id>',
  count: [1, 1],
  options: {},
  help: [
    'endymail account show names what waits. The device that announced it may call it off, and every older one.',
    '',
    '  endymail device keep 3f2a',
  ].join('\n'),
  run: (session, { positionals: [prefix = ''] }) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await agent.account.show();
      if (!account.ok) return account;
      const acts = account.value?.acts.filter(({ deviceId }) => deviceId.startsWith(prefix.toLowerCase())) ?? [];
      const [act] = acts;
      if (act === undefined) return err(failure('act-unknown'));
      // Two devices may have announced the same: it is off only when both are.
      for (const { id } of acts) {
        const kept = await session.patiently(agent.account.cancelAct(id));
        if (!kept.ok) return kept;
      }
      return ok({ text: `Called off: “${act.deviceName}” stays.`, json: acts, exit: 'done' });
    }),
});
