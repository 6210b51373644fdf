import * as v from 'valibot';
import type { CatalogName, Head } from '../identity/index.ts';
import { encodeCbor, decodeCbor, hash32Bytes, type Hash32 } from '../sealing/index.ts';
import type { Change } from './change.ts';
import { itemFromCbor, itemToCbor } from './item-codec.ts';
import { itemIdBytes, itemIdOf } from './item-id.ts';
import { ChainHeadSchema, CountSchema, HashSchema, ItemIdSchema, PositiveSchema } from './schemas.ts';

/** What an entry says, inside its seal. */
export interface Content {
  readonly change: Change;
  /** Counts the writer's entries in this sequence from 1. */
  readonly counter: number;
  /** The SHA-256 of the writer's previous entry in this sequence; zeros before the first. */
  readonly ownPrevious: Hash32;
  /** The head of the profile chain that the writer knew. */
  readonly chain: Head;
  /** Seconds since 1970 by the writer's clock. */
  readonly time: number;
}

const VERSION = 1;

const EVENTS = Object.freeze({ upsert: 1, delete: 2 });

/** As much of a content as tells whether a newer Endymail wrote it. */
const BeginningSchema = v.looseTuple([PositiveSchema, PositiveSchema]);

const ContentSchema = v.strictTuple([
  v.literal(VERSION),
  v.picklist([EVENTS.upsert, EVENTS.delete]),
  ItemIdSchema,
  v.nullable(HashSchema),
  PositiveSchema,
  HashSchema,
  ChainHeadSchema,
  CountSchema,
  v.unknown(),
]);

/** `content` as CBOR; a private key in it is in the clear. */
export function encodeContent({ change, counter, ownPrevious, chain, time }: Content): Uint8Array {
  const upsert = change.event === 'upsert';
  return encodeCbor([
    VERSION,
    EVENTS[change.event],
    itemIdBytes(upsert ? itemIdOf(change.item) : change.id),
    change.parent === null ? null : hash32Bytes(change.parent),
    counter,
    hash32Bytes(ownPrevious),
    [chain.count, hash32Bytes(chain.hash)],
    time,
    upsert ? itemToCbor(change.item) : null,
  ]);
}

/** What `bytes` say in `catalog`; `newer` for a version, an event or a kind of item that is not known. */
export function decodeContent(catalog: CatalogName, bytes: Uint8Array): Content | 'malformed' | 'newer' {
  const value = decodeCbor(bytes);
  const beginning = v.safeParse(BeginningSchema, value);
  if (!beginning.success) return 'malformed';
  if (beginning.output[0] !== VERSION || beginning.output[1] > EVENTS.delete) return 'newer';
  const fields = v.safeParse(ContentSchema, value);
  if (!fields.success) return 'malformed';
  const [, event, id, parent, counter, ownPrevious, chain, time, itemValue] = fields.output;
  const rest = { counter, ownPrevious, chain, time };
  if (event === EVENTS.delete) {
    return itemValue === null ? { change: { event: 'delete', id, parent }, ...rest } : 'malformed';
  }
  const item = itemFromCbor(catalog, itemValue);
  if (item === 'malformed' || item === 'newer') return item;
  // An item under another's id would get round what holds for the other, a key's staying above all.
  return itemIdOf(item) === id ? { change: { event: 'upsert', item, parent }, ...rest } : 'malformed';
}
