import type { Failure } from '@endymail/shared/result';
import { CircleAlert } from 'lucide-react';
import { usePage } from '../state/use-page.ts';
import { useAction } from '../state/use-action.ts';
import { factsText } from '../text/facts.ts';
import { failureFacts, failureText, type FailureAction } from '../text/failures.ts';
import { Button } from './button.tsx';
import { Details } from './details.tsx';
import { Icon } from './icon.tsx';

/** What only the screen can do that the failure was met on. */
type ScreenActions = Partial<Readonly<Record<FailureAction, () => void>>>;

interface FailureNoteProps {
  readonly failure: Failure;
  /** What the screen does for an action. What leads to another screen the note does by itself. */
  readonly actions?: ScreenActions;
}

/** How something failed: one sentence, what to do, the one button, and the technical facts under *Details*. */
export function FailureNote({ failure, actions = {} }: FailureNoteProps) {
  const { says, advice, action, button } = failureText(failure);
  const facts = failureFacts(failure).map(([name, value]) => ({ name, value }));
  const own = useOwnActions(factsText([{ facts }]));
  const onClick = actions[action] ?? own(action);
  return (
    <div className="failure section" role="alert">
      <p className="failure__says">
        <Icon of={CircleAlert} />
        <span>{says}</span>
      </p>
      <p className="muted">{advice}</p>
      {onClick !== null && (
        <div className="buttons">
          <Button onClick={onClick}>{button}</Button>
        </div>
      )}
      <Details groups={[{ facts }]} />
    </div>
  );
}

/** What can be done for a failure on every screen; null: the screen has to, or nothing can. */
function useOwnActions(facts: string): (action: FailureAction) => (() => void) | null {
  const { client, go } = usePage();
  const copy = useAction(() => client.copyText(facts));
  const lookAgain = useAction(() => client.lookAgain());
  const getThunderbird = useAction(() => client.openPage('thunderbird-download'));
  const quit = useAction(() => client.quit());
  const to = (screen: 'restore' | 'people' | 'home') => () => {
    go({ screen });
  };
  const own: ScreenActions = {
    copy: copy.run,
    'look-again': lookAgain.run,
    'get-thunderbird': getThunderbird.run,
    quit: quit.run,
    restore: to('restore'),
    people: to('people'),
    home: to('home'),
  };
  return (action) => own[action] ?? null;
}
