import type { Failure, Result } from '@endymail/shared/result';
import { useEffect, useRef, useState } from 'react';

/** Shorter work than this shows nothing: a flicker tells nobody anything. */
const SHOWN_AFTER_MS = 150;

/** Something that a button starts, and that takes a while. */
export interface Action {
  /** Starts it; does nothing while it goes on. */
  readonly run: () => void;
  readonly isRunning: boolean;
  /** It has been going on long enough to be shown. */
  readonly isShown: boolean;
  /** How it failed the last time. */
  readonly failure: Failure | null;
  /** Forgets the failure. */
  readonly forget: () => void;
}

/**
 * One call as a button needs it: it can not be started twice, shows that it works only when that takes time, and keeps
 * the failure to be said. `onDone` gets the value where it went well.
 */
export function useAction<Value>(ask: () => Promise<Result<Value, Failure>>, onDone?: (value: Value) => void): Action {
  const [isRunning, setRunning] = useState(false);
  const [isShown, setShown] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const going = useRef(false);

  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => {
      setShown(true);
    }, SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isRunning]);

  const work = async (): Promise<void> => {
    going.current = true;
    setRunning(true);
    setFailure(null);
    const answer = await ask();
    going.current = false;
    setRunning(false);
    setShown(false);
    if (answer.ok) onDone?.(answer.value);
    else setFailure(answer.error);
  };

  return {
    run: () => {
      if (!going.current) void work();
    },
    isRunning,
    isShown,
    failure,
    forget: () => {
      setFailure(null);
    },
  };
}
