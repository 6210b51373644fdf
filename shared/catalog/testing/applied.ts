import { encodeCbor, hash32Of, keyIdOf, type Hash32, type KeyId } from '../../sealing/index.ts';
import type { Change } from '../change.ts';
import type { Applied } from '../outcome.ts';

/** Some device; a fold does not ask which. */
export const SOMEBODY: KeyId = keyIdOf(new Uint8Array(32).fill(7));

/** The version that the entry at this place makes. */
export const versionAt = (index: number): Hash32 => hash32Of(encodeCbor(['an entry', index]));

/** An entry that has effect, as the reader gives it. */
export const appliedAt = (index: number, change: Change): Applied => ({
  kind: 'applied',
  signer: SOMEBODY,
  index,
  hash: versionAt(index),
  size: 256,
  counter: index + 1,
  chain: { count: 1, hash: versionAt(0) },
  time: 1_800_000_000,
  change,
});

/** Puts an item in, over the version that the entry at `parent` made. */
export const upsertAt = (index: number, item: Extract<Change, { event: 'upsert' }>['item'], parent: number | null) =>
  appliedAt(index, { event: 'upsert', item, parent: parent === null ? null : versionAt(parent) });
