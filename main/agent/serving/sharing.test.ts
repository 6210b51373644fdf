import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok } from '@endymail/shared/result';
import type { AccountAgent } from '../account/account-agent.ts';
import { world } from '../testing/world.ts';
import { createSharing, type Sharing } from './sharing.ts';
import { createTurns } from './turns.ts';

/** An agent whose account a test says everything of, and what was asked of it. */
function ground() {
  const seen = { shared: 0, told: 0, ended: 0, news: null as (() => void) | null };
  const is = { waitsFor: 'nothing' as ReturnType<AccountAgent['waitsFor']>, isMember: true };
  const { agent } = world([]);
  const account: AccountAgent = {
    ...agent.account,
    waitsFor: () => is.waitsFor,
    goOn: () => {
      seen.shared += 1;
      return Promise.resolve();
    },
    follow: (onNews) => {
      if (!is.isMember) return null;
      seen.news = onNews;
      return () => {
        seen.ended += 1;
        seen.news = null;
      };
    },
  };
  const served = { ...agent, account };
  const sharing = createSharing({
    now: () => new Date(),
    turns: createTurns(),
    agent: () => ok(served),
    onShared: () => {
      seen.told += 1;
    },
  });
  return { seen, is, sharing };
}

let open: Sharing | null = null;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  open?.end();
  vi.useRealTimers();
});

const SECOND_MS = 1_000;
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * SECOND_MS);

it('shares nothing and listens to nobody where there is no account', async () => {
  const { seen, sharing } = ground();
  open = sharing;
  sharing.soon();
  await pass(600);
  expect(seen).toEqual({ shared: 0, told: 0, ended: 0, news: null });
});

it('shares once at the start, at the word of the service, and after a change here; else every five minutes', async () => {
  const { seen, is, sharing } = ground();
  open = sharing;
  is.waitsFor = 'news';
  await pass(2);
  expect(seen).toMatchObject({ shared: 1, told: 1 });
  seen.news?.();
  await pass(1);
  expect(seen).toMatchObject({ shared: 2, told: 2 });
  sharing.soon();
  await pass(1);
  expect(seen.shared).toBe(3);
  await pass(290);
  expect(seen.shared).toBe(3);
  await pass(15);
  expect(seen.shared).toBe(4);
});

it('looks every two seconds while another device’s step is waited for', async () => {
  const { seen, is, sharing } = ground();
  open = sharing;
  is.waitsFor = 'step';
  await pass(1);
  const before = seen.shared;
  await pass(20);
  expect(seen.shared - before).toBe(10);
});

it('looks twice a second while a device that is just at it answers', async () => {
  const { seen, is, sharing } = ground();
  open = sharing;
  is.waitsFor = 'answer';
  await pass(1);
  const before = seen.shared;
  await pass(5);
  expect(seen.shared - before).toBe(10);
});

it('listens to the service as soon as a computer that asked to join belongs to the account, and no longer than that', async () => {
  const { seen, is, sharing } = ground();
  open = sharing;
  is.waitsFor = 'step';
  is.isMember = false;
  await pass(10);
  expect(seen.news).toBeNull();
  is.waitsFor = 'news';
  is.isMember = true;
  await pass(1);
  expect(seen.news).not.toBeNull();
  is.waitsFor = 'nothing';
  await pass(1);
  expect(seen).toMatchObject({ news: null, ended: 1 });
});
