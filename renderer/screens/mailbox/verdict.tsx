import type { MailboxView } from '@endymail/shared/ipc';
import type { ChangedByHandChoice, MailboxCheck } from '@endymail/shared/mail';
import { Button } from '../../components/button.tsx';
import { WorkOutcome } from '../../components/work-outcome.tsx';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { useWork } from '../../state/use-work.ts';
import { MAILBOX_SCREEN } from '../../text/mailbox-screen.ts';
import { verdictOf, type VerdictAction } from '../../text/verdict.ts';

interface VerdictProps {
  readonly mailbox: MailboxView;
  readonly check: MailboxCheck;
  readonly onChanged: () => void;
}

/** What a check means, in a sentence, with its one button. */
export function Verdict({ mailbox, check, onChanged }: VerdictProps) {
  const client = useClient();
  const { title, text, action } = verdictOf(check, mailbox);
  const enable = (changedByHand: ChangedByHandChoice) => () => client.enable([mailbox.address], { changedByHand });
  const putBack = useWork(enable('put-back'), onChanged);
  const leave = useWork(enable('leave'), onChanged);
  const lookAgain = useAction(() => client.lookAgain(), onChanged);
  return (
    <>
      <div className="verdict">
        <div>
          <p>
            <strong>{title}</strong>
          </p>
          <p>{text}</p>
        </div>
        <div className="buttons verdict__do">
          <VerdictButtons
            action={action}
            putBack={putBack.action}
            leave={leave.action}
            finish={putBack.finish}
            lookAgain={lookAgain}
          />
        </div>
      </div>
      <WorkOutcome work={putBack} done={MAILBOX_SCREEN.putBackDone} />
      <WorkOutcome work={leave} done={MAILBOX_SCREEN.leftDone} />
    </>
  );
}

interface VerdictButtonsProps {
  readonly action: VerdictAction;
  readonly putBack: Action;
  readonly leave: Action;
  readonly finish: Action;
  readonly lookAgain: Action;
}

function VerdictButtons({ action, putBack, leave, finish, lookAgain }: VerdictButtonsProps) {
  switch (action) {
    case 'none':
      return null;
    case 'put-back':
      return (
        <Button kind="primary" action={putBack}>
          {MAILBOX_SCREEN.putBack}
        </Button>
      );
    case 'enable-again':
      return (
        <Button kind="primary" action={putBack}>
          {MAILBOX_SCREEN.enableAgain}
        </Button>
      );
    case 'put-back-or-leave':
      return (
        <>
          <Button action={leave}>{MAILBOX_SCREEN.leave}</Button>
          <Button kind="primary" action={putBack}>
            {MAILBOX_SCREEN.putBack}
          </Button>
        </>
      );
    case 'closed-it':
      return (
        <Button kind="primary" action={finish}>
          {MAILBOX_SCREEN.closedIt}
        </Button>
      );
    case 'try-again':
      return (
        <Button kind="primary" action={finish}>
          {MAILBOX_SCREEN.tryAgain}
        </Button>
      );
    case 'look-again':
      return (
        <Button kind="primary" action={lookAgain}>
          {MAILBOX_SCREEN.lookAgain}
        </Button>
      );
  }
}
