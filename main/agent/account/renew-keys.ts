import { ok, type Failure, type Result } from '@endymail/shared/result';
import {
  ALL_ROLES,
  activeDevice,
  currentEpoch,
  makeReplaceKeys,
  makeRotate,
  sequenceOf,
  type Profile,
} from '@endymail/shared/identity';
import { generateKemKey, type KeyId } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { DAY_SECONDS, accountTime } from './account-time.ts';
import { presentKeys, type ReadMember } from './approve.ts';
import { mayLink, postLink } from './link-out.ts';

/** An epoch lasts so long (docs/protocol.md §5). */
const EPOCH_DAYS = 90;

/** So long before its end each device makes a key of its own anew, so that the next epoch is wrapped to that one. */
const NEW_KEYS_BEFORE_DAYS = 14;

export type Linked = 'posted' | 'moved' | 'nothing';

/** Whether the epoch of some catalog has lasted long enough. `now`: seconds, of `accountTime`. */
function isRotationDue(profile: Profile, now: number): boolean {
  const began = [...profile.sequences.keys()].map((id) => currentEpoch(profile, id)?.time ?? now);
  return Math.min(...began) + EPOCH_DAYS * DAY_SECONDS <= now;
}

/** Whether this device's X-Wing key is to be replaced before the epochs end. `now`: as before. */
function isNewKeyDue(profile: Profile, device: KeyId, now: number): boolean {
  // Every device reads this one: all of them see one time.
  const id = sequenceOf(profile, 'devices')?.id;
  const began = id === undefined ? now : (currentEpoch(profile, id)?.time ?? now);
  const due = began + (EPOCH_DAYS - NEW_KEYS_BEFORE_DAYS) * DAY_SECONDS;
  return due <= now && (activeDevice(profile, device)?.kemTime ?? now) < due;
}

/**
 * Begins an epoch of every catalog, which a device does that reads all of them; each other one has nothing to do.
 * `moved`: another device was first.
 */
export async function rotate(parts: AccountParts, member: ReadMember): Promise<Result<Linked, Failure>> {
  const { chain, keys, readings } = member;
  const { profile } = chain;
  if (activeDevice(profile, keys.signing.id)?.roles !== ALL_ROLES) return ok('nothing');
  const free = mayLink(parts);
  if (!free.ok) return free;
  const made = await makeRotate({
    profile,
    admin: keys.signing,
    sequences: [...profile.sequences.keys()],
    heads: new Map([...readings].map(([id, { state }]) => [id, state.head])),
    epochKeys: presentKeys(chain, ALL_ROLES),
    kemKeys: chain.kemKeys,
    nowSeconds: accountTime(profile, parts.now()),
  });
  return postLink(parts, member, chain, made);
}

/**
 * Puts a new X-Wing key in the place of this device's: it lies sealed here before the service hears of it, and the old one
 * is erased once the link is in the chain. Whoever took a copy of this computer before can not read what comes under later
 * epochs (R27). `moved`: as before.
 */
export async function replaceKeys(parts: AccountParts, member: ReadMember): Promise<Result<Linked, Failure>> {
  const { chain, keys } = member;
  const free = mayLink(parts);
  if (!free.ok) return free;
  const kem = await generateKemKey();
  const { device } = accountOf(parts);
  const account = { ...accountOf(parts), device: { ...device, nextKemSeed: kem.seed } };
  const kept = await parts.update({ ...parts.state(), account });
  if (!kept.ok) return kept;
  const { profile } = chain;
  const nowSeconds = accountTime(profile, parts.now());
  return postLink(parts, member, chain, await makeReplaceKeys({ profile, device: keys.signing, kem, nowSeconds }));
}

/** What the calendar says: this device's key first, and then the epochs, so that these are wrapped to that one. */
export async function renewWhatIsDue(parts: AccountParts, member: ReadMember): Promise<Result<Linked, Failure>> {
  const { profile } = member.chain;
  const now = accountTime(profile, parts.now());
  // Nobody asked for it: what waits in the outbox goes first.
  if (!mayLink(parts).ok) return ok('nothing');
  if (isNewKeyDue(profile, member.keys.signing.id, now)) return replaceKeys(parts, member);
  return isRotationDue(profile, now) ? rotate(parts, member) : ok('nothing');
}
