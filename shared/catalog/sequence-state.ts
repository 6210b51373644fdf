import { firstSequenceHead, nextHead, type Head } from '../identity/index.ts';
import type { AccountId, Hash32, KeyId, SequenceId } from '../sealing/index.ts';
import { appended, EMPTY_LOG, hashAt, type HashLog } from './hash-log.ts';
import { HASH_BYTES } from './limits.ts';

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

/** What an entry names as its writer's previous one when there is none. */
export const NO_ENTRY = '00'.repeat(HASH_BYTES) as Hash32;

const NOTHING_WRITTEN: Writer = Object.freeze({ counter: 0, last: NO_ENTRY, chain: 0 });

/** The beginning of a sequence, nothing read. */
export function startSequence(account: AccountId, sequence: SequenceId): SequenceState {
  const head = firstSequenceHead(account, sequence);
  return { account, sequence, head, passed: appended(EMPTY_LOG, head.hash), chain: 0, writers: new Map() };
}

/** Whether the sequence went through `head`; `not-yet` where it has not been read so far. */
export function sequencePassed(state: SequenceState, head: Head): boolean | 'not-yet' {
  return head.count > state.head.count ? 'not-yet' : hashAt(state.passed, head.count) === head.hash;
}

/** What is known of `device` as a writer of the sequence. */
export const writerOf = (state: SequenceState, device: KeyId): Writer => state.writers.get(device) ?? NOTHING_WRITTEN;

/** The state behind the next entry, whatever that comes to. */
export function behind(state: SequenceState, bytes: Uint8Array): SequenceState {
  const head = nextHead(state.head, bytes);
  return { ...state, head, passed: appended(state.passed, head.hash) };
}

/** The state in which `device` has written an entry that has effect. */
export const withWriter = (state: SequenceState, device: KeyId, writer: Writer): SequenceState => ({
  ...state,
  writers: new Map(state.writers).set(device, writer),
});
