import type { ChangedByHandChoice } from '@endymail/shared/mail';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { WorkOutcome } from '../../components/work-outcome.tsx';
import { useClient } from '../../state/use-page.ts';
import { useWork } from '../../state/use-work.ts';
import { COMMON } from '../../text/common.ts';
import { REMOVE } from '../../text/removal.ts';

interface RemoveDialogProps {
  readonly changedByHand: ChangedByHandChoice;
  readonly hasBackup: boolean;
  readonly onClose: () => void;
}

/** The second step. Where all of it was done, the shell shows that Endymail is removed; else this says what stopped it. */
export function RemoveDialog({ changedByHand, hasBackup, onClose }: RemoveDialogProps) {
  const client = useClient();
  const removal = useWork(() => client.remove({ changedByHand }));
  return (
    <Dialog
      title={REMOVE.ask}
      onClose={onClose}
      bar={
        <>
          <Button onClick={onClose}>{COMMON.cancel}</Button>
          <Button kind="danger" action={removal.action}>
            {removal.action.isShown ? REMOVE.working : REMOVE.confirm}
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
      {removal.outcome !== null && removal.outcome.waiting.length > 0 && <p className="hint">{REMOVE.stopped}</p>}
      <WorkOutcome work={removal} done={REMOVE.done} />
    </Dialog>
  );
}
