import { err, ok, type Result } from '../result/index.ts';
import type { KeyId } from '../sealing/public.ts';
import type { Link } from './link.ts';
import type { Act, Device, Profile } from './profile.ts';
import { ROLES, hasRoles } from './roles.ts';

/** How long a great act waits, and how old an admin device must be for one (docs/protocol.md §4). */
export const ACT_WAIT_SECONDS = 72 * 3_600;

/** Whether a device has been in the account for the time that a great act waits, at a time that a link states. */
export const isGrown = ({ addedTime }: Device, seconds: number): boolean => seconds >= addedTime + ACT_WAIT_SECONDS;

/** Whether one device was added before another one. Two are never added at once. */
export const isOlder = (profile: Profile, one: KeyId, other: KeyId): boolean =>
  (profile.devices.get(one)?.addedAt ?? Infinity) < (profile.devices.get(other)?.addedAt ?? -1);

/** The profile in which the removal of an admin device is announced. Errors: as `extendProfile`. */
export function withAnnounced(
  profile: Profile,
  link: Link,
  of: { readonly device: KeyId; readonly signer: KeyId },
): Result<Profile, 'not-allowed' | 'malformed' | 'unknown-device' | 'used-before'> {
  if (link.bundle !== null) return err('malformed');
  const signer = profile.devices.get(of.signer);
  const target = profile.devices.get(of.device);
  if (target?.removed !== null || !hasRoles(target.roles, ROLES.admin)) return err('unknown-device');
  if (signer === undefined || signer.id === target.id || !isGrown(signer, link.time)) return err('not-allowed');
  if ([...profile.acts.values()].some(({ by, device }) => by === signer.id && device === target.id)) {
    return err('used-before');
  }
  const act: Act = { index: link.index, device: target.id, by: signer.id, time: link.time };
  return ok({ ...profile, acts: new Map([...profile.acts, [link.index, act]]) });
}

/** Whether this device, or root, may call an act off: whoever announced it, and every older admin device. */
export const mayCancel = (profile: Profile, act: Act, by: KeyId): boolean =>
  act.by === by || isOlder(profile, by, act.by);

/** The profile in which an act is called off. `signer` null: root. Errors: as `extendProfile`. */
export function withCancelled(
  profile: Profile,
  link: Link,
  of: { readonly act: number; readonly signer: KeyId | null },
): Result<Profile, 'not-allowed' | 'malformed' | 'unknown-act'> {
  if (link.bundle !== null) return err('malformed');
  const act = profile.acts.get(of.act);
  if (act === undefined) return err('unknown-act');
  if (of.signer !== null && !mayCancel(profile, act, of.signer)) return err('not-allowed');
  return ok({ ...profile, acts: new Map([...profile.acts].filter(([index]) => index !== of.act)) });
}

/**
 * Whether an admin device may carry out an act at this time: one that waits, is about that device, and has waited. Only a
 * device that could have announced it itself at that time.
 */
export function mayComplete(
  profile: Profile,
  of: { readonly act: number; readonly device: KeyId; readonly signer: KeyId; readonly seconds: number },
): boolean {
  const act = profile.acts.get(of.act);
  const signer = profile.devices.get(of.signer);
  if (act === undefined || signer === undefined || act.device !== of.device || signer.id === of.device) return false;
  return signer.addedAt < act.index && isGrown(signer, act.time) && of.seconds >= act.time + ACT_WAIT_SECONDS;
}

/** The acts without those of, or about, a device that can do none any more. */
export const actsWithout = ({ acts }: Profile, gone: KeyId, why: 'removed' | 'suspended'): ReadonlyMap<number, Act> =>
  new Map([...acts].filter(([, { by, device }]) => by !== gone && (why === 'suspended' || device !== gone)));
