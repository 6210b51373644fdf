import type { Clipboard, FileFilter } from 'electron';
import { err, failure, ok, type Failure, type FailureCode, type Redacted, type Result } from '@endymail/shared/result';
import type { ACCOUNT_WINDOW_CALLS, AppView, Handlers, WindowClient } from '@endymail/shared/ipc';
import { PRIVATE_FILE_MODE } from '../files/durable-write.ts';
import type { AskAgent } from './agent-link.ts';
import type { AppModel } from './app-model.ts';
import { writeWhereSaid, type PersonFiles } from './files.ts';
import type { AgentFollower } from './follow-agent.ts';
import type { Invitations } from './invitations.ts';
import type { Paper } from './paper.ts';
import { TEXTS } from './texts.ts';
import { wordsPage } from './words-page.ts';

export interface AccountCallParts<Window> {
  readonly ask: AskAgent;
  readonly follower: Pick<AgentFollower, 'show' | 'refresh'>;
  readonly model: AppModel;
  readonly invitations: Invitations;
  readonly files: Pick<PersonFiles<Window>, 'chooseTarget'>;
  readonly paper: Pick<Paper, 'pdf' | 'print'>;
  readonly now: () => Date;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

type ValueOf<Answer> = Answer extends Promise<Result<infer Value, Failure>> ? Value : never;
type Removal = ValueOf<ReturnType<WindowClient['removeDevice']>>;

const DONE = ok(undefined);
const PDF: FileFilter = { name: TEXTS.wordsSheet.kind, extensions: ['pdf'] };

/** Answers the calls of the page about account and devices. */
export function accountCalls<Window>({
  ask,
  follower,
  model,
  invitations,
  clipboard,
  files,
  paper,
  now,
}: AccountCallParts<Window>): Handlers<typeof ACCOUNT_WINDOW_CALLS, { readonly window: Window }> {
  /** Whatever came of it, what is shown is asked for anew. */
  async function shown<T>(answer: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const settled = await answer;
    await follower.refresh();
    return settled;
  }

  async function done(answer: Promise<Result<unknown, Failure>>): Promise<Result<undefined, Failure>> {
    const settled = await shown(answer);
    return settled.ok ? DONE : settled;
  }

  /** Without the words, one that may approve others is not removed at once: it is announced. */
  async function remove(id: string, words: Redacted<string> | null): Promise<Result<Removal, Failure>> {
    const removed = await ask((agent) => agent.account.remove(id, words));
    if (removed.ok) return ok({ kind: 'removed', ...removed.value });
    if (words !== null || removed.error.code !== 'device-needs-words') return removed;
    const act = await ask((agent) => agent.account.announceRemoval(id));
    if (!act.ok) return act;
    const device = model.view().devices.find((one) => one.id === id);
    return device === undefined
      ? err(failure('device-unknown'))
      : ok({ kind: 'waits', device, holdsFrom: act.value.holdsFrom });
  }

  /** The document to be put on paper. Errors: `account-none`, `words-none`. */
  async function wordsSheet(): Promise<Result<string, Failure>> {
    const words = await ask((agent) => agent.account.words());
    if (!words.ok) return words;
    const account = await ask((agent) => agent.account.show());
    if (!account.ok) return account;
    if (account.value === null) return err(failure('account-none'));
    const { name, fingerprint } = account.value;
    const mark = await ask((agent) => agent.account.mark());
    const day = now().toISOString().slice(0, 10);
    return ok(
      wordsPage({
        name,
        fingerprint,
        words: words.value.reveal().split(' '),
        mark: mark.ok ? mark.value.mark : null,
        day,
      }),
    );
  }

  type Answered = AppView['pending']['answered'];

  /** One that was answered asks no more; where the answer did not get through it may be given again. */
  function answered(answer: Answered): void {
    const { devices } = model.view().pending;
    const isOver =
      answer !== null &&
      (answer.kind === 'failed' ? ENDS_REQUEST.includes(answer.why.code) : answer.kind !== 'approving');
    follower.show({
      pending: { devices: isOver ? devices.filter(({ id }) => id !== answer.id) : devices, answered: answer },
    });
  }

  return {
    accountCreate: ([{ name, where }]) => shown(ask((agent) => agent.account.create(name, where))),
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
      return done(ask((agent) => agent.account.confirmWords(words.value)));
    },
    saveWords: (_args, { window }) =>
      writeWhereSaid(
        files,
        window,
        { title: TEXTS.wordsSheet.title, kind: PDF, name: TEXTS.wordsSheet.fileName },
        async () => {
          const sheet = await wordsSheet();
          return sheet.ok ? ok({ content: await paper.pdf(sheet.value), tells: {} }) : sheet;
        },
        PRIVATE_FILE_MODE,
      ),
    async printWords() {
      const sheet = await wordsSheet();
      if (!sheet.ok) return sheet;
      await paper.print(sheet.value);
      return DONE;
    },

    async joinRequest([name]) {
      const begun = await shown(ask((agent) => agent.account.request(name)));
      if (begun.ok) follower.show({ joining: begun.value });
      return begun;
    },
    readLink([link]) {
      const held = invitations.hold(link.reveal());
      if (held.ok && model.view().account !== null) {
        invitations.forgetHeld();
        return Promise.resolve(err(failure('account-exists')));
      }
      return Promise.resolve(held);
    },
    async joinByLink() {
      const link = invitations.held();
      if (link === null) return err(failure(model.view().account === null ? 'invitation-invalid' : 'account-exists'));
      const begun = await shown(ask((agent) => agent.account.join(link)));
      if (begun.ok) invitations.forgetHeld();
      if (begun.ok) follower.show({ joining: begun.value });
      return begun;
    },
    forgetLink() {
      invitations.forgetHeld();
      return Promise.resolve(DONE);
    },
    async joinGiveUp() {
      const given = await ask((agent) => agent.account.giveUp());
      if (!given.ok && given.error.code !== 'join-none') return given;
      follower.show({ joining: null, joiningProblem: null });
      return DONE;
    },
    async dismissJoining() {
      // How it ended is remembered by the agent until it is given up.
      if (model.view().joining?.kind === 'ended') await ask((agent) => agent.account.giveUp());
      follower.show({ joining: null, joiningProblem: null });
      return DONE;
    },

    async approve([id, digits, options]) {
      answered({ kind: 'approving', id });
      const approved = await ask((agent) => agent.account.approve(id, digits, options));
      answered(approved.ok ? { kind: 'approved', id, device: approved.value.device } : notApproved(id, approved.error));
      await follower.refresh();
      return approved;
    },
    async reject([id]) {
      const rejected = await ask((agent) => agent.account.reject(id));
      if (!rejected.ok) return rejected;
      answered({ kind: 'rejected', id });
      await follower.refresh();
      return DONE;
    },
    dismissAnswer() {
      answered(null);
      return Promise.resolve(DONE);
    },

    async invite() {
      const before = invitations.toGive();
      if (before !== null) return ok({ link: before.link.reveal(), expiresAt: before.expiresAt });
      const made = await ask((agent) => agent.account.invite());
      if (!made.ok) return made;
      const { link, expiresAt } = made.value;
      invitations.made(link, expiresAt);
      return ok({ link: link.reveal(), expiresAt });
    },
    async copyInvitation() {
      const given = invitations.toGive();
      if (given === null) return err(failure('invitation-expired'));
      await clipboard.writeText(given.link.reveal());
      return DONE;
    },
    dismissInvitation() {
      invitations.forgetMade();
      return Promise.resolve(DONE);
    },

    removeDevice: ([id, words]) => shown(remove(id, words)),
    suspendDevice: ([id]) => done(ask((agent) => agent.account.suspend(id, null))),
    resumeDevice: ([id]) => done(ask((agent) => agent.account.resume(id, null))),
    cancelAct: ([id]) => done(ask((agent) => agent.account.cancelAct(id))),
    taskDone: ([id]) => done(ask((agent) => agent.account.taskDone(id))),
    syncNow: () => done(ask((agent) => agent.account.sync())),
    syncAnyway: () => done(ask((agent) => agent.account.syncAnyway())),
    accountReachable: ([isReachable]) => done(ask((agent) => agent.account.setReachable(isReachable))),
    serviceCertificate: () => ask((agent) => agent.account.certificate()),
    trustCertificate: ([seen]) => done(ask((agent) => agent.account.trustCertificate(seen))),

    async recoverPreview([paper]) {
      const found = await ask((agent) => agent.account.recoverPreview(paper));
      return found.ok ? ok({ asOf: found.value.asOf.at, devices: found.value.devices }) : found;
    },
    async recover([paper, keep]) {
      const back = await shown(ask((agent) => agent.account.recover(paper, { keep })));
      return back.ok ? ok(back.value.account) : back;
    },
    leaveAccount: () => done(ask((agent) => agent.account.leave())),
  };
}

/** The request is at its end with these, whether or not its list was looked at since. */
const ENDS_REQUEST: readonly FailureCode[] = ['digits-wrong', 'request-unknown'];

/** How an approval that did not come to its end is shown; digits that are none were not tried. */
function notApproved(id: string, why: Failure): AppView['pending']['answered'] {
  if (why.code === 'digits-invalid') return null;
  return why.code === 'approve-unanswered' ? { kind: 'unanswered', id } : { kind: 'failed', id, why };
}
