import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import type { JoinView } from '@endymail/shared/account';
import type { Agent } from '../../../agent/index.ts';
import { defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import type { Session } from '../../session.ts';
import { joinWords } from '../../words/account-words.ts';
import { bringClients } from '../bring-clients.ts';

export const NO_WAIT_OPTION = Object.freeze({
  'no-wait': { type: 'boolean', help: 'Do not wait for the other device; the same command later goes on.' },
} as const);

export const deviceRequest = defineCommand({
  name: 'device request',
  summary: 'Ask to join your account with this computer: it shows six digits to type on your first one.',
  takes: '<account>',
  count: [1, 1],
  options: NO_WAIT_OPTION,
  help: [
    'Your mailboxes here are set up by themselves once a device of the account has approved. Keys that this computer has for',
    'the same mailbox stay for reading.',
    '',
    '  endymail device request alice@mesh.example.org',
  ].join('\n'),
  run: (session, { positionals: [name = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const view = await session.patiently(agent.account.request(name));
      return view.ok ? joined(agent, session, view.value, !flag(values, 'no-wait')) : view;
    }),
});

/** Says how joining stands, and waits where the person waits: for its end, then for a mail client to be closed. */
export async function joined(
  agent: Agent,
  session: Session,
  first: JoinView,
  waits: boolean,
): Promise<Result<Outcome, Failure>> {
  let view = first;
  let said: string | null = null;
  for (;;) {
    const words = joinWords(view);
    if (view.kind === 'ended') return err(view.why);
    if (view.kind === 'joined') {
      return bringClients(agent, session, waits && session.canAsk, { done: words, json: view });
    }
    if (!waits) return ok({ text: words, json: view, exit: 'needsPerson' });
    if (words !== said) session.terminal.note(words);
    said = words;
    const goesOn = await session.surroundings.pause();
    if (!goesOn) return ok({ text: '', json: view, exit: 'needsPerson' });
    const next = await agent.account.joining();
    // A service that is away for a while ends nothing: the request holds for an hour.
    if (next.ok) view = next.value;
    else if (!next.error.retry) return next;
  }
}
