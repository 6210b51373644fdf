import type { Failure } from '@endymail/shared/result';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { failureFacts } from '../../text/failures.ts';
import { ENDED_BUTTONS, endedWords, JOIN } from '../../text/join.ts';

/** Joining came to nothing: why, in a sentence, and the one button that helps. */
export function Ended({ name, why }: { readonly name: string; readonly why: Failure }) {
  const client = useClient();
  const { begin } = usePage();
  const again = useAction(() => client.joinRequest(name));
  const close = useAction(
    () => client.dismissJoining(),
    () => {
      begin({ screen: 'home' });
    },
  );
  const { title, says, advice, isAgain } = endedWords(why);
  const closeButton = (
    <Button kind={isAgain ? 'plain-frame' : 'primary'} action={close}>
      {isAgain ? JOIN.goHome : ENDED_BUTTONS.close}
    </Button>
  );
  return (
    <SetupFrame
      barStart={isAgain ? closeButton : undefined}
      barEnd={
        isAgain ? (
          <Button kind="primary" action={again}>
            {ENDED_BUTTONS.again}
          </Button>
        ) : (
          closeButton
        )
      }
    >
      <PageHead title={title} lead={says} isLive />
      <p className="section">{advice}</p>
      <ActionFailure action={again} />
      <ActionFailure action={close} />
      <Details groups={[{ facts: [{ name: 'account', value: name }, ...failureFacts(why)] }]} />
    </SetupFrame>
  );
}
