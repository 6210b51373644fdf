import type { CatalogName } from '../identity/index.ts';
import type { Hash32, KeyId } from '../sealing/index.ts';
import type { Change } from './change.ts';
import { itemIdOf, type ItemId } from './item-id.ts';
import type { Item, MailboxItem } from './items.ts';
import { mergedMailbox } from './merge.ts';
import type { Applied } from './outcome.ts';

/** An item as the entries so far have left it. */
export interface FoldItem<Kind extends Item = Item> {
  readonly item: Kind;
  /** The SHA-256 of the entry that made it what it is: what the next upsert names as its parent. */
  readonly version: Hash32;
  /** The device that wrote that entry. */
  readonly writer: KeyId;
  /** The entry's place in its sequence, from 0. */
  readonly index: number;
  /** The size of the entry's sealed plain text in bytes, to which a deletion is padded. */
  readonly size: number;
  /** A mailbox that was deleted is remembered, so that a late upsert does not bring back a key older than its last. */
  readonly deleted: boolean;
}

/** What a catalog holds: the fold of its entries. Immutable; a chunk that no change touched stays the same object. */
export interface Fold {
  readonly catalog: CatalogName;
  /** How many items there are, deleted mailboxes included. */
  readonly size: number;
  /** A power of two of them; an item's id says in which it stands. */
  readonly chunks: readonly FoldChunk[];
}

/** A part of the items, by their ids. */
export type FoldChunk = ReadonlyMap<ItemId, FoldItem>;

/** So many items in a chunk on average, at most. */
export const CHUNK_ITEMS = 256;

/** A catalog in which nothing has been written. */
export const emptyFold = (catalog: CatalogName): Fold => ({ catalog, size: 0, chunks: [new Map()] });

/** The fold after entries that have effect, in their order. A chunk is copied once, however many of them change it. */
export function foldedAll(fold: Fold, all: readonly Applied[]): Fold {
  const own: Own = new Map();
  return all.reduce((before, applied) => afterOne(before, applied, own), fold);
}

/** The fold after an entry that has effect. */
export const folded = (fold: Fold, applied: Applied): Fold => foldedAll(fold, [applied]);

/** Chunks that nobody else has seen yet: they may be changed. */
type Own = Map<FoldChunk, Map<ItemId, FoldItem>>;

function afterOne(fold: Fold, applied: Applied, own: Own): Fold {
  const { change } = applied;
  const id = change.event === 'upsert' ? itemIdOf(change.item) : change.id;
  const current = placeOf(fold, id).get(id) ?? null;
  // A key is never replaced nor deleted: old mail is read with it.
  if (current?.item.kind === 'key') return fold;
  if (change.event === 'upsert') return withItem(fold, own, id, upserted(current, applied, change.item));
  if (current === null || current.deleted) return fold;
  if (current.item.kind !== 'mailbox') return without(fold, own, id);
  return withItem(fold, own, id, { ...versionOf(applied), item: current.item, deleted: true });
}

/** The item with this id, or null where there is none. */
export function itemOf(fold: Fold, id: ItemId): FoldItem | null {
  const found = placeOf(fold, id).get(id);
  return found === undefined || found.deleted ? null : found;
}

/** All items of the catalog, in no order that means anything. */
export function itemsOf(fold: Fold): FoldItem[] {
  return fold.chunks.flatMap((chunk) => [...chunk.values()].filter(({ deleted }) => !deleted));
}

/** Whether all items stand in the chunks in which they are looked for. */
export const isWellPlaced = ({ chunks }: Fold): boolean =>
  chunks.length > 0 &&
  Number.isInteger(Math.log2(chunks.length)) &&
  chunks.every((chunk, index) => [...chunk.keys()].every((id) => chunkIndexOf(id, chunks.length) === index));

/** A change as an entry is made of it. */
export interface PlannedChange {
  readonly change: Change;
  /** The entry's plain text is padded to no fewer bytes: a deletion looks like what it deletes. */
  readonly atLeastBytes: number;
}

/** The change that puts `item` into the catalog, over the version that is there now. */
export const upsertOf = (fold: Fold, item: Item): PlannedChange => ({
  change: { event: 'upsert', item, parent: itemOf(fold, itemIdOf(item))?.version ?? null },
  atLeastBytes: 0,
});

/** The change that deletes an item, or null where there is nothing to delete: no such item, or a key. */
export function deletionOf(fold: Fold, id: ItemId): PlannedChange | null {
  const current = itemOf(fold, id);
  if (current === null || current.item.kind === 'key') return null;
  return { change: { event: 'delete', id, parent: current.version }, atLeastBytes: current.size };
}

const versionOf = ({ hash, signer, index, size }: Applied): Omit<FoldItem, 'item' | 'deleted'> => ({
  version: hash,
  writer: signer,
  index,
  size,
});

function upserted(current: FoldItem | null, applied: Applied, item: Item): FoldItem {
  const incoming = { ...versionOf(applied), item, deleted: false };
  if (current === null || applied.change.parent === current.version) return incoming;
  return isMailbox(current) && isMailbox(incoming) ? mergedMailbox(current, incoming) : incoming;
}

const isMailbox = (of: FoldItem): of is FoldItem<MailboxItem> => of.item.kind === 'mailbox';

/** In which of `count` chunks an item stands. Its id is a hash, so that the chunks fill up alike. */
const chunkIndexOf = (id: ItemId, count: number): number => Number.parseInt(id.slice(0, 8), 16) % count;

const placeOf = (fold: Fold, id: ItemId): FoldChunk => fold.chunks[chunkIndexOf(id, fold.chunks.length)] ?? new Map();

function withItem(fold: Fold, own: Own, id: ItemId, item: FoldItem): Fold {
  const size = placeOf(fold, id).has(id) ? fold.size : fold.size + 1;
  const chunks = withChunk(fold, own, id, (chunk) => chunk.set(id, item));
  return { ...fold, size, chunks: size > chunks.length * CHUNK_ITEMS ? twiceAsMany(chunks, own) : chunks };
}

function without(fold: Fold, own: Own, id: ItemId): Fold {
  return { ...fold, size: fold.size - 1, chunks: withChunk(fold, own, id, (chunk) => chunk.delete(id)) };
}

function withChunk(
  fold: Fold,
  own: Own,
  id: ItemId,
  change: (chunk: Map<ItemId, FoldItem>) => void,
): readonly FoldChunk[] {
  const place = placeOf(fold, id);
  const mine = own.get(place);
  if (mine !== undefined) {
    change(mine);
    return fold.chunks;
  }
  const copy = new Map(place);
  own.set(copy, copy);
  change(copy);
  return fold.chunks.with(chunkIndexOf(id, fold.chunks.length), copy);
}

function twiceAsMany(chunks: readonly FoldChunk[], own: Own): readonly FoldChunk[] {
  const count = chunks.length * 2;
  const split = Array.from({ length: count }, () => new Map<ItemId, FoldItem>());
  for (const chunk of chunks) for (const [id, item] of chunk) split[chunkIndexOf(id, count)]?.set(id, item);
  for (const chunk of split) own.set(chunk, chunk);
  return split;
}
