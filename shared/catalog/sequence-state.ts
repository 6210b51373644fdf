import type { Head } from '../identity/index.ts';
import type { AccountId, Hash32, KeyId, SequenceId } from '../sealing/index.ts';
import type { HashLog } from './hash-log.ts';

/** What is known of one writer in one sequence, from its entries that had effect. */
export interface Writer {
  /** The counter of its latest entry. */
  readonly counter: number;
  /** The SHA-256 of that entry. */
  readonly last: Hash32;
  /** The length of the profile chain that it knew then. */
  readonly chain: number;
}

/** How far one sequence has been read. Immutable, and kept in the snapshot. */
export interface SequenceState {
  readonly account: AccountId;
  readonly sequence: SequenceId;
  readonly head: Head;
  /** The hashes of all heads up to this one, the first included, so that a head that somebody states can be looked for. */
  readonly passed: HashLog;
  /** The length of the profile chain by which it was read; it is never read by a shorter one again. */
  readonly chain: number;
  readonly writers: ReadonlyMap<KeyId, Writer>;
}

/** The beginning of a sequence, nothing read. */
export declare function startSequence(account: AccountId, sequence: SequenceId): SequenceState;

/** Whether the sequence went through `head`; `not-yet` where it has not been read so far. */
export declare function sequencePassed(state: SequenceState, head: Head): boolean | 'not-yet';
