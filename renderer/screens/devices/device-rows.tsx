import type { DeviceView } from '@endymail/shared/account';
import { deviceDrawing } from '../../components/device-drawing.ts';
import { Row } from '../../components/row.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useNow } from '../../state/use-now.ts';
import { DEVICES, deviceName, deviceSub } from '../../text/devices.ts';

interface DeviceRowsProps {
  readonly devices: readonly DeviceView[];
  readonly onOpen: (device: DeviceView) => void;
}

/** Devices with the drawing of their system, each leading to all that is known of it. */
export function DeviceRows({ devices, onOpen }: DeviceRowsProps) {
  const now = useNow();
  return (
    <ul className="list list--closed list--devices">
      {devices.map((device) => (
        <li key={device.id}>
          <Row
            icon={deviceDrawing(device.platform)}
            name={deviceName(device)}
            sub={deviceSub(device, now)}
            end={<DeviceMark device={device} />}
            onOpen={() => {
              onOpen(device);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function DeviceMark({ device }: { readonly device: DeviceView }) {
  if (device.isThis) return <StateMark mark="protected">{DEVICES.thisDevice}</StateMark>;
  if (device.state === 'suspended') return <StateMark mark="needs">{DEVICES.suspended}</StateMark>;
  return device.state === 'removed' ? <StateMark mark="off">{DEVICES.removed}</StateMark> : null;
}
