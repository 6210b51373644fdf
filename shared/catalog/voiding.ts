import { hasRoles, passedThrough, type Pause, type Profile, type Sequence } from '../identity/index.ts';
import { ok } from '../result/index.ts';
import type { Hash32, KeyId, SequenceId } from '../sealing/index.ts';
import type { Opened } from './opening.ts';
import { writerOf, type SequenceState, type Writer } from './sequence-state.ts';
import { stopped, voided, type Placed, type Verdict } from './verdict.ts';

/** What this device wrote last into the sequence: the last entry that it signed, whether or not it was sent. */
export interface OwnRecord {
  readonly device: KeyId;
  /** 0 before the first. */
  readonly counter: number;
  /** The SHA-256 of that entry; `NO_ENTRY` before the first. */
  readonly last: Hash32;
}

/** Whether the writer may write at this place at all, by what the chain says of it. */
export function judgeWriter({ signer, index }: Placed, profile: Profile, sequence: Sequence): Verdict<void> {
  const writer = profile.devices.get(signer);
  const end = writer?.removed?.heads.get(sequence.id);
  if (end !== undefined && index >= end.count) return voided('after-removal');
  if (writer?.pauses.some((pause) => isIn(pause, sequence.id, index)) === true) return voided('suspended');
  return writer !== undefined && hasRoles(writer.roles, sequence.roles) ? ok() : voided('no-right');
}

/** Whether an index lies in the part of a sequence in which a device was suspended. */
const isIn = ({ fromHeads, toHeads }: Pause, sequence: SequenceId, index: number): boolean =>
  index >= (fromHeads.get(sequence)?.count ?? Infinity) && index < (toHeads?.get(sequence)?.count ?? Infinity);

/** Whether what the writer states of its own past and of the chain agrees with what is known of both. */
export function judgeContent(
  state: SequenceState,
  placed: Placed,
  { content, epoch }: Opened,
  by: { readonly profile: Profile; readonly own: OwnRecord | null },
): Verdict<Writer> {
  const { counter, ownPrevious, chain } = content;
  if (chain.count > by.profile.head.count) return stopped('needs-chain');
  if (!passedThrough(by.profile, chain)) return voided('other-chain');
  if (chain.count <= epoch.link) return voided('before-epoch');
  const addedAt = by.profile.devices.get(placed.signer)?.addedAt ?? Infinity;
  if (chain.count <= addedAt) return voided('no-right');
  const known = writerOf(state, placed.signer);
  const twice = counter <= known.counter || (counter === known.counter + 1 && ownPrevious !== known.last);
  if (placed.signer === by.own?.device && (twice || !isOwn(by.own, counter, placed.hash)))
    return stopped('copied-device');
  if (twice) return voided('copied');
  if (chain.count < known.chain) return voided('chain-back');
  return ok({ counter, last: placed.hash, chain: chain.count });
}

/** Whether this device wrote the entry, by its own record. What lies before its last one was compared when it was last. */
const isOwn = (own: OwnRecord, counter: number, hash: Hash32): boolean =>
  counter < own.counter || (counter === own.counter && hash === own.last);
