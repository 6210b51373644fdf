import { err, ok, type Result } from '../result/index.ts';
import type { Hash32, KeyId } from '../sealing/public.ts';
import type { Link } from './link.ts';
import { activeDevice, type Profile } from './profile.ts';

/**
 * The profile in which a device has another X-Wing key, to which the keys of later epochs are wrapped (R27). Only the
 * device itself says so: whoever could say it for another one would read on in its place. Errors: as `extendProfile`.
 */
export function withReplacedKeys(
  profile: Profile,
  link: Link,
  of: { readonly device: KeyId; readonly kem: Hash32; readonly signer: KeyId },
): Result<Profile, 'not-allowed' | 'malformed' | 'used-before'> {
  const device = activeDevice(profile, of.device);
  if (device === null || of.signer !== of.device) return err('not-allowed');
  if (link.bundle === null) return err('malformed');
  const isUsed = of.kem === profile.recoveryKem || [...profile.devices.values()].some(({ kem }) => kem === of.kem);
  if (isUsed) return err('used-before');
  const next = { ...device, kem: of.kem, kemTime: link.time };
  return ok({ ...profile, devices: new Map([...profile.devices, [device.id, next]]) });
}
