import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ACCOUNT_WINDOW_CALLS, Handlers } from '@endymail/shared/ipc';
import type { AskAgent } from './agent-link.ts';
import type { AppModel } from './app-model.ts';
import type { AgentFollower } from './follow-agent.ts';

export interface AccountCallParts {
  readonly ask: AskAgent;
  readonly follower: Pick<AgentFollower, 'show' | 'refresh'>;
  readonly model: AppModel;
  readonly clipboard: { readonly writeText: (text: string) => void | Promise<void> };
}

const DONE = ok(undefined);

/** Answers the calls of the page about account and devices. */
export function accountCalls<Context>({
  ask,
  follower,
  model,
}: AccountCallParts): Handlers<typeof ACCOUNT_WINDOW_CALLS, Context> {
  /** Whatever came of it, what is shown is asked for anew. */
  async function shown<T>(answer: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const settled = await answer;
    await follower.refresh();
    return settled;
  }

  const notYet = () => Promise.resolve(err(failure('internal')));

  return {
    accountCreate: ([{ name }]) => shown(ask((agent) => agent.account.create(name))),
    async accountWords() {
      const words = await ask((agent) => agent.account.words());
      return words.ok ? ok(words.value.reveal().split(' ')) : words;
    },
    async accountConfirmWords([asked]) {
      const words = await ask((agent) => agent.account.words());
      if (!words.ok) return words;
      const all = words.value.reveal().split(' ');
      const isRight = asked.every(({ position, word }) => all[position - 1] === word.reveal().trim().toLowerCase());
      if (!isRight) return err(failure('words-wrong'));
      const confirmed = await shown(ask((agent) => agent.account.confirmWords(words.value)));
      return confirmed.ok ? DONE : confirmed;
    },
    saveWords: notYet,
    printWords: notYet,

    joinRequest: ([name]) => shown(ask((agent) => agent.account.request(name))),
    readLink: notYet,
    joinByLink: notYet,
    forgetLink: notYet,
    async joinGiveUp() {
      const given = await shown(ask((agent) => agent.account.giveUp()));
      return given.ok ? DONE : given;
    },
    dismissJoining() {
      follower.show({ joining: null });
      return Promise.resolve(DONE);
    },

    approve: ([id, digits, options]) => shown(ask((agent) => agent.account.approve(id, digits, options))),
    async reject([id]) {
      const rejected = await shown(ask((agent) => agent.account.reject(id)));
      return rejected.ok ? DONE : rejected;
    },
    dismissAnswer() {
      follower.show({ pending: { ...model.view().pending, answered: null } });
      return Promise.resolve(DONE);
    },

    invite: notYet,
    copyInvitation: notYet,
    dismissInvitation: notYet,

    async removeDevice([id, words]) {
      const removed = await shown(ask((agent) => agent.account.remove(id, words)));
      return removed.ok ? ok({ kind: 'removed', ...removed.value }) : removed;
    },
    suspendDevice: notYet,
    resumeDevice: notYet,
    cancelAct: notYet,
    taskDone: notYet,
    async syncNow() {
      const synced = await shown(ask((agent) => agent.account.sync()));
      return synced.ok ? DONE : synced;
    },

    recoverPreview: notYet,
    recover: notYet,
    leaveAccount: notYet,
  };
}
