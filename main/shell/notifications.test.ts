import { expect, it, vi } from 'vitest';
import { FAILURES, failure, type FailureCode } from '@endymail/shared/result';
import type { AppView, AttentionItem } from '@endymail/shared/ipc';
import { initialView } from './initial-view.ts';
import { createNotifier, linkOf, NOTE_PROVIDERS, NOTES_MAX, NOTES_PER_MS, type Note } from './notifications.ts';
import { DEFAULT_SETTINGS } from './shell-settings.ts';
import { ALICE, BOB, profile } from './testing/mailboxes.ts';

const QUIET = initialView({
  version: '1',
  platform: 'linux',
  versions: {},
  settings: DEFAULT_SETTINGS,
  openAtLogin: null,
});
const { id, name } = profile(1, []);

const item = (kind: 'mailbox' | 'changed-by-hand', address = ALICE): AttentionItem => ({
  kind,
  address,
  failure: failure(kind === 'mailbox' ? 'primary-password' : 'changed-by-hand'),
});
const closeClient: AttentionItem = {
  kind: 'close-client',
  profileId: id,
  product: 'Thunderbird',
  profileName: name,
  inUse: true,
  addresses: [ALICE, BOB],
};
const needing = (...attention: AttentionItem[]): AppView => ({ ...QUIET, attention });

function notifier() {
  const shown: Note[] = [];
  const state = { isSeen: false, time: 0 };
  const notify = createNotifier({
    providers: NOTE_PROVIDERS,
    show: (note) => shown.push(note),
    isWindowSeen: () => state.isSeen,
    clock: () => state.time,
  });
  return { notify, shown, state, keys: () => shown.map(({ key }) => key) };
}

it('tells each thing once for as long as it holds, and anew when it comes again', () => {
  const { notify, shown } = notifier();
  notify(needing(closeClient));
  notify(needing(closeClient, item('changed-by-hand')));
  notify(needing(item('changed-by-hand')));
  expect(shown.map(({ title }) => title)).toEqual(['Thunderbird must be closed once', 'A setting was changed']);
  notify(needing(closeClient));
  expect(shown).toHaveLength(3);
});

it('tells nothing to a person who has the window before them, neither then nor later', () => {
  const { notify, shown, state } = notifier();
  state.isSeen = true;
  notify(needing(item('mailbox')));
  state.isSeen = false;
  notify(needing(item('mailbox')));
  expect(shown).toEqual([]);
});

it('calls at the most three times in an hour', () => {
  const { notify, shown, state } = notifier();
  const many = Array.from({ length: 10 }, (_, index) => item('mailbox', index % 2 ? ALICE : BOB));
  notify(needing(...many));
  expect(shown).toHaveLength(NOTES_MAX);
  notify(needing());
  notify(needing(closeClient));
  expect(shown).toHaveLength(NOTES_MAX);
  notify(needing());
  state.time = NOTES_PER_MS;
  notify(needing(closeClient));
  expect(shown).toHaveLength(NOTES_MAX + 1);
});

it('does not call for what has time, and calls for data that can not be opened and for work that was done', () => {
  const { notify, shown } = notifier();
  notify(needing({ kind: 'back-up' }, { kind: 'problem', failure: failure('profile-unreadable') }));
  expect(shown).toEqual([]);
  notify({ ...QUIET, agent: { state: 'closed', failure: failure('keychain-locked'), keychain: 'os' } });
  const mailbox = { address: ALICE, step: 'done', failure: null, profileId: null } as const;
  notify({ ...QUIET, job: { kind: 'reconcile', mailboxes: [mailbox], isRunning: false } });
  notify({ ...QUIET, job: { kind: 'enable', mailboxes: [mailbox], isRunning: false } });
  expect(shown.map(({ body }) => body)).toEqual([
    failure('keychain-locked').message,
    `What was left to do for ${ALICE} is done.`,
  ]);
});

it('[SEC-66] a notification holds nothing but words and a screen to open', () => {
  const { notify, shown } = notifier();
  notify(needing(closeClient, item('mailbox'), item('changed-by-hand', BOB)));
  expect(shown.map(({ link }) => link)).toEqual([
    { screen: 'home' },
    { screen: 'mailbox', address: ALICE },
    { screen: 'mailbox', address: BOB },
  ]);
  for (const note of shown) expect(Object.keys(note).sort()).toEqual(['body', 'key', 'link', 'title']);
  expect(linkOf({ kind: 'back-up' })).toEqual({ screen: 'home' });
});

it.each(Object.keys(FAILURES) as FailureCode[])('speaks of %s without jargon, paths and commands', (code) => {
  const { notify, shown } = notifier();
  const why = failure(code, `It is in the way of /home/alice: certificate ${code}.`, '/home/alice/prefs.js');
  notify(needing({ kind: 'mailbox', address: ALICE, failure: why }));
  notify(needing({ kind: 'changed-by-hand', address: BOB, failure: why }));
  expect(shown).toHaveLength(2);
  const words = shown.map(({ title, body }) => `${title} ${body}`).join(' ');
  expect(words).not.toMatch(/provision|key ?pair|certificate|PKCS|profile|--[a-z]|\bendymail [a-z]|[/]home/);
});

it('a provider is asked with each new view', () => {
  const provider = vi.fn(() => []);
  const notify = createNotifier({ providers: [provider], show: vi.fn(), isWindowSeen: () => false, clock: () => 0 });
  notify(QUIET);
  expect(provider).toHaveBeenCalledExactlyOnceWith(QUIET);
});

it('[SEC-66] a device that asks to join is told once, leads to its prompt, and a flood of them is told by the tray', () => {
  const asking = (of: string): AttentionItem => ({ kind: 'join-request', id: of.repeat(64) });
  const { notify, shown } = notifier();
  notify(needing(asking('a')));
  notify(needing(asking('a'), asking('b'), asking('c'), asking('d'), asking('e')));
  expect(shown).toHaveLength(NOTES_MAX);
  expect(shown[0]).toMatchObject({
    title: 'A device asks to join',
    link: { screen: 'join-prompt', id: 'a'.repeat(64) },
  });
});
