/** So long nobody wonders whether Quit was heard, in milliseconds. */
const FINISHING_SAID_AFTER_MS = 2_000;

export interface QuitParts {
  /** Ends what goes on, when it is whole. */
  readonly end: () => Promise<void>;
  /** Says that it is not at its end yet. */
  readonly say: () => void;
  /** Lets the process go. */
  readonly leave: () => void;
  readonly pause: (ms: number) => Promise<void>;
}

/** One way out for menu, tray, page, and the system. */
export interface Quit {
  /** Begins the end; the second time it goes on already. */
  readonly begin: () => void;
  readonly hasBegun: () => boolean;
  /** For `before-quit`: holds the system's own end back until ours is whole. */
  readonly hold: (event: { preventDefault: () => void }) => void;
}

export function createQuit({ end, say, leave, pause }: QuitParts): Quit {
  let state: 'running' | 'ending' | 'ended' = 'running';

  async function finish(): Promise<void> {
    const ended = end().then(() => {
      state = 'ended';
    });
    await Promise.race([ended, pause(FINISHING_SAID_AFTER_MS)]);
    // By now it may have ended: what the compiler knows of `state` is from before.
    if (!isEnded()) say();
    await ended;
    leave();
  }

  const isEnded = (): boolean => state === 'ended';

  function begin(): void {
    if (state !== 'running') return;
    state = 'ending';
    void finish();
  }

  return {
    begin,
    hasBegun: () => state !== 'running',
    hold: (event) => {
      if (isEnded()) return;
      event.preventDefault();
      begin();
    },
  };
}
