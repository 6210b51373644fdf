import type { AppView } from '@endymail/shared/ipc';
import { err, failure, ok } from '@endymail/shared/result';
import { CLUB, MIRA, POTS, WORK } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { address, mailbox, person, profileId, rows, view } from './values.ts';

const PEOPLE = Array.from({ length: 12 }, (_, index) =>
  person(`friend-${index + 1}@example.org`, { name: index === 0 ? 'Ines Okafor' : '' }),
);

const settings = (changed: Partial<AppView['settings']> = {}): AppView['settings'] => ({
  ...view().settings,
  lastBackupAt: '2026-11-19T18:00:00.000Z',
  ...changed,
});

const ROWS = [
  { ...MIRA, state: 'protected' as const },
  { ...CLUB, state: 'waiting' as const },
  { ...POTS, state: 'by-hand' as const },
  WORK,
];

const CLOSE = {
  kind: 'close-client',
  profileId: profileId(2),
  product: 'Thunderbird',
  profileName: 'Rowing club',
  inUse: false,
  addresses: [CLUB.address],
} as const;

const GAP = { from: '2026-11-12T17:20:00.000Z', to: '2026-11-25T08:05:00.000Z' };

/** Home, from nothing wrong to everything wrong. */
export const HOME_SCENES = {
  home: {
    view: view({
      mailboxes: rows(ROWS.filter(({ state }) => state !== 'waiting')),
      people: PEOPLE,
      settings: settings(),
    }),
  },
  'home-attention': {
    view: view({
      mailboxes: rows(ROWS),
      people: PEOPLE,
      settings: settings({ lastBackupAt: null }),
      attention: [
        CLOSE,
        { kind: 'changed-by-hand', address: POTS.address, failure: failure('changed-by-hand') },
        { kind: 'mailbox', address: MIRA.address, failure: failure('not-set-up') },
        { kind: 'problem', failure: failure('profile-unreadable') },
        { kind: 'back-up' },
      ],
    }),
  },
  'home-ready': {
    view: view({
      mailboxes: rows([{ ...MIRA, state: 'ready' }]),
      settings: settings({ lastBackupAt: null }),
      attention: [{ kind: 'back-up' }],
    }),
  },
  'home-keys-end': {
    view: view({
      mailboxes: rows(ROWS),
      people: PEOPLE,
      settings: settings(),
      attention: [
        { kind: 'keys-end', hasEnded: true, addresses: [MIRA.address], endsAt: '2026-02-03T10:00:00.000Z' },
        {
          kind: 'keys-end',
          hasEnded: false,
          addresses: [MIRA.address, CLUB.address],
          endsAt: '2036-02-03T10:00:00.000Z',
        },
      ],
    }),
  },
  'home-job': {
    view: view({
      mailboxes: rows(ROWS),
      people: PEOPLE,
      settings: settings(),
      job: {
        kind: 'enable',
        isRunning: true,
        mailboxes: [{ address: CLUB.address, step: 'client', failure: null, profileId: profileId(2) }],
      },
    }),
  },
  'home-gap': {
    view: view({
      mailboxes: rows(ROWS.filter(({ state }) => state !== 'waiting')),
      people: PEOPLE,
      settings: settings(),
      gap: GAP,
    }),
    handlers: ({ change }) => ({
      dismissGap: () => {
        change({ gap: null });
        return Promise.resolve(ok(undefined));
      },
    }),
  },
  'home-gap-attention': {
    view: view({ mailboxes: rows(ROWS), people: PEOPLE, settings: settings(), attention: [CLOSE], gap: GAP }),
    handlers: () => ({ dismissGap: () => Promise.resolve(err(failure('disk-full'))) }),
  },
  'home-all-off': { view: view({ mailboxes: rows([MIRA, CLUB]), people: PEOPLE, settings: settings() }) },
  'home-500': {
    view: view({
      mailboxes: rows(
        Array.from({ length: 500 }, (_, index) =>
          mailbox(`mailbox-${index + 1}@halvorsen.example`, { state: index % 7 === 0 ? 'off' : 'protected' }),
        ),
      ),
      people: PEOPLE,
      settings: settings(),
    }),
  },
  'home-long-names': {
    view: view({
      mailboxes: rows([
        mailbox(
          `${'extraordinarily-long-local-part-'.repeat(2).slice(0, 60)}@a-very-long-domain-name.of-some-institution.example`,
          {
            state: 'protected',
          },
        ),
      ]),
      people: [person('a@b.example', { name: 'Wolfeschlegelsteinhausenbergerdorff the Elder of the Northern Fjords' })],
      settings: settings(),
      attention: [{ ...CLOSE, addresses: ['a', 'b', 'c', 'd'].map((name) => address(`${name}@halvorsen.example`)) }],
    }),
  },
} satisfies Record<string, Scene>;
