import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangedByHand, ChangedByHandChoice, MailAddress } from '@endymail/shared/mail';
import type { Agent } from '../../agent/index.ts';
import { NOTHING_CHANGED, flag, defineCommand, type Outcome } from '../command-line/command.ts';
import { parseAddresses, type Session } from '../session.ts';
import { workOutcome } from '../words/work-words.ts';
import { agrees } from './agrees.ts';
import { CHANGED_BY_HAND_OPTIONS, changedByHandOption } from './enable-options.ts';
import { WAIT_OPTION, isWaiting } from './finish-waiting.ts';

export const disable = defineCommand({
  name: 'disable',
  summary: 'Undo: put Thunderbird back as it was. The keys stay, for old mail.',
  takes: '<address>… | --all',
  count: [0, Infinity],
  options: {
    all: { type: 'boolean', help: 'Every mailbox.' },
    ...WAIT_OPTION,
    ...CHANGED_BY_HAND_OPTIONS,
  },
  help: [
    'Takes back every setting, certificate and trust that Endymail gave, where it is still as Endymail set it. What you',
    'changed by hand since is shown and left, or put back with --put-back. Encrypted mail you have stays readable.',
    '',
    '  endymail disable alice@example.org',
    '  endymail disable --all',
  ].join('\n'),
  run: async (session, { positionals, values }) => {
    const all = flag(values, 'all');
    if (all === positionals.length > 0) {
      return err(failure('usage', 'endymail disable needs addresses, or --all.'));
    }
    const addresses = parseAddresses(positionals);
    if (!addresses.ok) return addresses;
    const changedByHand = changedByHandOption(values);
    if (!changedByHand.ok) return changedByHand;
    const wait = isWaiting(session, values);
    return session.withAgent((agent) =>
      disableAfterAsking(agent, session, all ? 'all' : addresses.value, { choice: changedByHand.value, wait }),
    );
  },
});

interface DisableWish {
  /** Null: to be asked where somebody can be asked; else left. */
  readonly choice: ChangedByHandChoice | null;
  readonly wait: boolean;
}

async function disableAfterAsking(
  agent: Agent,
  session: Session,
  addresses: readonly MailAddress[] | 'all',
  { choice, wait }: DisableWish,
): Promise<Result<Outcome, Failure>> {
  const what = addresses === 'all' ? 'all mailboxes' : addresses.join(', ');
  const question = `Put ${what} back as before? Mail from there goes unencrypted then; old mail stays readable.`;
  const agreed = await agrees(session, question);
  if (!agreed.ok) return agreed;
  if (!agreed.value) return ok(NOTHING_CHANGED);
  const report = await agent.disable(addresses, {
    changedByHand: choice ?? (session.canAsk ? await askAboutChanges(agent, session, addresses) : 'leave'),
    onProgress: session.onProgress,
    ...(wait ? { wait: session.wait } : {}),
  });
  if (!report.ok) return report;
  return ok(
    workOutcome(report.value, {
      done: report.value.done.some(({ applied }) => applied > 0)
        ? 'Done. What Endymail had set is taken back; the keys stay for old mail.'
        : 'Nothing of Endymail was set in Thunderbird any more.',
      concerns: ({ identities }) =>
        addresses === 'all' || identities.some(({ address }) => addresses.includes(address)),
    }),
  );
}

async function askAboutChanges(
  agent: Agent,
  session: Session,
  addresses: readonly MailAddress[] | 'all',
): Promise<ChangedByHandChoice> {
  const checks = await agent.check(null);
  const changes: ChangedByHand[] = checks.ok
    ? checks.value
        .filter(({ address }) => addresses === 'all' || addresses.includes(address))
        .flatMap((check) => check.changedByHand)
    : [];
  if (changes.length === 0) return 'leave';
  session.terminal.note('You changed these since Endymail set them:');
  for (const name of new Set(changes.map((change) => change.name))) session.terminal.note(`  ${name}`);
  const question = 'Put them back as they were before Endymail, too? (No: they stay as you have them)';
  return (await session.terminal.confirm(question)) ? 'put-back' : 'leave';
}
