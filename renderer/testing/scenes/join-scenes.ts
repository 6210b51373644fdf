import type { JoinView } from '@endymail/shared/account';
import { err, failure, ok, type FailureCode } from '@endymail/shared/result';
import { account, device, otherDevice, waitingJoin } from './accounts.ts';
import { CLUB, MIRA, POTS, WORK } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { person, rows, view } from './values.ts';

const NAME = account().name;

const LEFT_MS = 54 * 60_000;

/** As a request that was made a few minutes ago: no picture of it says that it is over. */
const EXPIRES_AT = new Date(new Date().getTime() + LEFT_MS).toISOString();

const waiting = (digits: string | null): JoinView => waitingJoin({ digits, expiresAt: EXPIRES_AT });

const joining = (joins: JoinView): Scene => ({
  view: view({ mailboxes: rows([MIRA, CLUB]), joining: joins }),
  route: { screen: 'join' },
  handlers: ({ change }) => ({
    joinRequest: () => {
      change({ joining: waiting('482913') });
      return Promise.resolve(ok(waiting('482913')));
    },
    joinGiveUp: () => {
      change({ joining: null });
      return Promise.resolve(ok(undefined));
    },
    dismissJoining: () => {
      change({ joining: null });
      return Promise.resolve(ok(undefined));
    },
  }),
});

const ended = (code: FailureCode): Scene => joining({ kind: 'ended', name: NAME, why: failure(code) });

const MACBOOK = device({ name: 'MacBook Air', platform: 'darwin', mayApprove: false });
const JOINED = account({ device: MACBOOK, words: 'elsewhere' });

const joined = (shared: boolean): Scene => ({
  view: view({
    account: shared ? JOINED : { ...JOINED, sync: { ...JOINED.sync, asOf: null } },
    devices: [MACBOOK, otherDevice(2, { name: 'mira-thinkpad' })],
    joining: { kind: 'joined', account: JOINED },
    mailboxes: rows(
      shared ? [{ ...MIRA, state: 'protected' }, { ...POTS, state: 'waiting' }, WORK] : [MIRA, POTS, WORK],
    ),
    people: shared ? [person('ines@okafor.example')] : [],
  }),
  route: { screen: 'join' },
});

/** The second computer, from the name of the account to both devices being done. */
export const JOIN_SCENES = {
  join: {
    view: view({ mailboxes: rows([MIRA, CLUB]) }),
    route: { screen: 'join' },
    handlers: ({ change }) => ({
      joinRequest: () => {
        change({ joining: waiting('482913') });
        return Promise.resolve(ok(waiting('482913')));
      },
      readLink: () => {
        change({ invitedTo: { name: NAME } });
        return Promise.resolve(ok(undefined));
      },
      forgetLink: () => {
        change({ invitedTo: null });
        return Promise.resolve(ok(undefined));
      },
      joinByLink: () => {
        change({ invitedTo: null, joining: waiting(null) });
        return Promise.resolve(ok(waiting(null)));
      },
    }),
  },
  'join-unknown': {
    view: view({ mailboxes: rows([MIRA]) }),
    route: { screen: 'join' },
    handlers: () => ({ joinRequest: () => Promise.resolve(err(failure('account-unknown'))) }),
  },
  'join-digits': joining(waiting('482913')),
  'join-offline': {
    ...joining(waiting('482913')),
    view: view({
      mailboxes: rows([MIRA]),
      joining: waiting('482913'),
      joiningProblem: failure('mesh-offline'),
    }),
  },
  'join-resumed': { ...joining(waiting('482913')), route: { screen: 'home' } },
  'join-invited': joining(waiting(null)),
  'join-confirming': joining({ kind: 'confirming', name: NAME }),
  'join-syncing': joined(false),
  'join-done': joined(true),
  'join-ended-digits': ended('join-digits'),
  'join-ended-rejected': ended('join-rejected'),
  'join-ended-expired': ended('join-expired'),
  'join-ended-false': ended('join-false'),
  'join-ended-offline': ended('mesh-offline'),
  'join-link': {
    view: view({ mailboxes: rows([MIRA]), invitedTo: { name: NAME } }),
    route: { screen: 'join' },
  },
  'join-link-refused': {
    view: view({ mailboxes: rows([MIRA]), account: account(), invitedTo: { name: 'eve@mesh.example' } }),
    route: { screen: 'join' },
  },
} satisfies Record<string, Scene>;
