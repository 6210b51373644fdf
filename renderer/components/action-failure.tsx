import type { Action } from '../state/use-action.ts';
import { FailureHelp } from './failure-help.tsx';

interface ActionFailureProps {
  readonly action: Action;
  /** Does it again where that takes more than `action.run`. */
  readonly onAgain?: () => void;
}

/** How an action failed the last time, with the one button that helps; nothing where it did not. */
export function ActionFailure({ action, onAgain = action.run }: ActionFailureProps) {
  if (action.failure === null) return null;
  return <FailureHelp failure={action.failure} onAgain={onAgain} onClose={action.forget} />;
}
