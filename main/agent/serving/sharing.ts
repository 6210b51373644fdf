import type { Failure, Result } from '@endymail/shared/result';
import type { Agent } from '../agent.ts';
import type { Turns } from './turns.ts';

/** How often it is looked whether there is an account, and whether it is time to share. */
const LOOK_EVERY_MS = 500;

/**
 * While another device's next step is waited for. One that asks to join has nobody who tells it, takes two steps, and a
 * person stands before it: this is most of what joining lasts.
 */
const STEP_EVERY_MS = 2_000;

/** Half of the steps are taken: what is left comes within a second or two. */
const ANSWER_EVERY_MS = 500;

/** Else: the word of the service comes at once, and this is for when it does not. */
const NEWS_EVERY_MS = 5 * 60 * 1_000;

const EVERY_MS = Object.freeze({ answer: ANSWER_EVERY_MS, step: STEP_EVERY_MS, news: NEWS_EVERY_MS });

export interface SharingParts {
  readonly now: () => Date;
  readonly turns: Turns;
  /** The agent where the home is open. */
  readonly agent: () => Result<Agent, Failure>;
  /** Something may have come. */
  readonly onShared: () => void;
}

/** Shares with the other devices of the account by itself, as long as a home is served. */
export interface Sharing {
  /** Something was changed here: the others should have it. */
  soon(): void;
  end(): void;
}

export function createSharing({ now, turns, agent, onShared }: SharingParts): Sharing {
  let followed: Agent | null = null;
  let unfollow: (() => void) | null = null;
  let sharedAt = 0;
  let isDue = false;
  let isQueued = false;

  /** Whose word is listened to: nobody's, where the home is closed or belongs to no account. */
  function listen(): Agent | null {
    const open = agent();
    const member = open.ok && open.value.account.waitsFor() !== 'nothing' ? open.value : null;
    if (member !== followed) {
      unfollow?.();
      unfollow = null;
      followed = member;
    }
    // One that still asks to join has nobody to listen to yet, and is the same agent once it is through.
    unfollow ??= member?.account.follow(soon) ?? null;
    return member;
  }

  function soon(): void {
    isDue = true;
  }

  function look(): void {
    const member = listen();
    const waitsFor = member?.account.waitsFor() ?? 'nothing';
    if (member === null || isQueued || waitsFor === 'nothing') return;
    // Away in either direction: the clock may be set back.
    if (!isDue && Math.abs(now().getTime() - sharedAt) < EVERY_MS[waitsFor]) return;
    isQueued = true;
    turns.inBackground(async () => {
      isDue = false;
      sharedAt = now().getTime();
      try {
        await member.account.goOn();
        onShared();
      } finally {
        isQueued = false;
      }
    });
  }

  const timer = setInterval(look, LOOK_EVERY_MS);

  return {
    soon,
    end() {
      clearInterval(timer);
      unfollow?.();
      unfollow = null;
    },
  };
}
