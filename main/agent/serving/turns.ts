/** One thing after another, in the order in which they were asked for. */
export interface Turns {
  /** Does it when everything before it is done. Null: it was not begun, because `end` came first. */
  take<T>(work: () => Promise<T>): Promise<T | null>;
  /**
   * The same for what nobody asked for. A mistake of ours in it ends nothing: it shows when a client asks for the same,
   * and is answered as `internal` then.
   */
  inBackground(work: () => Promise<unknown>): void;
  isIdle(): boolean;
  /** Begins nothing more; resolves when what was begun is whole. */
  end(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let ended = false;
  function take<T>(work: () => Promise<T>): Promise<T | null> {
    waiting += 1;
    const done = last.then(() => (ended ? null : work()));
    last = done
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1;
      });
    return done;
  }

  return {
    take,
    inBackground(work) {
      take(work).catch(() => undefined);
    },
    isIdle: () => waiting === 0,
    async end() {
      ended = true;
      await last;
    },
  };
}
