/** One thing after another, in the order in which they were asked for. */
export interface Turns {
  /** Does it when everything before it is done. Null: it was not begun, because `end` came first. */
  take<T>(work: () => Promise<T>): Promise<T | null>;
  isIdle(): boolean;
  /** Begins nothing more; resolves when what was begun is whole. */
  end(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let ended = false;
  return {
    take<T>(work: () => Promise<T>) {
      waiting += 1;
      const done = last.then(() => (ended ? null : work()));
      last = done
        .catch(() => undefined)
        .finally(() => {
          waiting -= 1;
        });
      return done;
    },
    isIdle: () => waiting === 0,
    async end() {
      ended = true;
      await last;
    },
  };
}
