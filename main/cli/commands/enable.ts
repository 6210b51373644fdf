import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangePlan, MailAddress, MailboxRow } from '@endymail/shared/mail';
import type { Agent, EnableOptions } from '../../agent/index.ts';
import { NOTHING_CHANGED, flag, defineCommand, type Outcome } from '../command-line/command.ts';
import { parseAddresses, type Session } from '../session.ts';
import { planWords } from '../words/plan-words.ts';
import { enabledWords } from '../words/result-words.ts';
import { workJson, workOutcome } from '../words/work-words.ts';
import { ENABLE_OPTIONS, enableOptions } from './enable-options.ts';
import { lookAround } from './found.ts';
import { WAIT_OPTION, isWaiting } from './finish-waiting.ts';

export const enable = defineCommand({
  name: 'enable',
  summary: 'Protect mailboxes: keys, certificates, and the settings of Thunderbird.',
  takes: '<address>…',
  count: [1, Infinity],
  options: {
    details: { type: 'boolean', help: 'Show the plan with the exact settings and certificates.' },
    ...WAIT_OPTION,
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
    const wait = isWaiting(session, values);
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
    if (!session.canAsk) return err(missingWord(plans, options) ?? failure('confirm-needed'));
    if (!(await session.terminal.confirm('Do this?'))) return ok(NOTHING_CHANGED);
  }
  const report = await session.patiently(agent.enable(addresses, options));
  if (!report.ok) return report;
  const found = await lookAround(agent, new Date());
  if (!found.ok) return found;
  const { list, people } = found.value;
  const outcome = workOutcome(report.value, {
    done: enabledWords(list.rows, addresses, people),
    concerns: ({ identities }) => identities.some(({ address }) => addresses.includes(address)),
    leftNeedsPerson: options.changedByHand === undefined,
  });
  return ok<Outcome>({ ...outcome, json: { mailboxes: statesOf(list.rows, addresses), ...workJson(report.value) } });
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
      if (!(await session.terminal.confirm('Replace your own set-up? Undo brings it back.', false))) return err(own);
      options = { ...options, replaceOwn: true };
      continue;
    }
    session.terminal.note(planWords(plans.value, details));
    const isChanged = plans.value.some(({ changedByHand }) => changedByHand.length > 0);
    if (isChanged && options.changedByHand === undefined && session.canAsk) {
      const choice = await session.terminal.choose('What you changed by hand:', [
        { value: 'leave', label: 'Leave it as I have it' },
        { value: 'put-back', label: 'Put it back as Endymail had set it' },
      ]);
      if (choice === null) return err(failure('changed-by-hand'));
      options = { ...options, changedByHand: choice };
      if (choice === 'put-back') continue;
    }
    const consents = plans.value.flatMap((plan) => plan.consents);
    if (consents.length === 0 || options.acceptProfileWide || options.byHand || !session.canAsk) {
      return ok({ plans: plans.value, options });
    }
    const answer = await session.terminal.choose('This touches other mailboxes, too. What shall it be?', [
      // What Enter alone takes is the one that touches nothing of others.
      { value: 'by-hand', label: 'I press Encrypt myself', hint: 'the other mailboxes stay as they are' },
      { value: 'accept', label: 'Encrypt by itself', hint: 'and change what is named above' },
      { value: 'stop', label: 'Do nothing' },
    ]);
    if (answer === 'accept') return ok({ plans: plans.value, options: { ...options, acceptProfileWide: true } });
    if (answer !== 'by-hand') return err(failure('profile-wide-consent'));
    options = { ...options, byHand: true };
  }
}

/** A script is told of the consent that --yes does not give before it is told of --yes. */
function missingWord(plans: readonly ChangePlan[], options: EnableOptions): Failure | undefined {
  const own = plans.flatMap(({ obstacles }) => obstacles).find(({ code }) => code === 'own-setup');
  const needsConsent = plans.some(({ consents }) => consents.length > 0);
  const isDecided = options.acceptProfileWide === true || options.byHand === true;
  return own ?? (needsConsent && !isDecided ? failure('profile-wide-consent') : undefined);
}

function statesOf(rows: readonly MailboxRow[], addresses: readonly MailAddress[]) {
  return rows.filter(({ address }) => addresses.includes(address)).map(({ address, state }) => ({ address, state }));
}
