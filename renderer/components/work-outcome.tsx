import type { WorkView } from '@endymail/shared/ipc';
import { CircleCheck } from 'lucide-react';
import type { Work } from '../state/use-work.ts';
import { failureText } from '../text/failures.ts';
import { leftFacts, waitsFor, WORK } from '../text/work.ts';
import { ActionFailure } from './action-failure.tsx';
import { Attention } from './attention.tsx';
import { Button } from './button.tsx';
import { Details } from './details.tsx';
import { FailureHelp } from './failure-help.tsx';
import { Icon } from './icon.tsx';

interface WorkOutcomeProps {
  readonly work: Work;
  /** What is said where all of it was done. */
  readonly done: string;
  /** What is said where some of it waits: what is so already. */
  readonly begun?: string;
}

/** How work ended: done, or what it waits for, or why it failed, each with its one button. Nothing before it has ended. */
export function WorkOutcome({ work, done, begun }: WorkOutcomeProps) {
  const { action, outcome, finish } = work;
  return (
    <>
      {outcome !== null && (
        <>
          {outcome.waiting.length === 0 ? (
            <p className="said section" role="status">
              <Icon of={CircleCheck} />
              <span>{done}</span>
            </p>
          ) : (
            begun !== undefined && <p className="hint">{begun}</p>
          )}
          {outcome.waiting.map((waiting) => (
            <Waiting key={waiting.profileId} waiting={waiting} finish={finish} />
          ))}
          {outcome.left.length > 0 && (
            <>
              <p className="hint">{WORK.left}</p>
              <Details groups={[{ facts: leftFacts(outcome.left) }]} />
            </>
          )}
        </>
      )}
      <ActionFailure action={action} />
      <ActionFailure action={finish} />
    </>
  );
}

interface WaitingProps {
  readonly waiting: WorkView['waiting'][number];
  readonly finish: Work['finish'];
}

/** What waits for a client to be closed is done by itself then; what else stands in the way needs the person. */
function Waiting({ waiting, finish }: WaitingProps) {
  const { failure } = waiting;
  const { action, advice, button } = failureText(failure);
  if (action !== 'closed-it') return <FailureHelp failure={failure} onAgain={finish.run} onClose={finish.run} />;
  return (
    <Attention
      title={waitsFor(waiting)}
      buttons={
        <Button kind="primary" action={finish}>
          {button}
        </Button>
      }
    >
      <p>{advice}</p>
    </Attention>
  );
}
