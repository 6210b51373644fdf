import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { MailboxList } from '@endymail/shared/mail';
import { AGENT_CALLS, answering, type Answer, type Handlers } from '@endymail/shared/ipc';
import type { AccountAgent } from '../account/account-agent.ts';
import type { Agent, ReconcileOptions, WorkReport } from '../agent.ts';
import { LOCK_WAIT_MS } from '../home/lock.ts';
import { accountAnswers } from './account-answers.ts';
import type { GapKeeper } from './gap-keeper.ts';
import type { Peer } from './listener.ts';
import type { NextChance } from './next-chance.ts';
import type { ServedHome } from './served-home.ts';

/** What is known of a call besides its arguments. */
export interface CallContext extends Required<Pick<ReconcileOptions, 'onProgress'>> {
  readonly peer: Peer;
}

export interface AnswerParts {
  readonly served: ServedHome;
  readonly chance: NextChance;
  readonly gap: GapKeeper;
  /** Told which profiles were listed last. */
  readonly onListed: (list: MailboxList) => Promise<void>;
  /** Told when `reconcile` has changed what others answer. */
  readonly onReconciled: () => Promise<void>;
  /** Ends the process that serves. */
  readonly stop: () => void;
}

/**
 * The calls after which nobody need ask again: they change nothing that others answer, or tell of it themselves.
 * After every other one everybody does.
 */
export const QUIET_CALLS: ReadonlySet<string> = new Set<keyof typeof AGENT_CALLS>([
  'status',
  'open',
  'reconcile',
  'mailboxes',
  'plan',
  'check',
  'openTestMail',
  'openClient',
  'exportKey',
  'share',
  'readPublicPart',
  'people',
  'settings',
  'folders',
  'backup',
  'gap',
  'stop',
  'account',
  'accountWords',
  'deviceJoining',
  'devicesPending',
  'devices',
  'deviceInvite',
]);

/** What each call of the contract is answered with. */
export function createAnswers({ served, chance, gap, onListed, onReconciled, stop }: AnswerParts): Answer<CallContext> {
  const withAgent = async <T>(ask: (agent: Agent) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> => {
    const agent = served.agent();
    return agent.ok ? ask(agent.value) : agent;
  };

  /** A call that changes what the profiles should hold. */
  async function working(
    { peer }: CallContext,
    work: (agent: Agent) => Promise<Result<WorkReport, Failure>>,
  ): Promise<Result<WorkReport, Failure>> {
    const report = await withAgent(work);
    if (report.ok) chance.note(report.value, peer);
    await served.noteData();
    return report;
  }

  const withAccount = <T>(ask: (account: AccountAgent) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> =>
    withAgent((agent) => ask(agent.account));

  const handlers: Handlers<typeof AGENT_CALLS, CallContext> = {
    ...accountAnswers<CallContext>(withAccount, async (ask) => {
      const answer = await withAccount(ask);
      await served.noteData();
      return answer;
    }),

    status: () => Promise.resolve(ok(served.status())),
    open: async ([{ passphrase }]) => ok(await served.open(passphrase, LOCK_WAIT_MS)),
    restore: ([wish]) => served.restore(wish),
    startOver: () => served.startOver(),

    async mailboxes() {
      const list = await withAgent((agent) => agent.mailboxes());
      if (list.ok) await onListed(list.value);
      return list;
    },
    plan: ([addresses, options]) => withAgent((agent) => agent.plan(addresses, options)),
    enable: ([addresses, options], context) =>
      working(context, (agent) => agent.enable(addresses, { ...options, onProgress: context.onProgress })),
    disable: ([addresses, options], context) =>
      working(context, (agent) => agent.disable(addresses, { ...options, onProgress: context.onProgress })),
    async reconcile(_args, context) {
      const { onProgress, peer } = context;
      const report = await working(context, (agent) => agent.reconcile({ onProgress }));
      const isNews = report.ok && (gap.caughtUp() || report.value.done.length > 0);
      if (isNews) await onReconciled();
      // What was done by itself while this one waited for it is told as if it were done now.
      return report.ok ? ok({ ...report.value, done: [...chance.claim(peer), ...report.value.done] }) : report;
    },
    check: ([address]) => withAgent((agent) => agent.check(address)),
    openTestMail: ([address]) => withAgent((agent) => agent.openTestMail(address)),
    openClient: ([profile]) => nothing(withAgent((agent) => agent.openClient(profile))),
    exportKey: ([address, password]) =>
      withAgent(async (agent) => {
        const key = await agent.exportKey(address, password);
        return key.ok ? ok(key.value.reveal()) : key;
      }),
    share: ([address]) => withAgent((agent) => agent.share(address)),
    readPublicPart: ([text]) => withAgent((agent) => agent.readPublicPart(text)),
    addPerson: ([text, fingerprint], context) => working(context, (agent) => agent.addPerson(text, fingerprint)),
    removePerson: ([address], context) => working(context, (agent) => agent.removePerson(address)),
    people: () => withAgent((agent) => agent.people()),
    settings: () => withAgent((agent) => agent.settings()),
    changeSettings: ([change], context) => working(context, (agent) => agent.changeSettings(change)),
    folders: () => withAgent((agent) => agent.folders()),
    addFolder: ([folder]) => withAgent((agent) => agent.addFolder(folder)),
    removeFolder: ([folder]) => withAgent((agent) => agent.removeFolder(folder)),
    backup: ([passphrase]) => withAgent((agent) => agent.backup(passphrase)),
    gap: () => withAgent(() => Promise.resolve(ok(gap.told()))),
    dismissGap: () => nothing(withAgent(() => gap.dismiss())),
    async remove([options], { onProgress }) {
      const removed = await withAgent((agent) => agent.remove({ ...options, onProgress }));
      if (removed.ok) await served.noteRemoved();
      return removed;
    },
    stop() {
      stop();
      return Promise.resolve(ok(undefined));
    },
  };
  return answering(AGENT_CALLS, handlers);
}

/** `void` of the agent is `undefined` of the contract. */
async function nothing(result: Promise<Result<void, Failure>>): Promise<Result<undefined, Failure>> {
  const done = await result;
  return done.ok ? ok(undefined) : done;
}

/** What a call is answered with that was not begun. */
export const notBegun = (): Result<never, Failure> => err(failure('agent-gone'));
