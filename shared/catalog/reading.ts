import type { Profile } from '../identity/index.ts';
import type { SequenceId } from '../sealing/index.ts';
import { agreement } from './agreement.ts';
import { emptyFold, foldedAll, type Fold } from './fold.ts';
import type { Applied, Outcome, SequenceFault } from './outcome.ts';
import { readEntry, type ReadBy } from './reader.ts';
import { startSequence, type SequenceState } from './sequence-state.ts';

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
export function startReading(profile: Profile, sequence: SequenceId): Reading | null {
  const catalog = profile.sequences.get(sequence)?.catalog;
  if (catalog === undefined) return null;
  return { state: startSequence(profile.account, sequence), fold: emptyFold(catalog) };
}

/**
 * Reads the entries that follow, in their order, and folds them. Without entries it only looks whether the profile still
 * agrees with what was read.
 */
export async function readRange(reading: Reading, by: ReadBy, entries: readonly Uint8Array[]): Promise<RangeRead> {
  let { state } = reading;
  const applied: Applied[] = [];
  const outcomes: Outcome[] = [];
  for (const bytes of entries) {
    const read = await readEntry(state, by, bytes);
    if (!read.ok) return { reading: { state, fold: foldedAll(reading.fold, applied) }, outcomes, fault: read.error };
    ({ state } = read.value);
    const { outcome } = read.value;
    outcomes.push(outcome);
    if (outcome.kind === 'applied') applied.push(outcome);
  }
  const fault = agreement(state, by.profile);
  const chain = fault === null ? by.profile.head.count : state.chain;
  return { reading: { state: { ...state, chain }, fold: foldedAll(reading.fold, applied) }, outcomes, fault };
}
