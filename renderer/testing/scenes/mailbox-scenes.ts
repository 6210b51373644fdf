import { err, failure, ok } from '@endymail/shared/result';
import type { MailboxCheck } from '@endymail/shared/mail';
import type { MailboxView } from '@endymail/shared/ipc';
import { brokenAt, CHANGED, check } from './checks.ts';
import { CLUB, MIRA } from './mailboxes.ts';
import { PEOPLE } from './people.ts';
import type { Scene } from './scene.ts';
import { place, profileId, rows, view } from './values.ts';

interface Seen {
  readonly mailbox?: Partial<MailboxView>;
  readonly checks: readonly MailboxCheck[];
}

/** One mailbox on its own screen. Whatever is asked of Thunderbird is done at once, and everything is in order then. */
function seen({ mailbox = {}, checks }: Seen): Scene {
  const row: MailboxView = { ...MIRA, state: 'protected', places: [place({ setup: 'endymail' })], ...mailbox };
  return {
    view: view({ mailboxes: rows([row]), people: PEOPLE }),
    route: { screen: 'mailbox', address: MIRA.address },
    handlers: ({ change }) => {
      let now = checks;
      return {
        check: async () => Promise.resolve(ok(now)),
        enable: async () => {
          now = [check(MIRA.address)];
          change({ mailboxes: rows([{ ...row, state: 'protected', reasons: [] }]) });
          return Promise.resolve(ok({ waiting: [], left: [] }));
        },
        openTestMail: async () => Promise.resolve(ok('Endymail test 7F3A')),
        shareToFile: async () =>
          Promise.resolve(ok({ fileName: 'mira.endymail', fingerprint: PEOPLE[0]?.fingerprint ?? '' })),
        exportForPhone: async () => Promise.resolve(ok({ fileName: 'mira.p12' })),
      };
    },
  };
}

const RUNNING = failure('client-running', 'Thunderbird is running with the profile “default-esr”.');

const TWO_PLACES = [
  place({ setup: 'endymail' }),
  place({ profileId: profileId(2), profileName: 'Rowing club', inUse: false, setup: 'endymail' }),
];

/** A mailbox, whole and broken at each link. */
export const MAILBOX_SCENES = {
  mailbox: seen({ checks: [check(MIRA.address)] }),
  'mailbox-ready': seen({ mailbox: { state: 'ready' }, checks: [check(MIRA.address, { people: 0 })] }),
  'mailbox-by-hand': seen({ mailbox: { state: 'by-hand' }, checks: [check(MIRA.address)] }),
  'mailbox-off': seen({ mailbox: { state: 'off' }, checks: [] }),
  'mailbox-broken': seen({
    mailbox: { state: 'needs-you' },
    checks: [check(MIRA.address, { steps: brokenAt('client', 'The mailbox does not use your certificate.') })],
  }),
  'mailbox-changed': seen({
    mailbox: { state: 'needs-you' },
    checks: [
      check(MIRA.address, {
        steps: brokenAt('client', 'Automatic encryption is switched off in Thunderbird.', failure('changed-by-hand')),
        changedByHand: CHANGED,
      }),
    ],
  }),
  'mailbox-keys': seen({
    mailbox: { state: 'needs-you' },
    checks: [check(MIRA.address, { steps: brokenAt('keys', "Your key is not in Thunderbird's key store.") })],
  }),
  'mailbox-gone': seen({
    mailbox: { state: 'needs-you', places: [] },
    checks: [
      check(MIRA.address, {
        place: null,
        people: 0,
        steps: [
          {
            link: 'account',
            state: 'broken',
            says: 'No Thunderbird on this computer has this mailbox any more.',
            failure: failure('mailbox-unknown'),
          },
        ],
      }),
    ],
  }),
  'mailbox-waiting': seen({
    mailbox: { state: 'waiting', reasons: [RUNNING] },
    checks: [check(MIRA.address, { steps: brokenAt('keys', "Your key is not in Thunderbird's key store.") })],
  }),
  'mailbox-places': seen({
    mailbox: { state: 'needs-you', places: TWO_PLACES },
    checks: [
      check(MIRA.address),
      check(MIRA.address, {
        place: {
          profileName: 'Rowing club',
          profilePath: '/home/mira/.thunderbird/p4.rowing',
          identityId: 'id3',
        },
        steps: brokenAt('certificate', 'Your certificate is not in Thunderbird.'),
      }),
    ],
  }),
  'mailbox-fails': {
    ...seen({ checks: [] }),
    handlers: () => ({
      check: async () => Promise.resolve(err(failure('profile-unreadable'))),
      openTestMail: async () => Promise.resolve(err(failure('client-not-installed'))),
    }),
  },
  'mailbox-unknown': {
    view: view({ mailboxes: rows([{ ...CLUB, state: 'protected' }]), people: PEOPLE }),
    route: { screen: 'mailbox', address: MIRA.address },
  },
  share: { ...seen({ checks: [] }), route: { screen: 'share', address: MIRA.address } },
  export: { ...seen({ checks: [] }), route: { screen: 'export', address: MIRA.address } },
} satisfies Record<string, Scene>;
