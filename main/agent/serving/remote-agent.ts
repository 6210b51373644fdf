import { Redacted, err, ok, type Failure, type Result } from '@endymail/shared/result';
import type { AgentClient } from '@endymail/shared/ipc';
import type { ApplyReport } from '@endymail/shared/mail';
import type { Agent, EnableOptions, Progress, ReconcileOptions, WorkReport } from '../agent.ts';
import { remoteAccount } from './remote-account.ts';

/** The calls, with what is to be told of the progress of the one that is asked. */
export type AskForWork = (onProgress: (progress: Progress) => void) => AgentClient;

const WAITS_FOR_CLIENT: ReadonlySet<string> = new Set(['client-running', 'client-started']);

const nobodyListens = (): void => undefined;

/**
 * The methods of an agent in another process. What it takes besides plain values stays on this side: progress is told
 * here, and who waits for a client to be closed asks again from here, so that others are served in between.
 */
export function remoteAgent(calls: AgentClient, askForWork: AskForWork): Omit<Agent, 'close'> {
  const onProgressOf = (options: ReconcileOptions = {}) => options.onProgress ?? nobodyListens;

  /** After `first`, asks again as long as a client is open and somebody waits for it to be closed. */
  async function patiently(
    first: Promise<Result<WorkReport, Failure>>,
    { wait, onProgress = nobodyListens }: ReconcileOptions = {},
  ): Promise<Result<WorkReport, Failure>> {
    let report = await first;
    const done = new Map<string, ApplyReport>();
    for (;;) {
      if (!report.ok) return report;
      for (const one of report.value.done) done.set(one.profileId, one);
      const whole: WorkReport = { done: [...done.values()], waiting: report.value.waiting };
      const open = whole.waiting.find(({ why }) => WAITS_FOR_CLIENT.has(why.code));
      if (open === undefined || wait === undefined) return ok(whole);
      onProgress({ kind: 'waiting', address: open.profile.identities[0]?.address ?? null, profile: open.profile });
      if (!(await wait(open.profile))) return ok(whole);
      report = await askForWork(onProgress).reconcile();
    }
  }

  const disable: Agent['disable'] = (addresses, options) => {
    const { changedByHand } = options;
    const plain = changedByHand === undefined ? {} : { changedByHand };
    const which = addresses === 'all' ? addresses : [...addresses];
    return patiently(askForWork(onProgressOf(options)).disable(which, plain), options);
  };

  return {
    account: remoteAccount(calls),
    mailboxes: () => calls.mailboxes(),
    plan: (addresses, options) => calls.plan([...addresses], plainOptions(options)),
    enable: (addresses, options) =>
      patiently(askForWork(onProgressOf(options)).enable([...addresses], plainOptions(options)), options),
    disable,
    reconcile: (options) => patiently(askForWork(onProgressOf(options)).reconcile(), options),
    check: (address) => calls.check(address),
    openTestMail: (address) => calls.openTestMail(address),
    openClient: (profile) => nothing(calls.openClient(profile)),
    async exportKey(address, password) {
      const key = await calls.exportKey(address, password.reveal());
      return key.ok ? ok(new Redacted(key.value)) : key;
    },
    share: (address) => calls.share(address),
    readPublicPart: (text) => calls.readPublicPart(text),
    addPerson: (text, fingerprint) => calls.addPerson(text, fingerprint),
    removePerson: (address) => calls.removePerson(address),
    people: () => calls.people(),
    settings: () => calls.settings(),
    changeSettings: (change) => calls.changeSettings(change),
    folders: () => calls.folders(),
    addFolder: (folder) => calls.addFolder(folder),
    removeFolder: (folder) => calls.removeFolder(folder),
    backup: (passphrase) => calls.backup(passphrase.reveal()),

    async remove(options) {
      const { changedByHand } = options;
      const plain = changedByHand === undefined ? {} : { changedByHand };
      if (options.wait === undefined) return askForWork(onProgressOf(options)).remove(plain);
      // Undone first, as far as it takes; what is left of `remove` then waits for nobody.
      const undone = await disable('all', options);
      if (!undone.ok) return undone;
      const stop = undone.value.waiting[0];
      if (stop) return err(stop.why);
      const removed = await askForWork(onProgressOf(options)).remove(plain);
      return removed.ok ? ok({ done: [...undone.value.done, ...removed.value.done], waiting: [] }) : removed;
    },
  };
}

/** What the agent is told of these options; the rest is functions of this process. */
function plainOptions(options: EnableOptions): Omit<EnableOptions, keyof ReconcileOptions> {
  const { algorithm, acceptProfileWide, byHand, replaceOwn, changedByHand } = options;
  return {
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(acceptProfileWide === undefined ? {} : { acceptProfileWide }),
    ...(byHand === undefined ? {} : { byHand }),
    ...(replaceOwn === undefined ? {} : { replaceOwn }),
    ...(changedByHand === undefined ? {} : { changedByHand }),
  };
}

async function nothing(result: Promise<Result<undefined, Failure>>): Promise<Result<void, Failure>> {
  const done = await result;
  return done.ok ? ok() : done;
}
