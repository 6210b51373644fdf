import type { Failure } from '@endymail/shared/result';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { failureFacts, failureText } from '../text/failures.ts';
import { Details } from './details.tsx';
import { Icon } from './icon.tsx';

interface FailureNoteProps {
  readonly failure: Failure;
  /** The one button. <FailureHelp> has it already for most. */
  readonly button?: ReactNode;
}

/** How something failed: one sentence, what to do, the one button, and the technical facts under *Details*. */
export function FailureNote({ failure, button }: FailureNoteProps) {
  const { says, advice } = failureText(failure);
  return (
    <div className="failure section" role="alert">
      <p className="failure__says">
        <Icon of={CircleAlert} />
        <span>{says}</span>
      </p>
      <p className="muted">{advice}</p>
      {button !== undefined && <div className="buttons">{button}</div>}
      <Details groups={[{ facts: failureFacts(failure) }]} />
    </div>
  );
}
