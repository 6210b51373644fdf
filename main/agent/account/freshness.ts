import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  itemIdOfConfirmation,
  itemOf,
  itemsOf,
  sequencePassed,
  upsertOf,
  type ConfirmationItem,
  type PlannedChange,
  type Reading,
} from '@endymail/shared/catalog';
import {
  activeDevices,
  isAdmin,
  passedThrough,
  sameHead,
  sequenceOf,
  signerOfLink,
  type Device,
  type Profile,
} from '@endymail/shared/identity';
import type { KeyId, SequenceId } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { DAY_SECONDS, accountTime } from './account-time.ts';
import type { Chain } from './follow-chain.ts';
import { timeOf } from './items-of-state.ts';
import { foldsOf, type Member } from './member.ts';
import { takeIn } from './take-in.ts';

/** A device that may approve others says so often that it is there (docs/protocol.md §6). */
const CONFIRM_EVERY_DAYS = 7;

/** So long may all others say nothing. */
const CONFIRMED_DAYS = 14;

type Readings = ReadonlyMap<SequenceId, Reading>;

/** What this device is to say of how far it has seen the account; null: nothing now, or nobody is there to hear it. */
export function confirmationDue(profile: Profile, readings: Readings, own: KeyId, now: Date): PlannedChange | null {
  const reading = devicesReading(profile, readings);
  if (reading === null || !isAdmin(profile, own) || activeDevices(profile).length < 2) return null;
  const time = accountTime(profile, now);
  const last = itemOf(reading.fold, itemIdOfConfirmation(own))?.item;
  const isSaid =
    last?.kind === 'confirmation' &&
    sameHead(last.chain, profile.head) &&
    time < last.time + CONFIRM_EVERY_DAYS * DAY_SECONDS;
  if (isSaid) return null;
  const heads = Array.from(readings, ([sequence, { state }]) => ({ sequence, head: state.head }));
  return upsertOf(reading.fold, { kind: 'confirmation', device: own, time, chain: profile.head, heads });
}

/**
 * When another device last confirmed what this one sees of the account, in seconds since 1970; null: there is no other
 * one that may approve devices, so that nobody could. What does not agree with what was read here confirms nothing, and
 * neither does what one device says for another, nor what a device says that was removed.
 */
function confirmedSeconds(profile: Profile, readings: Readings, own: KeyId): number | null {
  const others = activeDevices(profile).filter(({ id }) => id !== own && isAdmin(profile, id));
  if (others.length === 0) return null;
  const reading = devicesReading(profile, readings);
  const said = (reading === null ? [] : itemsOf(reading.fold)).flatMap(({ item, writer }) =>
    item.kind === 'confirmation' && item.device === writer && others.some(({ id }) => id === writer) ? [item] : [],
  );
  const agreeing = said.filter((item) => agrees(item, profile, readings)).map(({ time }) => time);
  // Whoever has just come, or has just been let in, was shown the account by another one then.
  const since = [profile.devices.get(own), ...others].map((device: Device | undefined) => device?.addedTime ?? 0);
  return Math.max(...agreeing, ...since);
}

function agrees({ chain, heads }: ConfirmationItem, profile: Profile, readings: Readings): boolean {
  const isRead = ({ sequence, head }: (typeof heads)[number]): boolean => {
    const state = readings.get(sequence)?.state;
    return state === undefined || sequencePassed(state, head) === true;
  };
  return passedThrough(profile, chain) && heads.every(isRead);
}

/**
 * Whether what the others changed of keys and devices may be taken over: not where no other device that may approve
 * others has confirmed it for 14 days. A service that shows an old account, in which a removed device still writes, gets
 * no further (R13). What this device itself changes, and an account of one such device, are never stopped.
 * Error: `account-unconfirmed`.
 */
export async function mayTakeOver(
  parts: AccountParts,
  of: { readonly chain: Chain; readonly before: Readings; readonly after: Readings; readonly own: KeyId },
): Promise<Result<void, Failure>> {
  const { chain, before, after, own } = of;
  const { profile } = chain;
  const confirmed = confirmedSeconds(profile, after, own);
  const now = accountTime(profile, parts.now());
  if (confirmed === null || now < confirmed + CONFIRMED_DAYS * DAY_SECONDS) return ok();
  const isChanged = (await areDevicesChanged(parts, chain, own)) || (await areKeysChanged(parts, before, after));
  return isChanged ? err(failure('account-unconfirmed', undefined, timeOf(confirmed).toISOString())) : ok();
}

async function areDevicesChanged(parts: AccountParts, { profile, links }: Chain, own: KeyId): Promise<boolean> {
  for (const link of links.slice(accountOf(parts).chainHead.count)) {
    if ((await signerOfLink(profile, link)) !== own) return true;
  }
  return false;
}

async function areKeysChanged(parts: AccountParts, before: Readings, after: Readings): Promise<boolean> {
  const isRead = [...after].some(([id, { state }]) => {
    const known = before.get(id)?.state.head;
    return known === undefined || !sameHead(known, state.head);
  });
  if (!isRead) return false;
  const state = parts.state();
  const { withheld } = accountOf(parts);
  const taken = await takeIn({ state, withheld, base: foldsOf(before), folds: foldsOf(after), now: parts.now() });
  return taken.state.mailboxes !== state.mailboxes || taken.state.people !== state.people;
}

function devicesReading(profile: Profile, readings: Readings): Reading | null {
  const id = sequenceOf(profile, 'devices')?.id;
  return (id === undefined ? undefined : readings.get(id)) ?? null;
}

/** The same of what a device has read so far. */
export const confirmedOf = ({ chain, readings, keys }: Member): Date | null => {
  const seconds = chain === null ? null : confirmedSeconds(chain.profile, readings, keys.signing.id);
  return seconds === null ? null : timeOf(seconds);
};
