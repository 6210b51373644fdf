import { err, type Err, type Result } from '../result/index.ts';
import type { Hash32, KeyId } from '../sealing/index.ts';
import type { SequenceFault, UnreadableReason, VoidReason } from './outcome.ts';

/** An entry whose signature and place in its sequence hold. */
export interface Placed {
  readonly signer: KeyId;
  /** From 0. */
  readonly index: number;
  /** The SHA-256 of its bytes. */
  readonly hash: Hash32;
  readonly sealed: Uint8Array;
}

/** Why an entry is not applied: it is counted and without effect, or it stops the reading. */
export type Against =
  | { readonly kind: 'void'; readonly why: VoidReason }
  | { readonly kind: 'unreadable'; readonly why: UnreadableReason }
  | { readonly kind: 'stop'; readonly fault: SequenceFault };

/** What one step of reading an entry gives the next. */
export type Verdict<T> = Result<T, Against>;

export const voided = (why: VoidReason): Err<Against> => err({ kind: 'void', why });
export const unreadable = (why: UnreadableReason): Err<Against> => err({ kind: 'unreadable', why });
export const stopped = (fault: SequenceFault): Err<Against> => err({ kind: 'stop', fault });
