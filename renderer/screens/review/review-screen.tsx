import type { MailAddress } from '@endymail/shared/mail';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { DevicesNote } from '../../components/devices-note.tsx';
import { FailureHelp } from '../../components/failure-help.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { planFacts, REVIEW, setUpWords } from '../../text/review.ts';
import { keptRows, NOTHING_SAID } from './decisions.ts';
import { PlanLines } from './plan-lines.tsx';
import { Questions } from './questions.tsx';
import { usePlans } from './use-plans.ts';

interface ReviewScreenProps {
  readonly addresses: readonly MailAddress[];
}

/** What will change, before anything does, with what only the person can say. */
export function ReviewScreen({ addresses }: ReviewScreenProps) {
  const page = usePage();
  const rows = useView(({ mailboxes }) => mailboxes.rows).filter(({ address }) => addresses.includes(address));
  const [decisions, setDecisions] = useState(NOTHING_SAID);
  const [round, setRound] = useState(0);
  const { review, failure, isAsking } = usePlans(rows, decisions, round);
  const kept = keptRows(rows, decisions).length;
  const again = () => {
    setRound(round + 1);
  };
  return (
    <SetupFrame
      stage="review"
      barStart={<Button onClick={page.back}>{COMMON.back}</Button>}
      barEnd={
        <Button
          kind="primary"
          disabled={review === null || isAsking || kept === 0}
          onClick={() => {
            if (review === null) return;
            void page.enable(review.groups);
            page.begin({ screen: 'progress' });
          }}
        >
          {setUpWords(kept)}
        </Button>
      }
    >
      <PageHead title={REVIEW.title} lead={REVIEW.lead} />
      {review === null && failure === null && (
        <p className="waiting section" role="status">
          <span className="spinner" aria-hidden="true" />
          <span className="muted">{REVIEW.looking}</span>
        </p>
      )}
      {failure !== null && <FailureHelp failure={failure} onAgain={again} onClose={page.back} />}
      {review !== null && (
        <>
          <PlanLines review={review} />
          <Questions rows={rows} review={review} decisions={decisions} onDecide={setDecisions} onAgain={again} />
          <DevicesNote />
          {review.plans.length > 0 && <Details groups={planFacts(review.plans)} />}
        </>
      )}
    </SetupFrame>
  );
}
