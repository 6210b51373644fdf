import { Check } from 'lucide-react';
import { deviceDrawing } from './device-drawing.ts';
import { Icon } from './icon.tsx';

interface PairedDevice {
  readonly name: string;
  /** Below the name: "Linux, approved it". */
  readonly sub: string;
  /** As the device says it: "linux", "darwin", "win32". */
  readonly platform: string;
}

interface DevicePairProps {
  /** The whole picture in a sentence, for a screen reader. */
  readonly label: string;
  /** The one that approved, then the one that joined: the same picture on both. */
  readonly devices: readonly [PairedDevice, PairedDevice];
}

/** Two devices that belong to one account now. */
export function DevicePair({ label, devices: [approver, joined] }: DevicePairProps) {
  return (
    <div className="pair" role="img" aria-label={label}>
      <Device device={approver} />
      <div className="pair__link">
        <span>
          <Icon of={Check} />
        </span>
      </div>
      <Device device={joined} />
    </div>
  );
}

function Device({ device: { name, sub, platform } }: { readonly device: PairedDevice }) {
  return (
    <div className="pair__device">
      <Icon of={deviceDrawing(platform)} />
      <div className="row__name">{name}</div>
      <div className="row__sub">{sub}</div>
    </div>
  );
}
