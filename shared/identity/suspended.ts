import { err, ok, type Result } from '../result/index.ts';
import type { KeyId } from '../sealing/public.ts';
import { actsWithout, isGrown, isOlder } from './acts.ts';
import { isOfAll, withEpochs } from './begun-epochs.ts';
import type { Link, StatedEpoch, StatedHead } from './link.ts';
import { activeDevices, isSuspended, type Device, type Pause, type Profile } from './profile.ts';
import { ROLES, hasRoles } from './roles.ts';

/** A device's suspension, or its end, as a link states it. */
export interface Suspending {
  readonly device: KeyId;
  /** 0: it is suspended; its own again: it is resumed. */
  readonly roles: number;
  readonly heads: readonly StatedHead[];
  readonly epochs: readonly StatedEpoch[];
  /** Null: root. */
  readonly signer: KeyId | null;
}

/**
 * Whether a device may suspend or resume another one at this time. An admin device is safe from those that came after it
 * and are too young for a great act: or whoever has one open computer adds a device and shuts out the others with it.
 */
export function maySuspend(profile: Profile, signer: KeyId, device: Device, seconds: number): boolean {
  const by = profile.devices.get(signer);
  if (by === undefined || by.id === device.id) return false;
  return !hasRoles(device.roles, ROLES.admin) || isOlder(profile, by.id, device.id) || isGrown(by, seconds);
}

/** The profile in which a device is suspended or resumed, with an epoch begun everywhere. Errors: as `extendProfile`. */
export function withSuspended(
  profile: Profile,
  link: Link,
  of: Suspending,
): Result<Profile, 'not-allowed' | 'malformed' | 'unknown-device' | 'bad-roles' | 'bad-sequences'> {
  const device = profile.devices.get(of.device);
  if (device?.removed !== null) return err('unknown-device');
  if (of.signer !== null && !maySuspend(profile, of.signer, device, link.time)) return err('not-allowed');
  // What a device may do never grows, and it is said once.
  if (of.roles !== (isSuspended(device) ? device.roles : 0)) return err('bad-roles');
  if (link.bundle === null) return err('malformed');
  const heads = new Map(of.heads.map(({ sequence, head }) => [sequence, head]));
  const sequences = withEpochs(profile, link, heads, of.epochs);
  if (sequences === null || !isOfAll(profile, of.heads) || !isOfAll(profile, of.epochs)) return err('bad-sequences');
  const pause: Pause = { from: link.index, fromHeads: heads, to: null, toHeads: null };
  const last = device.pauses.at(-1);
  const pauses =
    last?.to === null
      ? [...device.pauses.slice(0, -1), { ...last, to: link.index, toHeads: heads }]
      : [...device.pauses, pause];
  const devices = new Map([...profile.devices, [device.id, { ...device, pauses }]]);
  const acts = of.roles === 0 ? actsWithout(profile, device.id, 'suspended') : profile.acts;
  const next: Profile = { ...profile, sequences, devices, acts };
  const hasAdmin = activeDevices(next).some(({ roles }) => hasRoles(roles, ROLES.admin));
  return hasAdmin ? ok(next) : err('not-allowed');
}
