import { ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../command-line/command.ts';
import { parseAddress } from '../session.ts';
import { workOutcome } from '../words/work-words.ts';
import { agrees } from './agrees.ts';
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
  run: async (session, { positionals: [word = ''], values }) => {
    const parsed = parseAddress(word);
    if (!parsed.ok) return parsed;
    const address = parsed.value;
    return session.withAgent<Outcome>(async (agent) => {
      const agreed = await agrees(session, `Forget ${address}? Mail to them goes unencrypted then.`);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const removed = await agent.removePerson(address);
      if (!removed.ok) return removed;
      const report = await finishWaiting(agent, session, removed.value, isWaiting(session, values));
      if (!report.ok) return report;
      const done = `Done. Mail to ${address} goes unencrypted, at the latest after a restart of Thunderbird.`;
      return ok(workOutcome(report.value, { done }));
    });
  },
});
