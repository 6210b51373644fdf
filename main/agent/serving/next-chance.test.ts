import { beforeEach, describe, expect, it } from 'vitest';
import { failure, type FailureCode } from '@endymail/shared/result';
import type { WorkReport } from '../agent.ts';
import { profile } from '../testing/profiles.ts';
import type { Peer } from './listener.ts';
import { createNextChance, type NextChance } from './next-chance.ts';

const ONE = profile('one', []);
const OTHER = profile('other', []);
const done = (of = ONE): WorkReport['done'][number] => ({ profileId: of.id, applied: 1, changedByHand: [] });
const waiting = (of = ONE, code: FailureCode = 'client-running') => ({ profile: of, why: failure(code) });

let chance: NextChance;
beforeEach(() => {
  chance = createNextChance();
});

function peer(): Peer & { leave: () => void } {
  let isGone = false;
  return {
    command: 'endymail test',
    isGone: () => isGone,
    tell: () => undefined,
    leave: () => {
      isGone = true;
    },
  };
}

describe('what waits for the next chance', () => {
  it('is what a client that is open keeps from being done, and nothing else', () => {
    chance.note({ done: [], waiting: [waiting(ONE, 'client-started'), waiting(OTHER, 'own-setup')] }, null);
    expect(chance.waiting()).toEqual([ONE]);
    chance.noteDone({ done: [done()], waiting: [] });
    expect(chance.waiting()).toEqual([]);
  });

  it('is told, once it is done, to the one who asked for it, and once', () => {
    const [asker, another] = [peer(), peer()];
    chance.note({ done: [], waiting: [waiting(ONE)] }, asker);
    chance.noteDone({ done: [done(ONE), done(OTHER)], waiting: [] });
    expect(chance.claim(another)).toEqual([]);
    expect(chance.claim(asker)).toEqual([done(ONE)]);
    expect(chance.claim(asker)).toEqual([]);
  });

  it('is kept for nobody who has gone', () => {
    const asker = peer();
    chance.note({ done: [], waiting: [waiting()] }, asker);
    asker.leave();
    chance.noteDone({ done: [done()], waiting: [] });
    expect(chance.claim(asker)).toEqual([]);
  });
});
