import {
  accountIdBytes,
  concatBytes,
  encodeCbor,
  hash32Bytes,
  hash32Of,
  sequenceIdBytes,
  sha256,
  type AccountId,
  type Hash32,
  type SequenceId,
} from '../sealing/public.ts';

/** The head of a list of statements: how many there are, and a hash that binds all of them (docs/protocol.md §3). */
export interface Head {
  readonly count: number;
  readonly hash: Hash32;
}

// Different first bytes: no list's beginning is another one's continuation.
const START = Uint8Array.of(0);
const STEP = Uint8Array.of(1);

/** The head of an account's profile chain before its first link. */
export const firstChainHead = (account: AccountId): Head =>
  firstHead(encodeCbor(['endymail/chain', 1, accountIdBytes(account)]));

/** The head of a sequence while nothing is in it. */
export const firstSequenceHead = (account: AccountId, sequence: SequenceId): Head =>
  firstHead(encodeCbor(['endymail/sequence', 1, accountIdBytes(account), sequenceIdBytes(sequence)]));

const firstHead = (start: Uint8Array): Head => ({ count: 0, hash: hash32Of(concatBytes(START, start)) });

/** The head with one statement more, by the bytes as they were received. */
export const nextHead = ({ count, hash }: Head, statement: Uint8Array): Head => ({
  count: count + 1,
  hash: hash32Of(concatBytes(STEP, hash32Bytes(hash), sha256(statement))),
});

export const sameHead = (left: Head, right: Head): boolean => left.count === right.count && left.hash === right.hash;
