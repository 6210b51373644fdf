import type { Failure, Result } from '@endymail/shared/result';
import { useAction } from '../state/use-action.ts';
import { usePage } from '../state/use-page.ts';
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
export function FailureHelp(props: FailureHelpProps) {
  return <FailureNote failure={props.failure} button={<HelpButton {...props} />} />;
}

const SCREENS: Partial<Readonly<Record<FailureAction, 'restore' | 'people' | 'home'>>> = Object.freeze({
  restore: 'restore',
  people: 'people',
  home: 'home',
});

function HelpButton({ failure, onAgain, onClose }: FailureHelpProps) {
  const { action, button } = failureText(failure);
  const { client, go } = usePage();
  const shellCalls: Partial<Record<FailureAction, () => Promise<Result<undefined, Failure>>>> = {
    'look-again': () => client.lookAgain(),
    'get-thunderbird': () => client.openPage('thunderbird-download'),
    copy: () => client.copyText(factsText([{ facts: failureFacts(failure) }])),
    quit: () => client.quit(),
  };
  const call = shellCalls[action];
  const ask = useAction(call ?? client.lookAgain, action === 'look-again' ? onClose : undefined);
  if (call !== undefined) return <Button action={ask}>{button}</Button>;

  const screen = SCREENS[action];
  const lead = () => {
    onClose();
    if (screen !== undefined) go({ screen });
  };
  const isElsewhere = screen !== undefined || action === 'close';
  return <Button onClick={isElsewhere ? lead : onAgain}>{button}</Button>;
}
