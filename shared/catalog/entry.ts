import type { Head, Profile } from '../identity/index.ts';
import type { Redacted, Result } from '../result/index.ts';
import type { Hash32, KeyId, SequenceId, SigningKey } from '../sealing/index.ts';
import type { Change } from './change.ts';
import type { SequenceState } from './sequence-state.ts';

/** Where a device writes next in a sequence. */
export interface WritePlace {
  readonly sequence: SequenceId;
  /** The head behind which it writes. */
  readonly head: Head;
  /** The counter of its last entry; 0 before the first. */
  readonly counter: number;
  /** The SHA-256 of that entry; zeros before the first. */
  readonly last: Hash32;
}

/** An entry that was made; its bytes lie in the outbox before they are sent. */
export interface MadeEntry {
  readonly bytes: Uint8Array;
  /** Where the next one goes if this one is taken. Its `counter` and `last` are the device's own record. */
  readonly next: WritePlace;
}

/** Why an entry can not be made. */
export type MakeFault =
  /** The device may not write into this catalog. */
  | 'no-right'
  /** The key is not that of the sequence's present epoch. */
  | 'wrong-key'
  /** The change does not belong into this catalog. */
  | 'other-catalog'
  /** The item does not fit into an entry. */
  | 'too-large';

/** Where `device` writes next in a sequence that was read up to `state`. */
export declare function placeToWrite(state: SequenceState, device: KeyId): WritePlace;

/** Makes and signs an entry under the present epoch of its sequence: a device never writes under an older one. */
export declare function makeEntry(entry: {
  readonly profile: Profile;
  readonly place: WritePlace;
  readonly signer: SigningKey;
  /** The key of the sequence's present epoch. */
  readonly epochKey: Redacted<Uint8Array>;
  readonly change: Change;
  /** Of a deletion: the `size` of what it deletes, so that it is not smaller. */
  readonly atLeastBytes?: number;
  /** Seconds since 1970. */
  readonly now: number;
}): Promise<Result<MadeEntry, MakeFault>>;
