import type { Hash32 } from '../sealing/index.ts';
import type { ItemId } from './item-id.ts';
import type { Item } from './items.ts';

/** Puts an item into the catalog, or another version in its place. */
export interface Upsert {
  readonly event: 'upsert';
  readonly item: Item;
  /** The version that it replaces as far as the writer knew; `null` where the writer knew of none. */
  readonly parent: Hash32 | null;
}

/** Takes an item out of the catalog. */
export interface Deletion {
  readonly event: 'delete';
  readonly id: ItemId;
  /** The version that it deletes as far as the writer knew. */
  readonly parent: Hash32 | null;
}

/** What an entry does to an item. */
export type Change = Upsert | Deletion;
