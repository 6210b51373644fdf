import type { WorkView } from '@endymail/shared/ipc';
import { CircleCheck } from 'lucide-react';
import type { Work } from '../state/use-work.ts';
import { failureText } from '../text/failures.ts';
import { leftFacts, WORK } from '../text/work.ts';
import { ActionFailure } from './action-failure.tsx';
import { Attention } from './attention.tsx';
import { Button } from './button.tsx';
import { Details } from './details.tsx';
import { Icon } from './icon.tsx';

interface WorkOutcomeProps {
  readonly work: Work;
  /** What is said where all of it was done. */
  readonly done: string;
}

/** How work ended: done, or what it waits for, or why it failed, each with its one button. Nothing before it has ended. */
export function WorkOutcome({ work: { action, outcome, finish }, done }: WorkOutcomeProps) {
  return (
    <>
      {outcome !== null && <Ended outcome={outcome} done={done} finish={finish} />}
      <ActionFailure action={action} />
      <ActionFailure action={finish} />
    </>
  );
}

interface EndedProps {
  readonly outcome: WorkView;
  readonly done: string;
  readonly finish: Work['finish'];
}

function Ended({ outcome: { waiting, left }, done, finish }: EndedProps) {
  const [first] = waiting;
  return (
    <>
      {first === undefined ? (
        <p className="said section" role="status">
          <Icon of={CircleCheck} />
          <span>{done}</span>
        </p>
      ) : (
        <Attention
          title={failureText(first.failure).says}
          buttons={
            <Button kind="primary" action={finish}>
              {failureText(first.failure).button}
            </Button>
          }
        >
          <p>{failureText(first.failure).advice}</p>
        </Attention>
      )}
      {left.length > 0 && (
        <>
          <p className="hint">{WORK.left}</p>
          <Details groups={[{ facts: leftFacts(left) }]} />
        </>
      )}
    </>
  );
}
