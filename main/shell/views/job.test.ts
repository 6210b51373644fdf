import { expect, it } from 'vitest';
import { err, failure } from '@endymail/shared/result';
import type { JobView } from '@endymail/shared/ipc';
import { ALICE, BOB, profile, progress, report } from '../testing/mailboxes.ts';
import { beginJob, breakJob, endForeignJob, endJob, progressJob } from './job.ts';

const ONE = profile(1, [ALICE, BOB]);
const TWO = profile(2, [BOB]);
const steps = ({ mailboxes }: JobView): string[] => mailboxes.map(({ address, step }) => `${address} ${step}`);

it('a mailbox goes from the queue through its keys and its client to its end', () => {
  const begun = beginJob('enable', [ALICE, BOB]);
  expect(steps(begun)).toEqual([`${ALICE} queued`, `${BOB} queued`]);
  const keys = progressJob(begun, progress('making-keys', ALICE));
  expect(steps(keys)).toEqual([`${ALICE} keys`, `${BOB} queued`]);
  const client = progressJob(keys, progress('setting-up', ALICE, ONE));
  expect(steps(client)).toEqual([`${ALICE} client`, `${BOB} client`]);
  expect(client.mailboxes[0]).toMatchObject({ profileId: ONE.id });
  const ended = endJob(progressJob(client, progress('set-up', ALICE, ONE)), report());
  expect(steps(ended)).toEqual([`${ALICE} done`, `${BOB} done`]);
  expect([begun.isRunning, client.isRunning, ended.isRunning]).toEqual([true, true, false]);
});

it('what waits for a client is told with the profile; what is stopped by something else has failed', () => {
  const waiting = endJob(beginJob('enable', [ALICE, BOB]), report([[TWO, 'client-running']]));
  expect(waiting.mailboxes).toMatchObject([
    { address: ALICE, step: 'done', failure: null },
    { address: BOB, step: 'waiting', failure: { code: 'client-running' }, profileId: TWO.id },
  ]);
  const stopped = endJob(beginJob('enable', [ALICE]), report([[ONE, 'disk-full']]));
  expect(stopped.mailboxes).toMatchObject([{ step: 'failed', failure: { code: 'disk-full' } }]);
});

it('with a failure, or an agent that has gone, what was not done has failed', () => {
  const job = progressJob(beginJob('disable', [ALICE, BOB]), progress('set-up', ALICE, profile(3, [ALICE])));
  expect(steps(endJob(job, err(failure('disk-full'))))).toEqual([`${ALICE} done`, `${BOB} failed`]);
  expect(breakJob(job)).toMatchObject({ isRunning: false, mailboxes: [{}, { failure: { code: 'agent-gone' } }] });
});

it('work that somebody else began is shown too, beside what was kept of the last job', () => {
  const last = endJob(beginJob('enable', [BOB]), report());
  const foreign = progressJob(last, progress('setting-up', ALICE, ONE));
  expect(foreign).toMatchObject({ kind: 'reconcile', isRunning: true });
  expect(steps(foreign)).toEqual([`${ALICE} client`]);
  const waiting = progressJob(foreign, progress('waiting', ALICE, ONE));
  expect(steps(endForeignJob(waiting))).toEqual([`${ALICE} waiting`]);
  expect(steps(endForeignJob(foreign))).toEqual([`${ALICE} done`]);
});
