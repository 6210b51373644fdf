import type { WorkView } from '@endymail/shared/ipc';
import type { ChangedByHandChoice } from '@endymail/shared/mail';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { failureText } from '../../text/failures.ts';
import { REMOVE } from '../../text/removal.ts';
import { waitsFor } from '../../text/work.ts';

interface RemoveDialogProps {
  readonly changedByHand: ChangedByHandChoice;
  readonly hasBackup: boolean;
  readonly onClose: () => void;
}

/** The second step. Where all of it was done, the shell shows that Endymail is removed; else this says what stopped it. */
export function RemoveDialog({ changedByHand, hasBackup, onClose }: RemoveDialogProps) {
  const client = useClient();
  const [stops, setStops] = useState<WorkView['waiting']>([]);
  const removal = useAction(
    () => client.remove({ changedByHand }),
    ({ waiting }) => {
      setStops(waiting);
      void client.dismissJob();
    },
  );
  return (
    <Dialog
      title={REMOVE.ask}
      onClose={onClose}
      bar={
        <>
          <Button onClick={onClose}>{COMMON.cancel}</Button>
          <Button kind="danger" action={removal}>
            {removal.isShown ? REMOVE.working : REMOVE.confirm}
          </Button>
        </>
      }
    >
      <p className="lead">{REMOVE.askText}</p>
      {!hasBackup && (
        <p className="hint">
          <strong>{REMOVE.noBackup}</strong>
        </p>
      )}
      <div role="status">{stops.length > 0 && <Stopped stops={stops} />}</div>
      <ActionFailure action={removal} />
    </Dialog>
  );
}

/** A removal finishes nothing later by itself: it is pressed again when nothing stands in the way any more. */
function Stopped({ stops }: { readonly stops: WorkView['waiting'] }) {
  return (
    <>
      <p className="hint">
        <strong>{REMOVE.stopped}</strong>
      </p>
      <ul className="points">
        {stops.map((stop) => {
          const { says, advice, action } = failureText(stop.failure);
          const isOpen = action === 'closed-it';
          return <li key={stop.profileId}>{isOpen ? `${waitsFor(stop)} ${REMOVE.closeIt}` : `${says} ${advice}`}</li>;
        })}
      </ul>
    </>
  );
}
