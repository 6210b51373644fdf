import { failure, type Failure, type Result } from '@endymail/shared/result';
import type { MailAddress } from '@endymail/shared/mail';
import type { AgentProgress, JobView } from '@endymail/shared/ipc';
import type { WorkReport } from '../../agent/client.ts';

/** The slice `job` as a chain of steps: begun, told of by the agent, ended. Each returns what is shown from then on. */

type JobMailbox = JobView['mailboxes'][number];

/** A job of the window: its mailboxes are known from the start. */
export function beginJob(kind: JobView['kind'], addresses: readonly MailAddress[]): JobView {
  return { kind, mailboxes: addresses.map((address) => mailbox(address, 'queued')), isRunning: true };
}

/** Progress without a job of the window is work that another client of the agent, or the agent itself, began. */
export function progressJob(job: JobView | null, progress: AgentProgress): JobView {
  const running = job?.isRunning ? job : beginJob('reconcile', []);
  return { ...running, mailboxes: progressed(running.mailboxes, progress) };
}

/** The end of a job of the window, with what the agent answered. */
export function endJob(job: JobView, answer: Result<WorkReport, Failure>): JobView {
  const mailboxes = answer.ok ? settled(job.mailboxes, answer.value) : failed(job.mailboxes, answer.error);
  return { ...job, mailboxes, isRunning: false };
}

/** The end of work that somebody else began: nobody tells how it ended, only that it did. */
export function endForeignJob(job: JobView): JobView {
  const mailboxes = job.mailboxes.map((entry) =>
    entry.step === 'waiting' ? entry : { ...entry, step: 'done' as const },
  );
  return { ...job, mailboxes, isRunning: false };
}

/** The agent has gone while it worked. */
export function breakJob(job: JobView): JobView {
  return { ...job, mailboxes: failed(job.mailboxes, failure('agent-gone')), isRunning: false };
}

function mailbox(address: MailAddress, step: JobMailbox['step']): JobMailbox {
  return { address, step, failure: null, profileId: null };
}

/** The agent names one mailbox of a profile that it works on; what becomes of the profile becomes of all that are in it. */
function progressed(mailboxes: readonly JobMailbox[], progress: AgentProgress): JobMailbox[] {
  const { address, profile, kind } = progress;
  const inProfile = new Set(profile?.identities.map((identity) => identity.address));
  const known = mailboxes.map((entry) =>
    entry.address === address || inProfile.has(entry.address) ? stepped(entry, progress) : entry,
  );
  // What is not known yet is somebody else's work. A profile that waits says nothing of whose it is.
  if (address === null || kind === 'waiting' || known.some((entry) => entry.address === address)) return known;
  return [...known, stepped(mailbox(address, 'queued'), progress)];
}

function stepped(entry: JobMailbox, { kind, profile }: AgentProgress): JobMailbox {
  switch (kind) {
    case 'making-keys':
      return mailbox(entry.address, 'keys');
    case 'setting-up':
    case 'taking-back':
      return { ...mailbox(entry.address, 'client'), profileId: profile?.id ?? null };
    case 'set-up':
      return mailbox(entry.address, 'done');
    case 'waiting':
      return waiting(entry.address, profile, failure('client-running'));
  }
}

function waiting(address: MailAddress, profile: AgentProgress['profile'], why: Failure): JobMailbox {
  return { address, step: 'waiting', failure: why, profileId: profile?.id ?? null };
}

function settled(mailboxes: readonly JobMailbox[], { waiting: left }: WorkReport): JobMailbox[] {
  return mailboxes.map(({ address }) => {
    const stop = left.find(({ profile }) => profile.identities.some((identity) => identity.address === address));
    if (!stop) return mailbox(address, 'done');
    const { profile, why } = stop;
    const isClosing = why.code === 'client-running' || why.code === 'client-started';
    return isClosing
      ? waiting(address, profile, why)
      : { address, step: 'failed' as const, failure: why, profileId: profile.id };
  });
}

function failed(mailboxes: readonly JobMailbox[], why: Failure): JobMailbox[] {
  return mailboxes.map((entry) =>
    entry.step === 'done' ? entry : { address: entry.address, step: 'failed', failure: why, profileId: null },
  );
}
