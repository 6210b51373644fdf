import { failure, type FailureCode } from '@endymail/shared/result';
import type { AppView } from '@endymail/shared/ipc';
import type { Scene } from './scene.ts';
import { CLUB, MIRA, WORK } from './mailboxes.ts';
import { mailbox, rows, view } from './values.ts';

const nothingFound = (code: FailureCode): Scene => ({
  view: view({ mailboxes: { rows: [], problems: [failure(code)], lookedAt: '2026-11-25T14:30:00.000Z' } }),
});

const LOOKING: AppView['mailboxes'] = { rows: [], problems: [], lookedAt: null };

/** From the start of the window to the ticks. */
export const CHOOSE_SCENES = {
  starting: { view: view({ agent: { state: 'starting' }, mailboxes: LOOKING }) },
  choose: { view: view({ mailboxes: rows([MIRA, CLUB, WORK]) }) },
  // A disk that takes its time: looking again does not end.
  'choose-slow': {
    view: view({ mailboxes: rows([MIRA]) }),
    handlers: () => ({ lookAgain: () => new Promise(() => undefined) }),
  },
  'choose-none': { view: view({ mailboxes: rows([WORK]) }) },
  'choose-more': {
    view: view({ mailboxes: rows([{ ...MIRA, state: 'protected', suggested: false }, CLUB, WORK]) }),
    route: { screen: 'choose' },
  },
  'choose-500': {
    view: view({
      mailboxes: rows(Array.from({ length: 500 }, (_, index) => mailbox(`mailbox-${index + 1}@halvorsen.example`))),
    }),
  },
  'nothing-no-client': nothingFound('no-client'),
  'nothing-other-clients': nothingFound('only-other-clients'),
  'nothing-unused': nothingFound('client-unused'),
  'nothing-no-mailbox': nothingFound('no-mailbox'),
  'nothing-too-old': nothingFound('client-too-old'),
  'nothing-unreadable': nothingFound('profile-unreadable'),
} satisfies Record<string, Scene>;
