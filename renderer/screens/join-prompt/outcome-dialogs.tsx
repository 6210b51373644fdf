import type { Failure } from '@endymail/shared/result';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { COMMON } from '../../text/common.ts';
import { failureFacts, failureText } from '../../text/failures.ts';
import { JOIN_PROMPT } from '../../text/join-prompt.ts';

interface OutcomeProps {
  readonly onClose: () => void;
}

/** *It was not me*, done. */
export function TurnedAwayDialog({ onClose }: OutcomeProps) {
  return (
    <Dialog title={JOIN_PROMPT.turnedAway} onClose={onClose} bar={<CloseButton onClose={onClose} />}>
      <p className="lead">{JOIN_PROMPT.turnedAwaySays}</p>
      <p className="muted hint">{JOIN_PROMPT.turnedAwayWhy}</p>
    </Dialog>
  );
}

/** The request is over, and not by an answer from here. */
export function EndedDialog({ onClose }: OutcomeProps) {
  return (
    <Dialog title={JOIN_PROMPT.gone} onClose={onClose} bar={<CloseButton onClose={onClose} />}>
      <p className="lead">{JOIN_PROMPT.goneSays}</p>
      <p className="muted hint">{JOIN_PROMPT.goneDo}</p>
    </Dialog>
  );
}

/** Approved here; the other device says when it is ready that the digits are its own. */
export function WaitingDialog({ onClose }: OutcomeProps) {
  return (
    <Dialog title={JOIN_PROMPT.unanswered} onClose={onClose} bar={<CloseButton onClose={onClose} />}>
      <div className="waiting section">
        <span className="spinner" aria-hidden="true" />
        <span role="status">{JOIN_PROMPT.waiting}</span>
      </div>
      <p className="muted hint">{JOIN_PROMPT.unansweredDo}</p>
    </Dialog>
  );
}

interface FailedProps extends OutcomeProps {
  readonly why: Failure;
  /** Null: the request has ended with it. */
  readonly onAgain: (() => void) | null;
}

/** Why it was not added. Wrong digits end the request: then only a new one helps. */
export function FailedDialog({ why, onAgain, onClose }: FailedProps) {
  const isWrong = why.code === 'digits-wrong';
  const { says, advice } = failureText(why);
  return (
    <Dialog
      title={isWrong ? JOIN_PROMPT.wrong : JOIN_PROMPT.notAdded}
      onClose={onClose}
      bar={
        <>
          {onAgain !== null && !isWrong && <Button onClick={onAgain}>{JOIN_PROMPT.again}</Button>}
          <CloseButton onClose={onClose} />
        </>
      }
    >
      <p className="lead">{isWrong ? JOIN_PROMPT.wrongSays : says}</p>
      <p className="muted hint">{isWrong ? JOIN_PROMPT.wrongDo : advice}</p>
      <Details groups={[{ facts: failureFacts(why) }]} />
    </Dialog>
  );
}

function CloseButton({ onClose }: OutcomeProps) {
  return (
    <Button kind="primary" onClick={onClose}>
      {COMMON.close}
    </Button>
  );
}
