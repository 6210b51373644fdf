import * as v from 'valibot';
import type { CatalogName } from '../identity/index.ts';
import { err, ok, type Result } from '../result/index.ts';
import {
  decodeCbor,
  encodeCbor,
  fromHex,
  hash32Bytes,
  keyIdBytes,
  parseHash32,
  parseKeyId,
  randomBytes,
  toHex,
  type Hash32,
} from '../sealing/index.ts';
import type { FoldChunk, FoldItem } from './fold.ts';
import { LOG_PART_HASHES } from './hash-log.ts';
import { itemFromCbor, itemToCbor } from './item-codec.ts';
import { itemIdBytes, parseItemId, type ItemId } from './item-id.ts';
import { HASH_BYTES } from './limits.ts';
import { BytesSchema, parsed } from './schemas.ts';

/** Why a snapshot can not be used; the sequence is read from the beginning then. */
export type SnapshotFault = 'malformed' | 'newer';

/** The version of a snapshot's form, in its root and in every part. */
export const SNAPSHOT_VERSION = 1;

/**
 * The name of a part, 32 hexadecimal digits: random, and new for every part that is written. It stands in the part too,
 * so that what a root names can only be that part, and not an older one.
 */
export type PartName = string & { readonly __partName: true };

const PART_NAME_BYTES = 16;

/** A name that no part has. */
export const newPartName = (): PartName => toHex(randomBytes(PART_NAME_BYTES)) as PartName;

export const PartNameSchema = parsed((value) =>
  value instanceof Uint8Array && value.length === PART_NAME_BYTES ? (toHex(value) as PartName) : null,
);

/** The hashes of one part of the log. */
export const encodeLogPart = (name: PartName, hashes: readonly Hash32[]): Uint8Array =>
  encodeCbor([SNAPSHOT_VERSION, fromHex(name), fromHex(hashes.join(''))]);

const LogPartSchema = v.strictTuple([
  v.literal(SNAPSHOT_VERSION),
  PartNameSchema,
  v.pipe(
    BytesSchema,
    v.check(({ length }) => length > 0 && length % HASH_BYTES === 0 && length <= LOG_PART_HASHES * HASH_BYTES),
  ),
]);

/** Reads what `encodeLogPart` wrote. */
export function decodeLogPart(name: PartName, bytes: Uint8Array): Result<readonly Hash32[], SnapshotFault> {
  const part = parsePart(LogPartSchema, bytes);
  if (!part.ok) return part;
  const [, own, all] = part.value;
  if (own !== name) return err('malformed');
  const hex = toHex(all);
  const digits = 2 * HASH_BYTES;
  // Every 32 bytes are a hash.
  return ok(
    Array.from({ length: all.length / HASH_BYTES }, (_, at) => hex.slice(at * digits, (at + 1) * digits) as Hash32),
  );
}

/** The items of one chunk; private keys are in the clear in it. */
export const encodeChunk = (name: PartName, chunk: FoldChunk): Uint8Array =>
  encodeCbor([
    SNAPSHOT_VERSION,
    fromHex(name),
    [...chunk].map(([id, of]) => [
      itemIdBytes(id),
      itemToCbor(of.item),
      hash32Bytes(of.version),
      keyIdBytes(of.writer),
      of.index,
      of.size,
      of.deleted,
    ]),
  ]);

const ChunkSchema = v.strictTuple([v.literal(SNAPSHOT_VERSION), PartNameSchema, v.array(v.unknown())]);

const ITEM_FIELDS = 7;

/** One item of a chunk; by hand, as there are thousands of them to read before anything can be shown. */
function itemIn(catalog: CatalogName, fields: unknown): readonly [ItemId, FoldItem] | SnapshotFault {
  if (!isFields(fields) || fields.length !== ITEM_FIELDS) return 'malformed';
  const [id, writer, version] = [parseItemId(fields[0]), parseKeyId(fields[3]), parseHash32(fields[2])];
  const [index, size, deleted] = fields.slice(4);
  if (id === null || writer === null || version === null) return 'malformed';
  if (!isCount(index) || !isCount(size) || typeof deleted !== 'boolean') return 'malformed';
  const item = itemFromCbor(catalog, fields[1]);
  return typeof item === 'string' ? item : [id, { item, version, writer, index, size, deleted }];
}

const isFields = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;

/** Reads what `encodeChunk` wrote of `catalog`. */
export function decodeChunk(catalog: CatalogName, name: PartName, bytes: Uint8Array): Result<FoldChunk, SnapshotFault> {
  const part = parsePart(ChunkSchema, bytes);
  if (!part.ok) return part;
  const [, own, items] = part.value;
  if (own !== name) return err('malformed');
  const chunk = new Map<ItemId, FoldItem>();
  for (const fields of items) {
    const item = itemIn(catalog, fields);
    if (typeof item === 'string') return err(item);
    chunk.set(...item);
  }
  return ok(chunk);
}

/** Parses the CBOR of a root or a part, whose first field is its version. */
export function parsePart<T>(schema: v.GenericSchema<unknown, T>, bytes: Uint8Array): Result<T, SnapshotFault> {
  const value = decodeCbor(bytes);
  const version: unknown = Array.isArray(value) ? value[0] : null;
  if (typeof version === 'number' && version > SNAPSHOT_VERSION) return err('newer');
  const part = v.safeParse(schema, value);
  return part.success ? ok(part.output) : err('malformed');
}
