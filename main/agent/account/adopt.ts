import type { AgentState } from '../home/state.ts';
import { NO_FOLDS, type Folds } from './folds.ts';
import { takeIn, type TakenIn } from './take-in.ts';

/**
 * The state with which a computer begins in an account that it has joined. Of a mailbox that the account has too, its CA
 * and its key are used, and the computer's own keys become former ones; whoever both know is known as the account has
 * them. Everything else that was here stays, and is shared by the first `shareOut`, whose base is `folds`.
 */
export function adopt(state: AgentState, folds: Folds, now: Date): Promise<TakenIn> {
  return takeIn({ state, withheld: new Map(), base: NO_FOLDS, folds, now });
}
