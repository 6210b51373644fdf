import type { Failure } from '@endymail/shared/result';
import { useAction } from '../state/use-action.ts';
import { useClient, usePage } from '../state/use-page.ts';
import { factsText } from '../text/facts.ts';
import { failureFacts, failureText, type FailureAction } from '../text/failures.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure-note.tsx';

interface FailureHelpProps {
  readonly failure: Failure;
  /** Does again what was tried: *Try again*, *Choose another file…*, *I have closed it*. */
  readonly onAgain: () => void;
  /** Takes the note away. */
  readonly onClose: () => void;
}

/** How something failed, with the one button that helps: where it leads away or asks the shell, it does that itself. */
export function FailureHelp({ failure, onAgain, onClose }: FailureHelpProps) {
  return <FailureNote failure={failure} button={<HelpButton failure={failure} onAgain={onAgain} onClose={onClose} />} />;
}

function HelpButton({ failure, onAgain, onClose }: FailureHelpProps) {
  const { action, button } = failureText(failure);
  const page = usePage();
  const client = useClient();
  const ask = useAction(() => askShell());
  const askShell = () => {
    switch (action) {
      case 'get-thunderbird':
        return client.openPage('thunderbird-download');
      case 'quit':
        return client.quit();
      case 'copy':
        return client.copyText(factsText([{ facts: failureFacts(failure) }]));
      default:
        return client.lookAgain();
    }
  };
  const onClick = clickOf(action, { onAgain, onClose, go: page.go });
  return onClick === null ? <Button action={ask}>{button}</Button> : <Button onClick={onClick}>{button}</Button>;
}

/** Null: the shell is asked. */
function clickOf(
  action: FailureAction,
  { onAgain, onClose, go }: Omit<FailureHelpProps, 'failure'> & Pick<ReturnType<typeof usePage>, 'go'>,
): (() => void) | null {
  switch (action) {
    case 'again':
    case 'closed-it':
    case 'choose-file':
    case 'choose-folder':
    case 'put-back':
    case 'unlock':
      return onAgain;
    case 'close':
      return onClose;
    case 'restore':
    case 'people':
    case 'home':
      return () => {
        onClose();
        go({ screen: action });
      };
    case 'look-again':
    case 'get-thunderbird':
    case 'quit':
    case 'copy':
      return null;
  }
}
