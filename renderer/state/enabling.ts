import type { JobView, MailboxView } from '@endymail/shared/ipc';
import type { MailAddress, ProfileId } from '@endymail/shared/mail';
import type { Failure } from '@endymail/shared/result';

export type JobMailbox = JobView['mailboxes'][number];

/**
 * The set-up of some mailboxes, from the button to the last of them. The shell tells of one job at a time, and a set-up
 * may take several (one for each consent, one more when a client was closed): this remembers what each mailbox came to.
 */
export interface Enabling {
  readonly addresses: readonly MailAddress[];
  readonly steps: ReadonlyMap<MailAddress, JobMailbox>;
  /** Profiles that were waited for: their client was open, and can be opened again. */
  readonly waitedFor: ReadonlySet<ProfileId>;
  /** The calls of it have not all been answered. */
  readonly isAsking: boolean;
  /** Why a call failed as a whole. */
  readonly failure: Failure | null;
}

export function beginEnabling(addresses: readonly MailAddress[]): Enabling {
  return { addresses, steps: new Map(), waitedFor: new Set(), isAsking: true, failure: null };
}

/** With what a job says of the mailboxes of this set-up; those of other work are left out. */
export function withJob(enabling: Enabling, job: JobView | null | undefined): Enabling {
  const told = (job?.mailboxes ?? []).filter(({ address }) => enabling.addresses.includes(address));
  if (told.length === 0) return enabling;
  const waiting = told.flatMap(({ step, profileId }) => (step === 'waiting' && profileId !== null ? [profileId] : []));
  return {
    ...enabling,
    steps: new Map([...enabling.steps, ...told.map((mailbox) => [mailbox.address, mailbox] as const)]),
    waitedFor: new Set([...enabling.waitedFor, ...waiting]),
  };
}

const SET_UP: readonly MailboxView['state'][] = ['ready', 'protected', 'by-hand'];

/**
 * Where each mailbox of the set-up is. What waits may have been done meanwhile by another Endymail, of which no job tells:
 * then the mailbox itself says so.
 */
export function stepsOf(enabling: Enabling, rows: readonly MailboxView[]): readonly JobMailbox[] {
  return enabling.addresses.map((address) => {
    const told = enabling.steps.get(address) ?? { address, step: 'queued' as const, failure: null, profileId: null };
    const state = rows.find((row) => row.address === address)?.state ?? 'off';
    return told.step === 'waiting' && SET_UP.includes(state) ? { ...told, step: 'done' as const, failure: null } : told;
  });
}
