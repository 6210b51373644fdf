import type { AppView } from '@endymail/shared/ipc';
import { err, failure, ok } from '@endymail/shared/result';
import { CHANGED, check } from './checks.ts';
import { CLUB, MIRA, POTS } from './mailboxes.ts';
import { PEOPLE } from './people.ts';
import type { Scene } from './scene.ts';
import { profileId, rows, view } from './values.ts';

const settings = (changed: Partial<AppView['settings']>): AppView['settings'] => ({ ...view().settings, ...changed });

const USED = view({
  mailboxes: rows([
    { ...MIRA, state: 'protected' },
    { ...POTS, state: 'by-hand' },
    { ...CLUB, state: 'off' },
  ]),
  people: PEOPLE,
  settings: settings({ lastBackupAt: '2026-11-19T18:00:00.000Z' }),
});

const SET_ASIDE = '/home/mira/.local/share/endymail.set-aside-2026-11-25';

const WAITING = {
  profileId: profileId(1),
  profileName: 'default-esr',
  product: 'Thunderbird',
  failure: failure('client-running'),
};

const changed = async () => Promise.resolve(ok([check(MIRA.address, { changedByHand: CHANGED })]));
const allDone = async () => Promise.resolve(ok({ waiting: [], left: [] }));

const closed = (code: 'keychain-key-gone' | 'keychain-missing', keychain: 'os' | 'file' | null): AppView =>
  view({ agent: { state: 'closed', failure: failure(code), keychain } });

/** Undo, remove, back up, restore, settings, help. */
export const DATA_SCENES = {
  'turn-off': { view: USED, route: { screen: 'turn-off', address: MIRA.address } },
  'turn-off-changed': {
    view: USED,
    route: { screen: 'turn-off', address: MIRA.address },
    handlers: () => ({
      check: changed,
      disable: async ([, { changedByHand }]) =>
        Promise.resolve(
          ok({
            waiting: [],
            left: changedByHand === 'leave' ? CHANGED.map(({ name, address }) => ({ name, address })) : [],
          }),
        ),
    }),
  },
  'turn-off-waiting': {
    view: USED,
    route: { screen: 'turn-off', address: MIRA.address },
    handlers: () => ({
      disable: async () => Promise.resolve(ok({ waiting: [WAITING], left: [] })),
      finishWaiting: allDone,
    }),
  },
  'turn-off-working': {
    view: {
      ...USED,
      job: {
        kind: 'disable',
        isRunning: true,
        mailboxes: [{ address: MIRA.address, step: 'client', failure: null, profileId: null }],
      },
    },
    route: { screen: 'turn-off', address: MIRA.address },
    // Never answers: the work goes on as long as one looks.
    handlers: () => ({ disable: () => new Promise(() => undefined) }),
  },
  undo: { view: USED, route: { screen: 'undo' } },
  'undo-nothing': { view: { ...USED, mailboxes: rows([CLUB]) }, route: { screen: 'undo' } },
  remove: {
    view: USED,
    route: { screen: 'remove' },
    handlers: ({ change }) => ({
      remove: async () => {
        change({ agent: { state: 'removed' } });
        return Promise.resolve(ok({ waiting: [], left: [] }));
      },
    }),
  },
  'remove-stopped': {
    view: { ...USED, settings: settings({ lastBackupAt: null }) },
    route: { screen: 'remove' },
    handlers: () => ({ check: changed, remove: async () => Promise.resolve(ok({ waiting: [WAITING], left: [] })) }),
  },
  'back-up': {
    view: USED,
    route: { screen: 'back-up' },
    handlers: ({ change }) => ({
      backUp: async () => {
        change({ settings: settings({ lastBackupAt: '2026-11-25T14:31:00.000Z' }) });
        return Promise.resolve(ok({ fileName: 'endymail-backup' }));
      },
    }),
  },
  'back-up-fails': {
    view: { ...USED, settings: settings({ lastBackupAt: null }) },
    route: { screen: 'back-up' },
    handlers: () => ({ backUp: async () => Promise.resolve(err(failure('disk-full', undefined, 'ENOSPC'))) }),
  },
  restore: {
    view: USED,
    route: { screen: 'restore' },
    handlers: () => ({
      restore: async () => Promise.resolve(ok({ setAsideAs: SET_ASIDE, mailboxesOff: [MIRA.address, POTS.address] })),
      startOver: async () => Promise.resolve(ok({ setAsideAs: SET_ASIDE })),
    }),
  },
  'restore-first': {
    view: view({ mailboxes: rows([MIRA, CLUB]) }),
    route: { screen: 'restore' },
    handlers: () => ({
      restore: async ([{ setAside }]) =>
        Promise.resolve(setAside ? ok({ setAsideAs: SET_ASIDE, mailboxesOff: [] }) : err(failure('home-in-use'))),
    }),
  },
  'restore-key-gone': {
    view: closed('keychain-key-gone', 'os'),
    route: { screen: 'restore' },
    handlers: () => ({
      restore: async () => Promise.resolve(err(failure('passphrase-wrong'))),
      startOver: async () => Promise.resolve(ok({ setAsideAs: SET_ASIDE })),
    }),
  },
  'restore-no-keychain': {
    view: closed('keychain-missing', null),
    route: { screen: 'restore' },
    handlers: () => ({ restore: async () => Promise.resolve(ok({ setAsideAs: null, mailboxesOff: [MIRA.address] })) }),
  },
  'restore-account': {
    view: view({ mailboxes: rows([MIRA, CLUB]) }),
    route: { screen: 'restore' },
    handlers: () => ({
      restore: async () =>
        Promise.resolve(ok({ setAsideAs: null, mailboxesOff: [], accountLeftOut: 'mira@mesh.example.org' })),
    }),
  },
  'restore-working': {
    view: USED,
    route: { screen: 'restore' },
    // Never answers, as a large backup on a slow disk.
    handlers: () => ({ restore: () => new Promise(() => undefined) }),
  },
  settings: {
    view: {
      ...USED,
      settings: settings({ folders: ['/media/mira/stick/thunderbird', '/srv/mail/profiles/mira'] }),
    },
    route: { screen: 'settings' },
    handlers: ({ view: now, change }) => ({
      changeSettings: async ([wanted]) => {
        change({ settings: { ...now().settings, ...wanted } });
        return Promise.resolve(ok(undefined));
      },
      addFolder: async () => Promise.resolve(ok({ found: 2 })),
      removeFolder: async ([path]) => {
        const { folders } = now().settings;
        change({ settings: { ...now().settings, folders: folders.filter((folder) => folder !== path) } });
        return Promise.resolve(ok(undefined));
      },
    }),
  },
  'settings-bare': {
    view: { ...USED, settings: settings({ openAtLogin: null }) },
    route: { screen: 'settings' },
    handlers: () => ({
      changeSettings: async () => Promise.resolve(err(failure('write-failed'))),
      addFolder: async () => Promise.resolve(err(failure('folder-without-profile'))),
    }),
  },
  help: {
    view: USED,
    route: { screen: 'help' },
    handlers: () => ({ openTestMail: async () => Promise.resolve(ok('Endymail test 7F3A')) }),
  },
  'help-first': { view: { ...USED, mailboxes: rows([CLUB]) }, route: { screen: 'help' } },
} satisfies Record<string, Scene>;
