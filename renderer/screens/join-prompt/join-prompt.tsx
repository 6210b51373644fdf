import { useState } from 'react';
import { putOffAll, read } from '../../state/asking.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { DigitsForm } from './digits-form.tsx';
import { JoinedDialog } from './joined-dialog.tsx';
import { EndedDialog, FailedDialog, TurnedAwayDialog, WaitingDialog } from './outcome-dialogs.tsx';

/** The question about one device, from its six digits to how it ended. Another one never slips into its place. */
export function JoinPrompt({ id }: { readonly id: string }) {
  const client = useClient();
  const { store } = usePage();
  const { devices, answered } = useView((view) => view.pending);
  const [isTryingAgain, setTryingAgain] = useState(false);
  const request = devices.find((one) => one.id === id) ?? null;
  const answer = answered?.id === id ? answered : null;

  const later = (): void => {
    store.setState(({ view }) => (view === null ? {} : { asking: putOffAll(view.pending) }));
  };
  const done = (): void => {
    store.setState(({ view, asking }) => (view === null ? {} : { asking: read(asking, view.pending) }));
    if (answer !== null) void client.dismissAnswer();
  };

  switch (answer?.kind) {
    case 'approved':
      return <JoinedDialog device={answer.device} onClose={done} />;
    case 'rejected':
      return <TurnedAwayDialog onClose={done} />;
    case 'unanswered':
      return <WaitingDialog onClose={later} />;
    case 'failed':
      if (request === null || !isTryingAgain) {
        return (
          <FailedDialog
            why={answer.why}
            onAgain={
              request === null
                ? null
                : () => {
                    setTryingAgain(true);
                    void client.dismissAnswer();
                  }
            }
            onClose={done}
          />
        );
      }
      break;
    case 'approving':
    case undefined:
      break;
  }
  if (request !== null)
    return <DigitsForm request={request} isApproving={answer?.kind === 'approving'} onLater={later} />;
  return answer === null ? <EndedDialog onClose={done} /> : <WaitingDialog onClose={later} />;
}
