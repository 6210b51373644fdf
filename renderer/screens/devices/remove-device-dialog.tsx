import type { DeviceView } from '@endymail/shared/account';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { deviceName, newKeysWords, REMOVE_DEVICE } from '../../text/devices.ts';
import { DeviceRemovedDialog, type Removal } from './device-removed-dialog.tsx';

interface RemoveDeviceDialogProps {
  readonly device: DeviceView;
  readonly onClose: () => void;
}

/** What removing means, before it is done. One that may approve others takes the recovery words, or three days. */
export function RemoveDeviceDialog({ device, onClose }: RemoveDeviceDialogProps) {
  const client = useClient();
  const mailboxes = useView((view) => view.mailboxes.rows.filter(({ state }) => state !== 'off').length);
  const hasWordsHere = useView(({ account }) => account?.words === 'to-be-written-down');
  const [words, setWords] = useState('');
  const [removal, setRemoval] = useState<Removal | null>(null);
  const remove = useAction(() => client.removeDevice(device.id, words.trim() === '' ? null : words.trim()), setRemoval);
  const announce = useAction(() => client.removeDevice(device.id, null), setRemoval);
  if (removal !== null) return <DeviceRemovedDialog removal={removal} onClose={onClose} />;
  const needsWords = device.mayApprove && !hasWordsHere;
  return (
    <Dialog
      title={REMOVE_DEVICE.heading(deviceName(device))}
      isTitleFirst
      onClose={onClose}
      bar={
        <>
          <Button onClick={onClose}>{COMMON.cancel}</Button>
          <div className="dialog__end">
            {needsWords && (
              <Button action={announce} disabled={remove.isRunning}>
                {REMOVE_DEVICE.announce}
              </Button>
            )}
            <Button kind="danger" action={remove} disabled={announce.isRunning || (needsWords && words.trim() === '')}>
              {remove.isShown ? REMOVE_DEVICE.working : REMOVE_DEVICE.confirm}
            </Button>
          </div>
        </>
      }
    >
      <ul className="plain-points section">
        <li>{REMOVE_DEVICE.learnsNothing}</li>
        <li>{newKeysWords(mailboxes)}</li>
        {mailboxes > 0 && <li>{REMOVE_DEVICE.newFile}</li>}
        <li>{REMOVE_DEVICE.lost}</li>
      </ul>
      {needsWords && (
        <>
          <p className="section">{REMOVE_DEVICE.needsWords}</p>
          <TextArea label={REMOVE_DEVICE.words} value={words} onChange={setWords} hint={REMOVE_DEVICE.wordsHint} />
          <p className="muted hint">{REMOVE_DEVICE.announceMeans}</p>
        </>
      )}
      <ActionFailure action={remove} />
      <ActionFailure action={announce} />
    </Dialog>
  );
}
