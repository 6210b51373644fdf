import type { JoinView } from '@endymail/shared/account';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { SixDigits } from '../../components/six-digits.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { failureText } from '../../text/failures.ts';
import { digitsLabel, digitsNote, JOIN, waitingFacts } from '../../text/join.ts';

/** The request is on its way: the digits to type on the other device, or that it answers by itself. */
export function WaitingToJoin({ joining }: { readonly joining: Extract<JoinView, { kind: 'waiting' }> }) {
  const client = useClient();
  const { begin } = usePage();
  const takeBack = useAction(
    () => client.joinGiveUp(),
    () => {
      begin({ screen: 'home' });
    },
  );
  const now = useNow();
  const problem = useView((view) => view.joiningProblem);
  const { digits } = joining;
  return (
    <SetupFrame
      barStart={<Button action={takeBack}>{JOIN.takeBack}</Button>}
      barEnd={
        <Button
          onClick={() => {
            begin({ screen: 'home' });
          }}
        >
          {JOIN.goHome}
        </Button>
      }
    >
      <PageHead
        title={digits === null ? JOIN.invitedTitle : JOIN.digitsTitle}
        lead={digits === null ? JOIN.invitedLead : JOIN.digitsLead}
      />
      {digits !== null && <SixDigits digits={digits} label={digitsLabel(digits)} />}
      <p className={digits === null ? 'waiting section' : 'waiting'} role="status">
        <span className="spinner" aria-hidden="true" />
        <span>{problem === null ? JOIN.waiting : failureText(problem).says}</span>
        <span className="muted">{problem === null ? JOIN.ifNothing : JOIN.triedAgain}</span>
      </p>
      {digits !== null && <Note>{digitsNote(joining.expiresAt, now)}</Note>}
      <ActionFailure action={takeBack} />
      <Details groups={[{ facts: waitingFacts(joining) }]} />
    </SetupFrame>
  );
}
