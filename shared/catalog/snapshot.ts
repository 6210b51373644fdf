import type { Result } from '../result/index.ts';
import type { Reading } from './reading.ts';

/** A snapshot that is stored: which reading it is of, and under what names its parts lie. */
export interface Snapshot {
  readonly reading: Reading;
}

/** What to store for a snapshot, sealed, in this order: the parts, then the root, then the removal of what it left. */
export interface SnapshotWrite {
  readonly snapshot: Snapshot;
  /** Parts that are new. Their names are random. */
  readonly parts: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What holds the parts together; there is one for each sequence. */
  readonly root: Uint8Array;
  /** Names of parts that the new root does not use any more. */
  readonly removed: readonly string[];
}

/** Why a snapshot can not be used; the sequence is read from the beginning then. */
export type SnapshotFault = 'malformed' | 'newer';

/** What to store for `reading`, where `before` is what is stored now: only parts that changed are written. */
export declare function encodeSnapshot(reading: Reading, before: Snapshot | null): SnapshotWrite;

/** The names of the parts that a root needs. */
export declare function partsOf(root: Uint8Array): Result<readonly string[], SnapshotFault>;

/** Puts a snapshot together again, and refuses parts of another time than the root's. */
export declare function decodeSnapshot(
  root: Uint8Array,
  parts: ReadonlyMap<string, Uint8Array>,
): Result<Snapshot, SnapshotFault>;
