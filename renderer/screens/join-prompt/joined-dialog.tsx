import type { DeviceView } from '@endymail/shared/account';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DevicePair } from '../../components/device-pair.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DoneRow } from '../../components/done-row.tsx';
import { useView } from '../../state/use-page.ts';
import { deviceName } from '../../text/devices.ts';
import { JOINED, joinedTitle, pairLabel, pairSub, removeNow, sharedWords } from '../../text/join-prompt.ts';
import { RemoveDeviceDialog } from '../devices/remove-device-dialog.tsx';

interface JoinedDialogProps {
  readonly device: DeviceView;
  /** How it came in: by the six digits, or by an invitation that was made here. */
  readonly isInvited?: boolean;
  readonly onClose: () => void;
}

/** The same picture as on the other device: which one, approved, shared; and *Remove* for second thoughts. */
export function JoinedDialog({ device, isInvited = false, onClose }: JoinedDialogProps) {
  const here = useView(({ account }) => account?.device ?? null);
  const sync = useView(({ account }) => account?.sync ?? null);
  const mailboxes = useView((view) => view.mailboxes.rows.filter(({ state }) => state !== 'off').length);
  const people = useView((view) => view.people.length);
  const [isRemoving, setRemoving] = useState(false);
  const name = deviceName(device);
  if (isRemoving) return <RemoveDeviceDialog device={device} onClose={onClose} />;
  const isShared = sync !== null && sync.unsent === 0 && sync.problem === null;
  const hereName = here === null || here.name === '' ? JOINED.thisComputer : here.name;
  return (
    <Dialog
      title={joinedTitle(name)}
      isTitleFirst
      onClose={onClose}
      bar={
        <>
          <Button
            kind="danger"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {removeNow(name)}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {JOINED.done}
          </Button>
        </>
      }
    >
      <p className="lead">{JOINED.lead}</p>
      <DevicePair
        label={pairLabel(hereName, name)}
        devices={[
          { name: hereName, sub: pairSub(here?.platform ?? '', JOINED.approvedIt), platform: here?.platform ?? '' },
          { name, sub: pairSub(device.platform, JOINED.hasJoined), platform: device.platform },
        ]}
      />
      <ul className="list list--closed">
        <DoneRow mark="done" name={JOINED.approved} sub={isInvited ? JOINED.invitedSub : JOINED.approvedSub} />
        <DoneRow
          mark={isShared ? 'done' : 'now'}
          name={isShared ? JOINED.shared : JOINED.sharing}
          sub={sharedWords(mailboxes, people)}
        />
        {device.mayApprove && <DoneRow mark="done" name={JOINED.mayApprove} sub={JOINED.mayApproveSub} />}
      </ul>
      <p className="muted hint">{JOINED.itsMailboxes}</p>
    </Dialog>
  );
}
