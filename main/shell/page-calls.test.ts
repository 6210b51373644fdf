import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { err, failure, ok, Redacted } from '@endymail/shared/result';
import type { ConnectedAgent } from '../agent/client.ts';
import type { AskAgent } from './agent-link.ts';
import { createAppModel } from './app-model.ts';
import { personFiles, type FileDialogs } from './files.ts';
import { followAgent } from './follow-agent.ts';
import { createInvitations } from './invitations.ts';
import { initialView } from './initial-view.ts';
import { pageCalls } from './page-calls.ts';
import type { Preferences } from './preferences.ts';
import { DEFAULT_SETTINGS } from './shell-settings.ts';
import { ALICE, mailbox, profile, report } from './testing/mailboxes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-calls-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const NOW = new Date('2026-01-02T03:04:05Z');
const WINDOW = { window: 'the window' };
const PASSPHRASE = new Redacted('four random words here');

/** The shell with these answers of the agent and of the person at its dialogues. */
function shell(agent: Partial<ConnectedAgent>, dialogs: Partial<FileDialogs<string>> = {}) {
  const quiet = {
    mailboxes: () => Promise.resolve(ok({ rows: [], problems: [] })),
    gap: () => Promise.resolve(ok(null)),
    people: () => Promise.resolve(ok([])),
    settings: () => Promise.resolve(ok({ autoDisable: true })),
    folders: () => Promise.resolve(ok([])),
    account: {
      show: () => Promise.resolve(ok(null)),
      joining: () => Promise.resolve(err(failure('join-none'))),
    } as Partial<ConnectedAgent['account']>,
  };
  // What a test does not give is not there: to ask for it is a mistake.
  const ask: AskAgent = (question) => question({ ...quiet, ...agent } as ConnectedAgent);
  const model = createAppModel({
    initial: initialView({
      version: '1',
      platform: 'linux',
      versions: {},
      settings: DEFAULT_SETTINGS,
      openAtLogin: null,
    }),
    onChange: vi.fn(),
  });
  const preferences = {
    change: vi.fn<Preferences['change']>(() => Promise.resolve(ok())),
    backedUp: vi.fn<Preferences['backedUp']>(),
    forgotBackup: vi.fn<Preferences['forgotBackup']>(),
    forgetEverything: vi.fn<Preferences['forgetEverything']>(() => Promise.resolve()),
  };
  const dismissed: FileDialogs<string> = {
    showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
    showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  };
  const openExternal = vi.fn(() => Promise.resolve());
  const tryAgain = vi.fn();
  const follower = followAgent({ ask, model, now: () => NOW, every: vi.fn() });
  const calls = pageCalls<string>({
    ask,
    tryAgain,
    follower,
    model,
    files: personFiles({ ...dismissed, ...dialogs }),
    preferences,
    invitations: createInvitations({ view: model.view, show: follower.show, now: () => NOW }),
    paper: { pdf: vi.fn(), print: vi.fn(), serve: () => null },
    clipboard: { writeText: vi.fn(() => Promise.resolve()) },
    openExternal,
    quit: vi.fn(),
    now: () => NOW,
  });
  return { calls, model, follower, preferences, openExternal, tryAgain };
}

const saving = (path: string) => ({
  showSaveDialog: vi.fn<FileDialogs<string>['showSaveDialog']>(() =>
    Promise.resolve({ canceled: false, filePath: path }),
  ),
});
const opening = (path: string) => ({
  showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [path] }),
});
const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('[SEC-64] a backup is made only when the dialogue said where to, for its owner alone, over what it asked about', async () => {
  const backup = vi.fn<ConnectedAgent['backup']>(() => Promise.resolve(ok(Uint8Array.of(1, 2, 3))));
  const dismissed = shell({ backup });
  expect(await dismissed.calls.backUp([PASSPHRASE], WINDOW)).toEqual(ok(null));
  expect(backup).not.toHaveBeenCalled();

  const path = join(folder, 'ü.endymail-backup');
  writeFileSync(path, 'what the dialogue asked about', { mode: 0o644 });
  const dialogs = saving(path);
  const { calls, preferences } = shell({ backup }, dialogs);
  expect(await calls.backUp([PASSPHRASE], WINDOW)).toEqual(ok({ fileName: 'ü.endymail-backup' }));
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  expect(modeOf(path)).toBe(0o600);
  expect(preferences.backedUp).toHaveBeenCalledExactlyOnceWith(NOW);
  const [parent, options] = dialogs.showSaveDialog.mock.lastCall!;
  expect([parent, options.defaultPath]).toEqual(['the window', 'endymail-backup-2026-01-02.endymail-backup']);
  expect(options.properties).toContain('showOverwriteConfirmation');
});

it('[SEC-64] what could not be made leaves the file as it was', async () => {
  const path = join(folder, 'a.p12');
  writeFileSync(path, 'mine');
  const exportKey = () => Promise.resolve(err(failure('passphrase-too-short')));
  const refused = await shell({ exportKey }, saving(path)).calls.exportForPhone([ALICE, PASSPHRASE], WINDOW);
  expect(refused).toMatchObject({ error: { code: 'passphrase-too-short' } });
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

it('[SEC-65] the page is told the name of a file and never its path or what is in it', async () => {
  const exportKey = () => Promise.resolve(ok(new Redacted(Uint8Array.from(Buffer.from('the private key')))));
  const path = join(folder, 'a.p12');
  const told = await shell({ exportKey }, saving(path)).calls.exportForPhone([ALICE, PASSPHRASE], WINDOW);
  expect(told).toEqual(ok({ fileName: 'a.p12' }));
  expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['the private key', 0o600]);

  const missing = join(folder, 'no such folder', 'a.p12');
  const failed = await shell({ exportKey }, saving(missing)).calls.exportForPhone([ALICE, PASSPHRASE], WINDOW);
  expect(failed).toMatchObject({ error: { code: 'write-failed', message: '“a.p12” could not be written.' } });
});

it('a public part is for everybody, and comes with its fingerprint', async () => {
  const share = () => Promise.resolve(ok({ text: 'public', fingerprint: 'AAAA-BBBB' }));
  const path = join(folder, 'a.endymail');
  const shared = await shell({ share }, saving(path)).calls.shareToFile([ALICE], WINDOW);
  expect(shared).toEqual(ok({ fileName: 'a.endymail', fingerprint: 'AAAA-BBBB' }));
  expect(modeOf(path)).toBe(0o644);
});

it('[SEC-30] a file that somebody gave is read within bounds, and refused when it is no text', async () => {
  const readPublicPart = vi.fn<ConnectedAgent['readPublicPart']>();
  const path = join(folder, 'b.endymail');
  const choose = () => shell({ readPublicPart }, opening(path)).calls.choosePublicPart([], WINDOW);
  expect(await choose()).toMatchObject({ error: { code: 'file-unreadable' } });
  writeFileSync(path, 'x'.repeat(65_537));
  expect(await choose()).toMatchObject({ error: { code: 'file-unreadable' } });
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]));
  expect(await choose()).toMatchObject({ error: { code: 'public-part-invalid' } });
  expect(readPublicPart).not.toHaveBeenCalled();
  expect(await shell({}).calls.choosePublicPart([], WINDOW)).toEqual(ok(null));
});

it('[SEC-63] opens the page of the table by its name', async () => {
  const { calls, openExternal } = shell({});
  await calls.openPage(['thunderbird-download'], WINDOW);
  expect(openExternal.mock.calls).toEqual([['https://www.thunderbird.net/download/']]);
});

it('a time in which nothing was done is shown until it is read, and where nothing can be done, nothing of it', async () => {
  const GAP = { from: '2025-12-20T08:00:00.000Z', to: '2026-01-02T03:00:00.000Z' };
  let told: typeof GAP | null = GAP;
  const dismissGap = vi.fn<ConnectedAgent['dismissGap']>(() => {
    told = null;
    return Promise.resolve(ok(undefined));
  });
  const { calls, model, follower } = shell({ gap: () => Promise.resolve(ok(told)), dismissGap });
  await follower.refresh();
  expect(model.view().gap).toEqual(GAP);
  await calls.dismissGap([], WINDOW);
  expect(dismissGap).toHaveBeenCalledOnce();
  expect(model.view().gap).toBeNull();

  told = GAP;
  await follower.refresh();
  follower.show({ agent: { state: 'removed' } });
  expect(model.view().gap).toBeNull();
});

it('work is shown as it goes on and as it ended', async () => {
  const waits = profile(1, [ALICE]);
  const { calls, model } = shell({
    enable: () => {
      expect(model.view().job).toMatchObject({ kind: 'enable', isRunning: true, mailboxes: [{ step: 'queued' }] });
      return Promise.resolve(report([[waits, 'client-running']]));
    },
  });
  const done = await calls.enable([[ALICE], {}], WINDOW);
  expect(done).toMatchObject({ ok: true, value: { waiting: [{ profileName: 'profile 1' }] } });
  expect(model.view().job).toMatchObject({ isRunning: false, mailboxes: [{ address: ALICE, step: 'waiting' }] });
  await calls.dismissJob([], WINDOW);
  expect(model.view().job).toBeNull();
});

it('to turn everything off means the mailboxes that are on', async () => {
  const disable = vi.fn<ConnectedAgent['disable']>(() => Promise.resolve(report()));
  const { calls, model } = shell({ disable });
  const rows = [mailbox({ state: 'ready' }), mailbox({ state: 'off' })];
  model.change({ mailboxes: { rows, problems: [], lookedAt: null } });
  await calls.disable(['all', {}], WINDOW);
  expect(disable).toHaveBeenCalledExactlyOnceWith('all', {});
  expect(model.view().job).toMatchObject({ kind: 'disable', mailboxes: [{ address: ALICE, step: 'done' }] });
});

it('removed is forgotten, also by the start of the computer; what still waits is not', async () => {
  const waits = profile(1, [ALICE]);
  const left = shell({ remove: () => Promise.resolve(report([[waits, 'client-running']])) });
  await left.calls.remove([{}], WINDOW);
  expect(left.preferences.forgetEverything).not.toHaveBeenCalled();
  const gone = shell({ remove: () => Promise.resolve(report()) });
  await gone.calls.remove([{}], WINDOW);
  expect(gone.preferences.forgetEverything).toHaveBeenCalledOnce();
});

it('to unlock is to try again, also with an agent that had gone', async () => {
  const closed = { kind: 'closed', failure: failure('keychain-locked'), keychain: 'os' } as const;
  const open = vi.fn<ConnectedAgent['open']>(() => Promise.resolve(ok(closed)));
  const { calls, tryAgain } = shell({ open });
  expect(await calls.unlock([{ passphrase: null }], WINDOW)).toEqual(err(failure('keychain-locked')));
  open.mockResolvedValue(ok({ kind: 'open' }));
  expect(await calls.unlock([{ passphrase: PASSPHRASE }], WINDOW)).toEqual(ok(undefined));
  expect(open.mock.calls).toEqual([[null], [PASSPHRASE]]);
  expect(tryAgain).toHaveBeenCalledTimes(2);
});
