import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { RESTORE } from '../../text/backup.ts';
import { COMMON } from '../../text/common.ts';
import type { RestoreEnd } from './restored.tsx';

interface StartOverProps {
  /** The question stands open at the beginning: the person has just asked for it elsewhere. */
  readonly isAskedAtOnce: boolean;
  readonly onEnd: (end: RestoreEnd) => void;
}

/** The way without a backup: what it means, and a second step before it is done. */
export function StartOver({ isAskedAtOnce, onEnd }: StartOverProps) {
  const client = useClient();
  const [isAsking, setAsking] = useState(isAskedAtOnce);
  const over = useAction(
    () => client.startOver(),
    ({ setAsideAs }) => {
      onEnd({ kind: 'started-over', setAsideAs });
    },
  );
  const close = () => {
    setAsking(false);
  };
  return (
    <Section title={RESTORE.startOverHeading}>
      <p className="prose is-muted">{RESTORE.startOverText}</p>
      <div className="buttons after-list">
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          {RESTORE.startOver}
        </Button>
      </div>
      {isAsking && (
        <Dialog
          title={RESTORE.startOverAsk}
          onClose={close}
          bar={
            <>
              <Button onClick={close}>{COMMON.cancel}</Button>
              <Button kind="danger" action={over}>
                {RESTORE.startOverConfirm}
              </Button>
            </>
          }
        >
          <p className="lead">{RESTORE.startOverText}</p>
          <ActionFailure action={over} />
        </Dialog>
      )}
    </Section>
  );
}
