import { setTimeout as delay } from 'node:timers/promises';
import type { Failure, Result } from '@endymail/shared/result';
import type { ConnectedAgent } from '../agent/index.ts';

/** Where the one who serves can not be connected to: how long until it is tried again. */
const TRY_EVERY_MS = 1_000;

/** Waits for the one who serves a home, to serve it afterwards. */
export interface Standby {
  /** What `serve` gives once nobody else serves; null: stopped before. */
  whenFree<T>(serve: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure> | null>;
  readonly stop: () => void;
}

export function createStandby(
  connect: () => Promise<Result<Pick<ConnectedAgent, 'closed' | 'close'>, Failure>>,
  onStandingBy: () => void,
): Standby {
  const stopped = new AbortController();
  const { signal } = stopped;

  /** Until the other one ends, or for a while where it does not answer. */
  async function untilGone(): Promise<void> {
    const other = await connect();
    if (!other.ok) {
      await delay(TRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
      return;
    }
    const close = (): void => {
      other.value.close();
    };
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    await other.value.closed;
    signal.removeEventListener('abort', close);
  }

  return {
    async whenFree(serve) {
      let isSaid = false;
      while (!signal.aborted) {
        const served = await serve();
        if (served.ok || served.error.code !== 'home-busy') return served;
        if (!isSaid) onStandingBy();
        isSaid = true;
        await untilGone();
      }
      return null;
    },
    stop() {
      stopped.abort();
    },
  };
}
