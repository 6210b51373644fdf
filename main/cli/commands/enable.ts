import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangePlan, MailAddress } from '@endymail/shared/mail';
import type { Agent, EnableOptions } from '../../agent/index.ts';
import { NOTHING_CHANGED, flag, defineCommand, type Outcome } from '../command-line/command.ts';
import { parseAddresses, type Session } from '../session.ts';
import { planWords } from '../words/plan-words.ts';
import { workOutcome } from '../words/work-words.ts';
import { ENABLE_OPTIONS, enableOptions } from './enable-options.ts';

export const enable = defineCommand({
  name: 'enable',
  summary: 'Protect mailboxes: keys, certificates, and the settings of Thunderbird.',
  takes: '<address>…',
  count: [1, Infinity],
  options: {
    details: { type: 'boolean', help: 'Show the plan with the exact settings and certificates.' },
    wait: { type: 'boolean', help: 'While Thunderbird runs, wait until it is closed (in a terminal: usual).' },
    ...ENABLE_OPTIONS,
  },
  help: [
    'Shows what will change, asks, and does it. Thunderbird must be closed; when it runs, Endymail waits for it, or does',
    'it the next time it is started with Thunderbird closed.',
    '',
    'Some settings hold for the whole Thunderbird profile. Where that takes something away from another mailbox, the plan',
    'says so and asks for it by itself; for scripts: --accept-profile-wide or --by-hand. --yes is not enough for that.',
    '',
    '  endymail enable alice@example.org',
    '  endymail enable alice@example.org alice@work.example --yes',
  ].join('\n'),
  run: async (session, { positionals, values }) => {
    const addresses = parseAddresses(positionals);
    if (!addresses.ok) return addresses;
    const options = enableOptions(values);
    if (!options.ok) return options;
    const wait = session.canAsk || flag(values, 'wait');
    return session.withAgent((agent) =>
      enableAfterAsking(agent, session, addresses.value, {
        ...options.value,
        onProgress: session.onProgress,
        ...(wait ? { wait: session.wait } : {}),
        details: flag(values, 'details'),
      }),
    );
  },
});

/** The whole conversation: own set-ups, plan, consents, the question, the work. */
async function enableAfterAsking(
  agent: Agent,
  session: Session,
  addresses: readonly MailAddress[],
  wished: EnableOptions & { readonly details: boolean },
): Promise<Result<Outcome, Failure>> {
  const decided = await decide(agent, session, addresses, wished);
  if (!decided.ok) return decided;
  const { plans, options } = decided.value;
  if (plans.some((plan) => plan.steps.length > 0) && !session.yes) {
    if (!session.canAsk) return err(failure('confirm-needed'));
    if (!(await session.terminal.confirm('Do this?'))) return ok(NOTHING_CHANGED);
  }
  const report = await agent.enable(addresses, options);
  if (!report.ok) return report;
  return ok(workOutcome(report.value, doneWords(addresses, options, agent.people().length)));
}

/** Plans, and where a consent of its own is needed and somebody can be asked, asks and plans again. */
async function decide(
  agent: Agent,
  session: Session,
  addresses: readonly MailAddress[],
  { details, ...wished }: EnableOptions & { readonly details: boolean },
): Promise<Result<{ plans: readonly ChangePlan[]; options: EnableOptions }, Failure>> {
  let options: EnableOptions = wished;
  for (;;) {
    const plans = await agent.plan(addresses, options);
    if (!plans.ok) return plans;
    const own = plans.value.flatMap((plan) => plan.obstacles).find(({ code }) => code === 'own-setup');
    if (own && session.canAsk) {
      session.terminal.note(own.message);
      if (!(await session.terminal.confirm('Replace your own set-up? Undo brings it back.'))) return err(own);
      options = { ...options, replaceOwn: true };
      continue;
    }
    session.terminal.note(planWords(plans.value, details));
    const consents = plans.value.flatMap((plan) => plan.consents);
    if (consents.length === 0 || options.acceptProfileWide || options.byHand || !session.canAsk) {
      return ok({ plans: plans.value, options });
    }
    const answer = await session.terminal.choose('This touches other mailboxes, too. What shall it be?', [
      { value: 'accept', label: 'Encrypt by itself', hint: 'and change what is named above' },
      { value: 'by-hand', label: 'I press Encrypt myself', hint: 'the other mailboxes stay as they are' },
      { value: 'stop', label: 'Do nothing' },
    ]);
    if (answer === 'accept') return ok({ plans: plans.value, options: { ...options, acceptProfileWide: true } });
    if (answer !== 'by-hand') return err(failure('profile-wide-consent'));
    options = { ...options, byHand: true };
  }
}

function doneWords(addresses: readonly MailAddress[], { byHand }: EnableOptions, people: number): string {
  const [first] = addresses;
  const whom =
    people === 0
      ? 'Nobody who can get encrypted mail from you is known yet.'
      : `Mail to the ${people === 1 ? 'person' : `${people} people`} you added is encrypted${byHand ? ' when you press Encrypt' : ''}.`;
  return [
    `Done. ${addresses.join(', ')}: set up.`,
    `${whom} Mail to everyone else goes as before.`,
    '',
    `Next: endymail share ${first ?? '<address>'} --out <file> makes the file for those who write to you;`,
    '      endymail import-peer <file> adds somebody whose file you got.',
  ].join('\n');
}
