import type { Head } from '../identity/index.ts';
import type { Hash32, KeyId } from '../sealing/index.ts';
import type { Change } from './change.ts';

/** An entry that has effect. */
export interface Applied {
  readonly kind: 'applied';
  readonly signer: KeyId;
  /** Its place in the sequence, from 0. */
  readonly index: number;
  /** The SHA-256 of its bytes: the version of the item that it makes. */
  readonly hash: Hash32;
  /** The size of the sealed plain text in bytes: a deletion of the item is made as large. */
  readonly size: number;
  readonly counter: number;
  /** The head of the profile chain that the writer knew. */
  readonly chain: Head;
  /** When it was written, by the writer's clock: seconds since 1970. */
  readonly time: number;
  readonly change: Change;
}

/** Why an entry has no effect (§6). */
export type VoidReason =
  /** The writer's roles do not open this catalog, or it was no active device at the head that it states. */
  | 'no-right'
  /** It lies at or beyond the index that the removal of its writer states. */
  | 'after-removal'
  /** It lies where its writer was suspended. */
  | 'suspended'
  /** It lies at or beyond the index at which a newer epoch began. */
  | 'old-epoch'
  /** The writer did not know the link that began the epoch. */
  | 'before-epoch'
  /** The writer knew a profile chain that is not this one: it lies, or the service shows two chains. */
  | 'other-chain'
  /** The writer knew a longer profile chain before. */
  | 'chain-back'
  /** One counter of the writer with two hashes: the device was copied, or its folder was put back. */
  | 'copied';

/** An entry that is in the hash chain and has no effect. */
export interface Void {
  readonly kind: 'void';
  readonly signer: KeyId;
  readonly index: number;
  readonly hash: Hash32;
  readonly why: VoidReason;
}

/** Why an entry could not be read. */
export type UnreadableReason =
  /** The key of its epoch is lost: what should have brought it did not hold the right key. */
  | 'no-key'
  /** It does not open with the key of its epoch. */
  | 'does-not-open'
  /** It opens, and is no content or no item as the protocol has it. */
  | 'malformed';

/** An entry that is skipped; the service keeps it, and its signer is reported. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly signer: KeyId;
  readonly index: number;
  readonly hash: Hash32;
  readonly why: UnreadableReason;
}

/** What reading an entry came to. */
export type Outcome = Applied | Void | Unreadable;

/** What stops the reading of a sequence; the state stays where it was. */
export type SequenceFault =
  /** The entry does not continue what was read, or a head that the profile chain states was not passed. */
  | 'broken-chain'
  /** It is no entry of this sequence that a device of the account signed. */
  | 'bad-signature'
  /** It was written by a newer Endymail. */
  | 'newer'
  /** It knows a longer profile chain than the one given, or the one given is shorter than before: fetch it. */
  | 'needs-chain'
  /** The key of its epoch is not among those given: fetch the bundle. */
  | 'needs-key'
  /** A link that came since takes the effect of entries that were read already: read again from the beginning. */
  | 'read-again'
  /** This device's key wrote what this device did not: the device was copied. */
  | 'copied-device';
