import type { JobView } from '@endymail/shared/ipc';
import { failure } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { address, mailbox, profileId } from '../testing/scenes/values.ts';
import { beginEnabling, stepsOf, withJob, type JobMailbox } from './enabling.ts';

const A = address('a@example.org');
const B = address('b@example.org');

const at = (who: JobMailbox['address'], step: JobMailbox['step'], profile: number | null = null): JobMailbox => ({
  address: who,
  step,
  failure: step === 'waiting' ? failure('client-running') : null,
  profileId: profile === null ? null : profileId(profile),
});

const job = (mailboxes: readonly JobMailbox[], kind: JobView['kind'] = 'enable'): JobView => ({
  kind,
  mailboxes,
  isRunning: true,
});

describe('the set-up of some mailboxes', () => {
  it('begins with all of them to do', () => {
    expect(stepsOf(beginEnabling([A, B]), []).map(({ step }) => step)).toEqual(['queued', 'queued']);
  });

  it('remembers what a mailbox came to when the next job is of another', () => {
    const after = [job([at(A, 'done')]), job([at(B, 'client', 2)], 'reconcile'), null].reduce(
      withJob,
      beginEnabling([A, B]),
    );
    expect(stepsOf(after, []).map(({ step }) => step)).toEqual(['done', 'client']);
  });

  it('takes in nothing of mailboxes that are not of this set-up', () => {
    const before = beginEnabling([A]);
    expect(withJob(before, job([at(B, 'done')]))).toBe(before);
  });

  it('remembers which client was waited for, to be opened again', () => {
    const after = [job([at(A, 'waiting', 2)]), job([at(A, 'done')])].reduce(withJob, beginEnabling([A]));
    expect([...after.waitedFor]).toEqual([profileId(2)]);
  });

  it('believes the mailbox where it was set up meanwhile and no job told', () => {
    const waiting = withJob(beginEnabling([A]), job([at(A, 'waiting', 2)]));
    expect(stepsOf(waiting, [mailbox(A, { state: 'waiting' })])[0]?.step).toBe('waiting');
    expect(stepsOf(waiting, [mailbox(A, { state: 'ready' })])[0]).toMatchObject({ step: 'done', failure: null });
  });
});
