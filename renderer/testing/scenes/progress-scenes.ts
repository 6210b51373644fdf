import type { AppView, JobView } from '@endymail/shared/ipc';
import { failure } from '@endymail/shared/result';
import { CLUB, MIRA, POTS } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { mailbox, person, profileId, rows, view } from './values.ts';

type JobMailbox = JobView['mailboxes'][number];

const at = (
  row: { address: JobMailbox['address'] },
  step: JobMailbox['step'],
  more: Partial<JobMailbox> = {},
): JobMailbox => ({
  address: row.address,
  step,
  failure: null,
  profileId: null,
  ...more,
});

const scene = (mailboxes: readonly JobMailbox[], shown: AppView['mailboxes']['rows'], isRunning = true): Scene => ({
  view: view({ job: { kind: 'enable', mailboxes, isRunning }, mailboxes: rows(shown) }),
  route: { screen: 'progress' },
});

const MIRA_READY = { ...MIRA, state: 'ready' as const };
const CLUB_READY = { ...CLUB, state: 'ready' as const };
const CLUB_WAITS = { ...CLUB, state: 'waiting' as const };
const waiting = { failure: failure('client-running'), profileId: profileId(2) };

/** The set-up as it goes on. */
export const PROGRESS_SCENES = {
  progress: scene([at(MIRA, 'client', { profileId: profileId(1) }), at(CLUB, 'keys')], [MIRA, CLUB]),
  'progress-queued': scene([at(MIRA, 'queued'), at(CLUB, 'queued')], [MIRA, CLUB]),
  'progress-waiting': scene([at(MIRA, 'done'), at(CLUB, 'waiting', waiting)], [MIRA_READY, CLUB_WAITS]),
  'progress-failed': scene(
    [at(MIRA, 'done'), at(CLUB, 'failed', { failure: failure('primary-password'), profileId: profileId(2) })],
    [MIRA_READY, { ...CLUB, state: 'needs-you' }],
    false,
  ),
  'progress-done': scene(
    [at(MIRA, 'done'), at(CLUB, 'done', { profileId: profileId(2) })],
    [MIRA_READY, CLUB_READY],
    false,
  ),
  'progress-done-one': scene([at(POTS, 'done')], [{ ...POTS, state: 'ready' }], false),
  'progress-500': {
    view: view({
      people: [person('ines@okafor.example')],
      job: {
        kind: 'enable',
        isRunning: true,
        mailboxes: Array.from({ length: 500 }, (_, index) =>
          at(mailbox(`mailbox-${index + 1}@halvorsen.example`), index < 40 ? 'done' : 'queued'),
        ),
      },
      mailboxes: rows(
        Array.from({ length: 500 }, (_, index) =>
          mailbox(`mailbox-${index + 1}@halvorsen.example`, { state: index < 40 ? 'protected' : 'off' }),
        ),
      ),
    }),
    route: { screen: 'progress' },
  },
} satisfies Record<string, Scene>;
