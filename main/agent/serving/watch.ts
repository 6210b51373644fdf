import type { ClientProfile } from '@endymail/shared/mail';
import type { Glance } from '../mail-clients/glance.ts';
import type { Turns } from './turns.ts';

/** How often it is looked whether something can be done now, or was changed by others. */
const LOOK_EVERY_MS = 2_000;

/** How often it is looked whether something is to be renewed. */
const RENEW_EVERY_MS = 24 * 60 * 60 * 1_000;

export interface WatchParts {
  readonly now: () => Date;
  readonly turns: Turns;
  /** Whether there is still something to watch. */
  readonly isStillOurs: () => Promise<boolean>;
  readonly hasClients: () => boolean;
  /** The profiles in which something waits for the client to be closed. */
  readonly waiting: () => readonly ClientProfile[];
  readonly glance: (profiles: readonly ClientProfile[]) => Promise<Glance>;
  readonly reconcile: () => Promise<void>;
  /** Tries to open a home again that could not be opened. */
  readonly openAgain: () => Promise<void>;
  /** Remembers that this home is served. */
  readonly remember: () => Promise<void>;
  /** Somebody else has changed one of the profiles that are shown. */
  readonly onChange: () => void;
}

export interface Watch {
  /** These profiles are shown, as they are now. */
  show(profiles: readonly ClientProfile[]): Promise<void>;
  /** What we have changed ourselves is no news. */
  take(): Promise<void>;
  end(): void;
}

/**
 * Looks every two seconds, when nothing else is done: does what waits for a client once that is closed, renews what is
 * due once a day, and tells when somebody else has changed a profile that is shown.
 */
export function createWatch(parts: WatchParts): Watch {
  let shown: readonly ClientProfile[] = [];
  let known: string | null = null;
  let renewedAt = parts.now().getTime();

  async function look(): Promise<void> {
    if (!(await parts.isStillOurs())) return;
    await parts.openAgain();
    await parts.remember();
    const now = parts.now().getTime();
    const isRenewalDue = now - renewedAt >= RENEW_EVERY_MS;
    if (isRenewalDue) renewedAt = now;
    if (isRenewalDue || (await isChance())) await parts.reconcile();
    const before = known;
    await take();
    if (before !== null && known !== null && before !== known) parts.onChange();
  }

  async function isChance(): Promise<boolean> {
    const waiting = parts.waiting();
    if (waiting.length === 0) return false;
    const { running } = await parts.glance(waiting);
    return waiting.some(({ path }) => !running.has(path));
  }

  /** Only while somebody is there to be told. */
  async function take(): Promise<void> {
    const isShown = parts.hasClients() && shown.length > 0;
    known = isShown ? (await parts.glance(shown)).seen : null;
  }

  const timer = setInterval(() => {
    if (parts.turns.isIdle()) parts.turns.inBackground(look);
  }, LOOK_EVERY_MS);

  return {
    show: (profiles) => {
      shown = profiles;
      return take();
    },
    take,
    end: () => {
      clearInterval(timer);
    },
  };
}
