import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { profile } from '../testing/profiles.ts';
import { createTurns } from './turns.ts';
import { createWatch, type Watch, type WatchParts } from './watch.ts';

const ONE = profile('one', []);
const LOOK_MS = 2_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

const world = { seen: 'a', running: new Set<string>(), waiting: [ONE], hasClients: true, isOurs: true };
let happened: string[];
let watch: Watch;
let turns: ReturnType<typeof createTurns>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  Object.assign(world, { seen: 'a', running: new Set<string>(), waiting: [], hasClients: true, isOurs: true });
  happened = [];
  const note = (what: string) => () => {
    happened.push(what);
    return Promise.resolve();
  };
  turns = createTurns();
  const parts: WatchParts = {
    now: () => new Date(),
    turns,
    isStillOurs: () => Promise.resolve(world.isOurs),
    hasClients: () => world.hasClients,
    waiting: () => world.waiting,
    glance: () => Promise.resolve({ seen: world.seen, running: world.running }),
    reconcile: note('reconcile'),
    openAgain: note('open'),
    remember: note('remember'),
    onChange: () => {
      happened.push('changed');
    },
  };
  watch = createWatch(parts);
});
afterEach(() => {
  watch.end();
  vi.useRealTimers();
});

/** Lets one look go by, and tells what came of it besides what each look does. */
async function look(afterMs = LOOK_MS): Promise<string[]> {
  happened = [];
  vi.advanceTimersByTime(afterMs);
  await turns.take(() => Promise.resolve());
  return happened.filter((what) => !['open', 'remember'].includes(what));
}

describe('the watch', () => {
  it('has it remembered at each look that the home is served, as long as it is ours', async () => {
    await look();
    expect(happened).toContain('remember');
    world.isOurs = false;
    await look();
    expect(happened).not.toContain('remember');
  });

  it('does what waits when its client is closed, and not before', async () => {
    world.waiting = [ONE];
    world.running = new Set([ONE.path]);
    expect(await look()).toEqual([]);
    world.running = new Set();
    expect(await look()).toEqual(['reconcile']);
    world.waiting = [];
    expect(await look()).toEqual([]);
  });

  it('renews once a day', async () => {
    expect(await look()).toEqual([]);
    vi.setSystemTime(Date.now() + DAY_MS);
    expect(await look()).toEqual(['reconcile']);
    expect(await look()).toEqual([]);
  });

  it('tells once of what others changed, and never of what we changed', async () => {
    await watch.show([ONE]);
    expect(await look()).toEqual([]);
    world.seen = 'b';
    expect(await look()).toEqual(['changed']);
    expect(await look()).toEqual([]);
    world.seen = 'c';
    await watch.take();
    expect(await look()).toEqual([]);
  });

  it('looks at nothing of nobody, and tells no news to one who has just come', async () => {
    await watch.show([ONE]);
    world.hasClients = false;
    world.seen = 'b';
    expect(await look()).toEqual([]);
    world.hasClients = true;
    expect(await look()).toEqual([]);
  });

  it('does nothing for a home that is another’s now', async () => {
    world.waiting = [ONE];
    world.isOurs = false;
    expect(await look()).toEqual([]);
    expect(happened).toEqual([]);
  });

  it('does not get in the way of work, nor go on after the end', async () => {
    const work = Promise.withResolvers<undefined>();
    const working = turns.take(() => work.promise);
    world.waiting = [ONE];
    vi.advanceTimersByTime(LOOK_MS);
    work.resolve(undefined);
    await working;
    expect(happened).toEqual([]);
    watch.end();
    expect(await look()).toEqual([]);
  });
});
