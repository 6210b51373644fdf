/** What Ctrl+C does. */
export interface Interrupts {
  /**
   * Says that something is being written (true) or is whole again (false). In between Ctrl+C waits; a second one does
   * not, and what was begun is finished by the next run then, as after a crash.
   */
  writing(on: boolean): void;
  /** Has this done by the next Ctrl+C, instead of ending the process; SIGTERM does the same. */
  onNext(stop: () => void): void;
  /** Resolves true after `ms` milliseconds, false as soon as Ctrl+C is pressed. */
  pause(ms: number): Promise<boolean>;
}

export interface InterruptSource {
  readonly on: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
  /** Ends the process. */
  readonly exit: (code: number) => void;
  /** Says something to the person. */
  readonly note: (text: string) => void;
}

/** 128 and the signal's number, as shells count. */
export const EXIT_INTERRUPTED = 130;

const FINISHING = 'Finishing what was begun, so that nothing is left half done. Ctrl+C again stops at once.';

export function createInterrupts({ on, exit, note }: InterruptSource): Interrupts {
  let isWriting = false;
  let isAsked = false;
  let endPause: (() => void) | null = null;
  let stopNext: (() => void) | null = null;

  on('SIGINT', () => {
    if (stopNext) {
      stopNext();
      stopNext = null;
    } else if (endPause) {
      endPause();
    } else if (isWriting && !isAsked) {
      isAsked = true;
      note(FINISHING);
    } else {
      exit(EXIT_INTERRUPTED);
    }
  });

  return {
    writing(yes) {
      isWriting = yes;
      if (!yes && isAsked) exit(EXIT_INTERRUPTED);
    },

    onNext(stop) {
      stopNext = stop;
      on('SIGTERM', stop);
    },

    pause: (ms) =>
      new Promise((resolve) => {
        const end = (goesOn: boolean): void => {
          clearTimeout(timer);
          endPause = null;
          resolve(goesOn);
        };
        const timer = setTimeout(end, ms, true);
        endPause = () => {
          end(false);
        };
      }),
  };
}
