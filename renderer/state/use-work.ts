import type { WorkView } from '@endymail/shared/ipc';
import type { Failure, Result } from '@endymail/shared/result';
import { useState } from 'react';
import { useAction, type Action } from './use-action.ts';
import { useClient } from './use-page.ts';

/** Work on the mail clients that a screen starts and tells the end of itself. */
export interface Work {
  readonly action: Action;
  /** How it ended; null: not yet. */
  readonly outcome: WorkView | null;
  /** Tries what waits for a client to be closed. */
  readonly finish: Action;
}

/** Starts work and keeps its end. The shell forgets the job then: the screen says it, and home need not say it again. */
export function useWork(ask: () => Promise<Result<WorkView, Failure>>, onDone?: (outcome: WorkView) => void): Work {
  const client = useClient();
  const [outcome, setOutcome] = useState<WorkView | null>(null);
  const keep = (ended: WorkView): void => {
    setOutcome(ended);
    void client.dismissJob();
    onDone?.(ended);
  };
  return {
    action: useAction(ask, keep),
    outcome,
    finish: useAction(() => client.finishWaiting(), keep),
  };
}
