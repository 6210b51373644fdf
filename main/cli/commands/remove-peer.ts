import { err, failure, ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../command-line/command.ts';
import { parseAddresses } from '../session.ts';
import { workOutcome } from '../words/work-words.ts';
import { WAIT_OPTION, finishWaiting, isWaiting } from './finish-waiting.ts';

export const removePeer = defineCommand({
  name: 'remove-peer',
  summary: 'Forget somebody: mail to them goes unencrypted again.',
  takes: '<address>',
  count: [1, 1],
  options: WAIT_OPTION,
  help: [
    'Holds from the next message on, at the latest after a restart of Thunderbird. A message that is open for writing with',
    'them in it may still be encrypted.',
    '',
    '  endymail remove-peer bob@example.org',
  ].join('\n'),
  run: async (session, { positionals, values }) => {
    const addresses = parseAddresses(positionals);
    if (!addresses.ok) return addresses;
    const [address] = addresses.value;
    if (address === undefined) return err(failure('usage'));
    return session.withAgent<Outcome>(async (agent) => {
      if (!session.yes) {
        if (!session.canAsk) return err(failure('confirm-needed'));
        if (!(await session.terminal.confirm(`Forget ${address}? Mail to them goes unencrypted then.`))) {
          return ok(NOTHING_CHANGED);
        }
      }
      const removed = await agent.removePerson(address);
      if (!removed.ok) return removed;
      const report = await finishWaiting(agent, session, removed.value, isWaiting(session, values));
      if (!report.ok) return report;
      const done = `Done. Mail to ${address} goes unencrypted, at the latest after a restart of Thunderbird.`;
      return ok(workOutcome(report.value, { done }));
    });
  },
});
