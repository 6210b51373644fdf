import type { WindowClient } from '@endymail/shared/ipc';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useNow } from '../../state/use-now.ts';
import { COMMON } from '../../text/common.ts';
import { deviceName, holdsFromWords, REMOVE_DEVICE, renewedWords } from '../../text/devices.ts';

type Answer = Awaited<ReturnType<WindowClient['removeDevice']>>;
/** What removing a device came to. */
export type Removal = Extract<Answer, { readonly ok: true }>['value'];

interface DeviceRemovedDialogProps {
  readonly removal: Removal;
  readonly onClose: () => void;
}

/** Removed, with what is left to do; or announced, and from when it holds. */
export function DeviceRemovedDialog({ removal, onClose }: DeviceRemovedDialogProps) {
  const now = useNow();
  const name = deviceName(removal.device);
  const isDone = removal.kind === 'removed';
  return (
    <Dialog
      title={isDone ? REMOVE_DEVICE.done(name) : REMOVE_DEVICE.announced(name)}
      isTitleFirst
      onClose={onClose}
      bar={
        <Button kind="primary" onClick={onClose}>
          {COMMON.close}
        </Button>
      }
    >
      {isDone ? (
        <>
          <p className="lead">{REMOVE_DEVICE.doneSub}</p>
          <p className="hint">{renewedWords(removal.renewed)}</p>
          {removal.tasks.length > 0 && (
            <>
              <p className="section">{REMOVE_DEVICE.tasks}</p>
              <ul className="plain-points">
                {removal.tasks.map((task) => (
                  <li key={task}>{task}</li>
                ))}
              </ul>
              <p className="muted hint">{REMOVE_DEVICE.tasksStay}</p>
            </>
          )}
        </>
      ) : (
        <>
          <p className="lead">{holdsFromWords(removal.holdsFrom, now)}</p>
          <p className="muted hint">{REMOVE_DEVICE.announcedMeans}</p>
        </>
      )}
    </Dialog>
  );
}
