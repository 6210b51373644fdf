import type { TimeSpan } from '@endymail/shared/ipc';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { readLastServed, writeLastServed } from '../home/last-served.ts';

/** Less than this is no more than a computer that was off for the night. */
const GAP_MIN_MS = 24 * 60 * 60 * 1_000;

/** How often it is remembered that the home is served: the error of a gap's beginning after a crash. */
const REMEMBER_EVERY_MS = 5 * 60 * 1_000;

export interface GapKeeperParts {
  /** See `HomeLayout.lastServed`. */
  readonly path: string;
  readonly now: () => Date;
  /** Whether there is a home here, open and ours: where nothing is remembered, nothing is written. */
  readonly isHomeThere: () => Promise<boolean>;
  /** Whether a mailbox is enabled, so that there was something to do. */
  readonly hasEnabled: () => Promise<boolean>;
  /** Hears it once, when it can be told. */
  readonly onTold?: (gap: TimeSpan) => void;
}

/** Knows from when to when this home was not served. Its methods are called one after another, in turn. */
export interface GapKeeper {
  /** The home was opened: finds out how long nobody had served it. */
  readonly begin: () => Promise<void>;
  /** What had waited in that time is done, as far as it can be. True: there is something to tell that was not told before. */
  caughtUp(): boolean;
  /** What is to be told; null: nothing, or not before what had waited was done. */
  told(): TimeSpan | null;
  /** The person has read it. Errors: `disk-full`, `home-unwritable`, `write-failed` (it is told still). */
  dismiss(): Promise<Result<void, Failure>>;
  /** Remembers that the home is served, when that was not done for a while. What can not be written waits as long again. */
  readonly remember: () => Promise<void>;
  /** The home is no longer served from here. */
  end(): Promise<void>;
  /** There is no home any more. */
  forget(): void;
}

export function createGapKeeper({ path, now, isHomeThere, hasEnabled, onTold }: GapKeeperParts): GapKeeper {
  let gap: TimeSpan | null = null;
  let isCaughtUp = false;
  let hasBegun = false;
  let rememberedAt: number | null = null;

  async function write(next: TimeSpan | null): Promise<Result<void, Failure>> {
    if (!(await isHomeThere())) return ok();
    const at = now();
    rememberedAt = at.getTime();
    return writeLastServed(path, { at: at.toISOString(), gap: next });
  }

  /** A moment that has not come yet is of a clock that was set back: nothing is known then. */
  async function findGap(): Promise<TimeSpan | null> {
    const last = await readLastServed(path);
    if (last === null) return null;
    const to = now();
    if (to.getTime() - Date.parse(last.at) > GAP_MIN_MS && (await hasEnabled())) {
      return { from: last.at, to: to.toISOString() };
    }
    return last.gap !== null && Date.parse(last.gap.to) <= to.getTime() ? last.gap : null;
  }

  return {
    async begin() {
      gap = await findGap();
      isCaughtUp = false;
      hasBegun = true;
      await write(gap);
    },

    caughtUp() {
      if (isCaughtUp) return false;
      isCaughtUp = true;
      if (gap !== null) onTold?.(gap);
      return gap !== null;
    },

    told: () => (isCaughtUp ? gap : null),

    async dismiss() {
      const written = await write(null);
      if (written.ok) gap = null;
      return written;
    },

    async remember() {
      // Away from what was remembered in either direction: the clock may be set back.
      const isDue = rememberedAt === null || Math.abs(now().getTime() - rememberedAt) >= REMEMBER_EVERY_MS;
      if (hasBegun && isDue) await write(gap);
    },

    async end() {
      if (hasBegun) await write(gap);
    },

    forget() {
      gap = null;
      rememberedAt = null;
    },
  };
}
