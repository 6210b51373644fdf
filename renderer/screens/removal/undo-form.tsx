import type { ChangedByHandChoice, MailAddress } from '@endymail/shared/mail';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { WorkOutcome } from '../../components/work-outcome.tsx';
import { useClient, usePage } from '../../state/use-page.ts';
import { useWork } from '../../state/use-work.ts';
import { COMMON } from '../../text/common.ts';
import { FRAME } from '../../text/frame.ts';
import { ChangesChoice } from './changes-choice.tsx';
import { UndoProgress } from './undo-progress.tsx';
import { useChanges } from './use-changes.ts';

interface UndoFormProps {
  readonly addresses: readonly MailAddress[] | 'all';
  readonly button: string;
  readonly done: string;
}

/** What becomes of what was changed by hand, the button that undoes, what goes on, and how it ended. */
export function UndoForm({ addresses, button, done }: UndoFormProps) {
  const client = useClient();
  const { go, back } = usePage();
  const changes = useChanges(addresses);
  const [changedByHand, setChangedByHand] = useState<ChangedByHandChoice>('leave');
  const undo = useWork(() => client.disable(addresses, { changedByHand }));
  const isOver = undo.outcome !== null;
  return (
    <>
      {!isOver && <ChangesChoice changes={changes} value={changedByHand} onChange={setChangedByHand} />}
      {undo.action.isRunning && <UndoProgress />}
      <WorkOutcome work={undo} done={done} />
      <div className="buttons section">
        {isOver ? (
          <Button
            kind="primary"
            onClick={() => {
              go({ screen: 'home' });
            }}
          >
            {FRAME.home}
          </Button>
        ) : (
          <>
            <Button kind="danger" action={undo.action} disabled={changes.found === null && changes.action.isRunning}>
              {button}
            </Button>
            <Button onClick={back}>{COMMON.cancel}</Button>
          </>
        )}
      </div>
    </>
  );
}
