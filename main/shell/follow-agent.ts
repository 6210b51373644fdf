import type { Failure, Result } from '@endymail/shared/result';
import type { MailAddress } from '@endymail/shared/mail';
import type { AppChange, HomeStatus, JobView } from '@endymail/shared/ipc';
import type { ConnectedAgent, WorkReport } from '../agent/client.ts';
import type { AgentListener, AskAgent, LinkState } from './agent-link.ts';
import type { AppModel } from './app-model.ts';
import { followAccount } from './follow-account.ts';
import { inRounds } from './rounds.ts';
import { accountAttention, NO_ACCOUNT } from './views/account.ts';
import { attentionView } from './views/attention.ts';
import { beginJob, breakJob, endForeignJob, endJob, progressJob } from './views/job.ts';
import { mailboxesView } from './views/mailboxes.ts';

export interface FollowParts {
  readonly ask: AskAgent;
  readonly model: AppModel;
  readonly now: () => Date;
  /** Runs something again and again, at this distance. */
  readonly every: (ms: number, task: () => void) => void;
}

/** Keeps the model as the agent says it is. */
export interface AgentFollower {
  /** Puts slices in their place, with what follows from them. */
  readonly show: (change: AppChange) => void;
  readonly listener: AgentListener;
  readonly linked: (state: LinkState) => void;
  /** Asks the agent for everything again; calls that come meanwhile share the next round. */
  readonly refresh: () => Promise<void>;
  /** Shows work as it goes on, and everything anew when it has ended. */
  readonly work: (
    kind: JobView['kind'],
    addresses: readonly MailAddress[],
    question: (agent: ConnectedAgent) => Promise<Result<WorkReport, Failure>>,
  ) => Promise<Result<WorkReport, Failure>>;
  readonly dismissJob: () => void;
}

export function followAgent({ ask, model, now, every }: FollowParts): AgentFollower {
  let isOwnWork = false;
  const account = followAccount({ ask, view: model.view, show, every });
  const refresh = inRounds(askAll);

  function show(change: AppChange): void {
    const view = { ...model.view(), ...change };
    const { agent, mailboxes, people, gap, settings } = view;
    // While nothing can be done, what was to be done is not what needs the person.
    const isOut = agent.state === 'closed' || agent.state === 'removed';
    const { first, last } = accountAttention(view);
    const mail = attentionView({ mailboxes, people, now: now(), lastBackupAt: settings.lastBackupAt });
    const attention = isOut ? [] : [...first, ...mail, ...last];
    model.change({ ...change, attention, gap: isOut ? null : gap });
  }

  function showStatus(status: HomeStatus): void {
    switch (status.kind) {
      case 'opening':
        show({ agent: { state: 'starting' } });
        return;
      case 'open':
        show({ agent: { state: 'ready' } });
        void refresh();
        return;
      case 'closed':
        show({ agent: { state: 'closed', failure: status.failure, keychain: status.keychain } });
        return;
      case 'removed':
        show({ agent: { state: 'removed' }, ...NO_ACCOUNT });
        return;
    }
  }

  async function askAll(): Promise<void> {
    const mailboxes = await ask((agent) => agent.mailboxes());
    if (mailboxes.ok) show({ mailboxes: mailboxesView(mailboxes.value, now()) });
    const gap = await ask((agent) => agent.gap());
    if (gap.ok) show({ gap: gap.value });
    const people = await ask((agent) => agent.people());
    if (people.ok) show({ people: people.value });
    const settings = await ask((agent) => agent.settings());
    const folders = await ask((agent) => agent.folders());
    const before = model.view().settings;
    show({
      settings: {
        ...before,
        ...(settings.ok ? { autoDisable: settings.value.autoDisable } : {}),
        ...(folders.ok ? { folders: folders.value } : {}),
      },
    });
    await account.refresh();
  }

  return {
    show,
    refresh,

    listener: {
      changed: () => {
        const { job } = model.view();
        if (job?.isRunning && !isOwnWork) show({ job: endForeignJob(job) });
        void refresh();
      },
      status: showStatus,
      progress: (progress) => {
        show({ job: progressJob(model.view().job, progress) });
      },
    },

    linked: (state) => {
      const { job } = model.view();
      switch (state.kind) {
        case 'starting':
          show({ agent: { state: 'starting' }, ...(job?.isRunning && !isOwnWork ? { job: breakJob(job) } : {}) });
          return;
        case 'gone':
          show({ agent: { state: 'closed', failure: state.failure, keychain: null } });
          return;
        case 'joined':
          void ask((agent) => agent.status()).then((status) => {
            if (status.ok) showStatus(status.value);
          });
          return;
      }
    },

    async work(kind, addresses, question) {
      isOwnWork = true;
      show({ job: beginJob(kind, addresses) });
      const answer = await ask(question);
      isOwnWork = false;
      const { job } = model.view();
      if (job) show({ job: endJob(job, answer) });
      await refresh();
      return answer;
    },

    dismissJob: () => {
      if (!model.view().job?.isRunning) show({ job: null });
    },
  };
}
