import type { Profile } from '../identity/index.ts';
import type { SequenceId } from '../sealing/index.ts';
import type { Fold } from './fold.ts';
import type { Outcome, SequenceFault } from './outcome.ts';
import type { ReadBy } from './reader.ts';
import type { SequenceState } from './sequence-state.ts';

/** A sequence as far as it was read, with what the catalog holds then. */
export interface Reading {
  readonly state: SequenceState;
  readonly fold: Fold;
}

/** What came of reading several entries. */
export interface RangeRead {
  /** With all entries up to the one that stopped it. */
  readonly reading: Reading;
  /** One for each of those. */
  readonly outcomes: readonly Outcome[];
  /** What stopped it, or `null` where all were read. */
  readonly fault: SequenceFault | null;
}

/** The beginning of a catalog; `null` where the profile has no such sequence. */
export declare function startReading(profile: Profile, sequence: SequenceId): Reading | null;

/** Reads the entries that follow, in their order, and folds them. Without entries it looks whether the profile still fits. */
export declare function readRange(reading: Reading, by: ReadBy, entries: readonly Uint8Array[]): Promise<RangeRead>;
