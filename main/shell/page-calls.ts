import type { Clipboard, FileFilter } from 'electron';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { MailAddress } from '@endymail/shared/mail';
import { LIMITS, type Handlers, type WINDOW_CALLS, type WorkView } from '@endymail/shared/ipc';
import { utf8Text } from '../files/decode.ts';
import { PRIVATE_FILE_MODE } from '../files/durable-write.ts';
import { accountCalls } from './account-calls.ts';
import type { AskAgent } from './agent-link.ts';
import type { AppModel } from './app-model.ts';
import { writeWhereSaid, type MadeFile, type PersonFiles, type SaveQuestion } from './files.ts';
import type { AgentFollower } from './follow-agent.ts';
import type { Invitations } from './invitations.ts';
import type { Paper } from './paper.ts';
import type { Preferences } from './preferences.ts';
import { TEXTS } from './texts.ts';
import { workView } from './views/work.ts';

export interface PageCallParts<Window> {
  readonly ask: AskAgent;
  /** Where the agent has gone for good: once more. */
  readonly tryAgain: () => void;
  readonly follower: AgentFollower;
  readonly model: AppModel;
  readonly files: PersonFiles<Window>;
  readonly preferences: Preferences;
  readonly invitations: Invitations;
  readonly paper: Paper;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly openExternal: (url: string) => Promise<void>;
  readonly quit: () => void;
  readonly now: () => Date;
}

/** The window whose page calls. */
export interface PageContext<Window> {
  readonly window: Window;
}

/** Every page that the browser is opened for; a page names one and can not give another. */
const PAGES = Object.freeze({ 'thunderbird-download': 'https://www.thunderbird.net/download/' });

/** The answer of what has nothing to say but that it was done. */
const DONE = ok(undefined);

const PUBLIC_PART_MODE = 0o644;
const PUBLIC_PART: FileFilter = { name: TEXTS.files.publicPartKind, extensions: ['endymail'] };
const BACKUP: FileFilter = { name: TEXTS.files.backupKind, extensions: ['endymail-backup'] };
const PHONE_KEY: FileFilter = { name: TEXTS.files.phoneKind, extensions: ['p12'] };

/** Answers the calls of the page: what the contract says, by the agent and the system. */
export function pageCalls<Window>(parts: PageCallParts<Window>): Handlers<typeof WINDOW_CALLS, PageContext<Window>> {
  const { ask, follower, model, files, preferences } = parts;

  async function work(
    kind: Parameters<AgentFollower['work']>[0],
    addresses: readonly MailAddress[],
    question: Parameters<AgentFollower['work']>[2],
  ): Promise<Result<WorkView, Failure>> {
    const report = await follower.work(kind, addresses, question);
    return report.ok ? ok(workView(report.value)) : report;
  }

  const enabledAddresses = (): MailAddress[] =>
    model
      .view()
      .mailboxes.rows.filter(({ state }) => state !== 'off')
      .map(({ address }) => address);

  const written = <Tells>(
    window: Window,
    target: SaveQuestion,
    make: () => Promise<Result<MadeFile<Tells>, Failure>>,
    mode: 0o600 | 0o644,
  ): Promise<Result<(Tells & { fileName: string }) | null, Failure>> =>
    writeWhereSaid(files, window, target, make, mode);

  return {
    ...accountCalls<Window>(parts),

    snapshot: () => Promise.resolve(ok(model.view())),

    async lookAgain() {
      await follower.refresh();
      return DONE;
    },

    async addFolder(_args, { window }) {
      const path = await files.chooseFolder(window, TEXTS.files.otherFolder);
      if (path === null) return ok(null);
      const before = model.view().mailboxes.rows.length;
      const added = await ask((agent) => agent.addFolder(path));
      if (!added.ok) return added;
      await follower.refresh();
      return ok({ found: Math.max(0, added.value.rows.length - before) });
    },

    async removeFolder([path]) {
      const removed = await ask((agent) => agent.removeFolder(path));
      if (!removed.ok) return removed;
      await follower.refresh();
      return DONE;
    },

    plan: ([addresses, choices]) => ask((agent) => agent.plan(addresses, choices)),
    enable: ([addresses, choices]) => work('enable', addresses, (agent) => agent.enable(addresses, choices)),
    disable: ([which, choices]) =>
      work('disable', which === 'all' ? enabledAddresses() : which, (agent) => agent.disable(which, choices)),
    finishWaiting: () => work('reconcile', waitingAddresses(model), (agent) => agent.reconcile()),

    dismissJob() {
      follower.dismissJob();
      return Promise.resolve(DONE);
    },

    async dismissGap() {
      const dismissed = await ask((agent) => agent.dismissGap());
      if (!dismissed.ok) return dismissed;
      await follower.refresh();
      return DONE;
    },

    async openClient([id]) {
      const opened = await ask((agent) => agent.openClient(id));
      return opened.ok ? DONE : opened;
    },

    check: ([address]) => ask((agent) => agent.check(address)),
    openTestMail: ([address]) => ask((agent) => agent.openTestMail(address)),

    exportForPhone: ([address, passphrase], { window }) =>
      written(
        window,
        { title: TEXTS.files.phone, kind: PHONE_KEY, name: `${address}.p12` },
        async () => {
          const key = await ask((agent) => agent.exportKey(address, passphrase));
          return key.ok ? ok({ content: key.value.reveal(), tells: {} }) : key;
        },
        PRIVATE_FILE_MODE,
      ),

    shareToFile: ([address], { window }) =>
      written(
        window,
        { title: TEXTS.files.publicPart, kind: PUBLIC_PART, name: `${address}.endymail` },
        async () => {
          const part = await ask((agent) => agent.share(address));
          if (!part.ok) return part;
          return ok({ content: part.value.text, tells: { fingerprint: part.value.fingerprint } });
        },
        PUBLIC_PART_MODE,
      ),

    async choosePublicPart(_args, { window }) {
      const chosen = await files.open(window, {
        title: TEXTS.files.publicPart,
        kind: PUBLIC_PART,
        maxBytes: LIMITS.publicPartMaxChars,
      });
      if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen;
      const text = utf8Text(chosen.value);
      if (text === null) return err(failure('public-part-invalid'));
      const person = await ask((agent) => agent.readPublicPart(text));
      return person.ok ? ok({ text, person: person.value }) : person;
    },

    readPublicPart: ([text]) => ask((agent) => agent.readPublicPart(text)),
    addPerson: ([text, fingerprint]) => work('people', [], (agent) => agent.addPerson(text, fingerprint)),
    removePerson: ([address]) => work('people', [], (agent) => agent.removePerson(address)),

    async changeSettings([{ autoDisable, ...own }]) {
      if (autoDisable !== undefined) {
        const changed = await work('settings', [], (agent) => agent.changeSettings({ autoDisable }));
        if (!changed.ok) return changed;
      }
      const changed = await preferences.change(own);
      return changed.ok ? DONE : changed;
    },

    async backUp([passphrase], { window }) {
      const day = parts.now().toISOString().slice(0, 10);
      const file = await written(
        window,
        { title: TEXTS.files.backup, kind: BACKUP, name: `${TEXTS.files.backupName(day)}.endymail-backup` },
        async () => {
          const sealed = await ask((agent) => agent.backup(passphrase));
          return sealed.ok ? ok({ content: sealed.value, tells: {} }) : sealed;
        },
        PRIVATE_FILE_MODE,
      );
      if (file.ok && file.value !== null) preferences.backedUp(parts.now());
      return file;
    },

    async restore([{ passphrase, setAside, keychainPassphrase }], { window }) {
      const file = await files.open(window, {
        title: TEXTS.files.backup,
        kind: BACKUP,
        maxBytes: LIMITS.fileMaxBytes,
      });
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
      const wish = { file: file.value, backupPassphrase: passphrase, setAside, keychainPassphrase };
      const restored = await ask((agent) => agent.restore(wish));
      if (!restored.ok) return restored;
      // What was just read from a backup is in one.
      preferences.backedUp(parts.now());
      // Brings the clients up to what was restored; what can not be done now shows among what needs the person.
      await ask((agent) => agent.reconcile());
      await follower.refresh();
      return restored;
    },

    async startOver() {
      const over = await ask((agent) => agent.startOver());
      if (!over.ok) return over;
      preferences.forgotBackup();
      await follower.refresh();
      return over;
    },

    async unlock([{ passphrase }]) {
      parts.tryAgain();
      const status = await ask((agent) => agent.open(passphrase));
      if (!status.ok) return status;
      return status.value.kind === 'closed' ? err(status.value.failure) : DONE;
    },

    async remove([choices]) {
      const removed = await work('remove', enabledAddresses(), (agent) => agent.remove(choices));
      if (removed.ok && removed.value.waiting.length === 0) await preferences.forgetEverything();
      return removed;
    },

    async copyText([text]) {
      await parts.clipboard.writeText(text);
      return DONE;
    },

    async openPage([page]) {
      await parts.openExternal(PAGES[page]);
      return DONE;
    },

    quit() {
      parts.quit();
      return Promise.resolve(DONE);
    },
  };
}

function waitingAddresses(model: AppModel): MailAddress[] {
  const items = model.view().attention.filter((item) => item.kind === 'close-client');
  return [...new Set(items.flatMap(({ addresses }) => addresses))];
}
