import type { ActView } from '@endymail/shared/account';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  ACT_WAIT_SECONDS,
  ROLES,
  hasRoles,
  isGrown,
  makeAnnounce,
  makeCancel,
  mayCancel,
  mayComplete,
  type Act,
  type Profile,
} from '@endymail/shared/identity';
import type { KeyId } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { hasWaited } from './act-times.ts';
import type { ReadMember } from './approve.ts';
import { secondsOf, timeOf } from './items-of-state.ts';
import { mayLink, postLink } from './link-out.ts';

/** Announces the removal of an admin device. `moved`: another device was first; sync, and do it again. */
export async function announceRemoval(
  parts: AccountParts,
  member: ReadMember,
  id: string,
): Promise<Result<'posted' | 'moved', Failure>> {
  const { chain, keys } = member;
  const { profile } = chain;
  const target = [...profile.devices.values()].find((one) => one.id === id);
  const own = profile.devices.get(keys.signing.id);
  if (target?.removed !== null || own === undefined) return err(failure('device-unknown'));
  if (target.id === own.id) return err(failure('device-this'));
  if (!hasRoles(target.roles, ROLES.admin)) return err(failure('act-not-needed'));
  // Announced before, by this device whose answer was lost: it waits already.
  if (actAbout(profile, own.id, target.id) !== null) return ok('posted');
  const nowSeconds = secondsOf(parts.now());
  if (!isGrown(own, nowSeconds)) return err(failure('act-too-young'));
  const free = mayLink(parts);
  if (!free.ok) return free;
  const made = await makeAnnounce({ profile, admin: keys.signing, device: target.id, nowSeconds });
  return postLink(parts, member, chain, made);
}

/** Calls an act off. `moved`: as above. */
export async function cancelAct(
  parts: AccountParts,
  member: ReadMember,
  id: string,
): Promise<Result<'posted' | 'moved', Failure>> {
  const { chain, keys } = member;
  const act = [...chain.profile.acts.values()].find(({ index }) => String(index) === id);
  if (act === undefined) return err(failure('act-unknown'));
  if (!mayCancel(chain.profile, act, keys.signing.id)) return err(failure('act-not-older'));
  const free = mayLink(parts);
  if (!free.ok) return free;
  const nowSeconds = secondsOf(parts.now());
  const made = await makeCancel({ profile: chain.profile, signer: keys.signing, act: act.index, nowSeconds });
  return postLink(parts, member, chain, made);
}

/** The act by which this device may remove another one now; null: there is none, or it still waits. */
export function dueAct(parts: AccountParts, profile: Profile, own: KeyId, device: KeyId): Act | null {
  const seconds = secondsOf(parts.now());
  const acts = [...profile.acts.values()].filter((act) => {
    const may = mayComplete(profile, { act: act.index, device, signer: own, seconds });
    return may && hasWaited(accountOf(parts), act, seconds);
  });
  return acts[0] ?? null;
}

/** The devices whose removal this device announced and may carry out now. */
export const dueHere = (parts: AccountParts, profile: Profile, own: KeyId): readonly KeyId[] =>
  [...profile.acts.values()]
    .filter(({ by, device }) => by === own && dueAct(parts, profile, own, device) !== null)
    .map(({ device }) => device);

/** Whether the removal of a device waits. */
export const isAnnounced = ({ acts }: Profile, id: KeyId): boolean =>
  [...acts.values()].some(({ device }) => device === id);

/** What this device has announced about another one. */
const actAbout = ({ acts }: Profile, own: KeyId, id: KeyId): Act | null =>
  [...acts.values()].find(({ by, device }) => by === own && device === id) ?? null;

/** The acts that wait, as a person sees them. `nameOf`: what a device is called. */
export const actViews = (profile: Profile, own: KeyId, nameOf: (id: KeyId) => string): readonly ActView[] =>
  [...profile.acts.values()].map((act) => ({
    id: String(act.index),
    kind: 'remove-device',
    deviceId: act.device,
    deviceName: nameOf(act.device),
    byId: act.by,
    byName: nameOf(act.by),
    announcedAt: timeOf(act.time).toISOString(),
    holdsFrom: timeOf(act.time + ACT_WAIT_SECONDS).toISOString(),
    mayCancel: mayCancel(profile, act, own) && hasRoles(profile.devices.get(own)?.roles ?? 0, ROLES.admin),
  }));
