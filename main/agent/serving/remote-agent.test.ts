import { describe, expect, it } from 'vitest';
import { clientOf, AGENT_CALLS } from '@endymail/shared/ipc';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Progress, WorkReport } from '../agent.ts';
import { address, profile } from '../testing/profiles.ts';
import { codeOf, valueOf } from '../testing/world.ts';
import { remoteAgent } from './remote-agent.ts';

const ALICE = address('alice@example.test');
const [HERE, THERE] = [profile('aaaaaaaaaaaaaaaa', []), profile('bbbbbbbbbbbbbbbb', [])];
const done = (of = HERE): WorkReport['done'][number] => ({ profileId: of.id, applied: 1, changedByHand: [] });
const open = (of = THERE) => ({ profile: of, why: failure('client-running') });

/** An agent at the other end that gives these answers, one after another; `asked`: what it was asked for. */
function remote(...answers: Result<WorkReport, Failure>[]) {
  const asked: unknown[][] = [];
  const calls = clientOf(AGENT_CALLS, (name, args) => {
    asked.push([name, ...args]);
    return Promise.resolve(answers.shift() ?? err(failure('agent-gone')));
  });
  return { asked, agent: remoteAgent(calls, () => calls) };
}

describe('who waits for a client to be closed', () => {
  it('asks again until it is, and is told of everything that was done', async () => {
    const { agent, asked } = remote(
      ok({ done: [done(HERE)], waiting: [open()] }),
      ok({ done: [], waiting: [open()] }),
      ok({ done: [done(THERE)], waiting: [] }),
    );
    const progress: Progress['kind'][] = [];
    const report = await agent.enable([ALICE], {
      byHand: true,
      wait: () => Promise.resolve(true),
      onProgress: ({ kind }) => progress.push(kind),
    });
    expect(valueOf(report)).toEqual({ done: [done(HERE), done(THERE)], waiting: [] });
    expect(asked).toEqual([['enable', [ALICE], { byHand: true }], ['reconcile'], ['reconcile']]);
    expect(progress).toEqual(['waiting', 'waiting']);
  });

  it('may give up, and does not ask where nobody waits', async () => {
    const first = { done: [], waiting: [open()] };
    for (const options of [{ wait: () => Promise.resolve(false) }, {}]) {
      const { agent, asked } = remote(ok(first));
      expect(valueOf(await agent.disable('all', options))).toEqual(first);
      expect(asked).toEqual([['disable', 'all', {}]]);
    }
  });

  it('does not wait for what no closing helps with', async () => {
    const first = { done: [], waiting: [{ profile: THERE, why: failure('own-setup') }] };
    const { agent } = remote(ok(first));
    const wait = () => Promise.reject(new Error('waited'));
    expect(valueOf(await agent.reconcile({ wait }))).toEqual(first);
  });

  it('has everything undone before it is removed, and nothing removed before', async () => {
    const { agent, asked } = remote(
      ok({ done: [], waiting: [open()] }),
      ok({ done: [done(THERE)], waiting: [] }),
      ok({ done: [], waiting: [] }),
    );
    const options = { changedByHand: 'leave' as const, wait: () => Promise.resolve(true) };
    expect(valueOf(await agent.remove(options))).toEqual({ done: [done(THERE)], waiting: [] });
    expect(asked.map(([name]) => name)).toEqual(['disable', 'reconcile', 'remove']);

    const givenUp = remote(ok({ done: [], waiting: [open()] }));
    expect(codeOf(await givenUp.agent.remove({ wait: () => Promise.resolve(false) }))).toBe('client-running');
    expect(givenUp.asked).toHaveLength(1);
  });
});
