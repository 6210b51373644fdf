import type { DeviceView } from '@endymail/shared/account';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { DEVICE, deviceFacts, deviceLines, deviceName } from '../../text/devices.ts';
import { RemoveDeviceDialog } from './remove-device-dialog.tsx';

interface DeviceDialogProps {
  readonly device: DeviceView;
  readonly onClose: () => void;
}

/** All that is known of one device, with the ways to end what it may. */
export function DeviceDialog({ device, onClose }: DeviceDialogProps) {
  const client = useClient();
  const now = useNow();
  const isAdmin = useView(({ account }) => account?.device.mayApprove ?? false);
  const [isRemoving, setRemoving] = useState(false);
  const isSuspended = device.state === 'suspended';
  const suspension = useAction(() => (isSuspended ? client.resumeDevice(device.id) : client.suspendDevice(device.id)));
  if (isRemoving) return <RemoveDeviceDialog device={device} onClose={onClose} />;
  const isOther = !device.isThis && device.state !== 'removed';
  return (
    <Dialog
      title={deviceName(device)}
      isTitleFirst
      onClose={onClose}
      bar={
        <>
          {isOther && isAdmin && (
            <div className="dialog__end">
              <Button
                kind="danger"
                onClick={() => {
                  setRemoving(true);
                }}
              >
                {DEVICE.remove}
              </Button>
              <Button action={suspension} describedBy="suspend-means">
                {isSuspended ? DEVICE.resume : DEVICE.suspend}
              </Button>
            </div>
          )}
          <Button kind="primary" onClick={onClose}>
            {COMMON.close}
          </Button>
        </>
      }
    >
      <dl className="claims">
        {deviceLines(device, now).map(({ name, value }) => (
          <Line key={name} name={name} value={value} />
        ))}
      </dl>
      {isOther && (
        <p className="muted hint" id="suspend-means">
          {isAdmin ? (isSuspended ? DEVICE.resumeMeans : DEVICE.suspendMeans) : DEVICE.cannot}
        </p>
      )}
      <ActionFailure action={suspension} />
      <Details groups={[{ facts: deviceFacts(device) }]} />
    </Dialog>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
