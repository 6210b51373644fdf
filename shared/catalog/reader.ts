import type { Profile } from '../identity/index.ts';
import type { Redacted, Result } from '../result/index.ts';
import type { Hash32, KeyId } from '../sealing/index.ts';
import type { Outcome, SequenceFault } from './outcome.ts';
import type { SequenceState } from './sequence-state.ts';

/**
 * The keys of one sequence by epoch. `null`: the bundle was read and holds no right key, so that what is sealed under
 * it is skipped. An epoch that is missing stops the reading until its bundle is there.
 */
export type EpochKeys = ReadonlyMap<number, Redacted<Uint8Array> | null>;

/** What this device wrote last into the sequence: the last entry that it signed, whether or not it was sent. */
export interface OwnRecord {
  readonly device: KeyId;
  /** 0 before the first. */
  readonly counter: number;
  /** The SHA-256 of that entry; `null` before the first. */
  readonly last: Hash32 | null;
}

/** By what a sequence is read. */
export interface ReadBy {
  readonly profile: Profile;
  readonly keys: EpochKeys;
  /** Of the device that reads; `null` where it has no part in the sequence. */
  readonly own: OwnRecord | null;
}

/**
 * Reads the next entry of a sequence (§6): verifies it, tells what it comes to, and moves the state behind it. On a
 * fault the state stays; what to do then stands at each.
 */
export declare function readEntry(
  state: SequenceState,
  by: ReadBy,
  bytes: Uint8Array,
): Promise<Result<{ readonly state: SequenceState; readonly outcome: Outcome }, SequenceFault>>;
