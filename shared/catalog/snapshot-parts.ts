import * as v from 'valibot';
import type { CatalogName } from '../identity/index.ts';
import { err, ok, type Result } from '../result/index.ts';
import { decodeCbor, encodeCbor, fromHex, hash32Bytes, keyIdBytes, parseHash32 } from '../sealing/index.ts';
import type { Hash32 } from '../sealing/index.ts';
import type { FoldChunk, FoldItem } from './fold.ts';
import { LOG_PART_HASHES } from './hash-log.ts';
import { itemFromCbor, itemToCbor } from './item-codec.ts';
import { itemIdOf, type ItemId } from './item-id.ts';
import { HASH_BYTES } from './limits.ts';
import { BytesSchema, CountSchema, HashSchema, KeyIdSchema } from './schemas.ts';

/** Why a snapshot can not be used; the sequence is read from the beginning then. */
export type SnapshotFault = 'malformed' | 'newer';

/** The version of a snapshot's form, in its root and in every part. */
export const SNAPSHOT_VERSION = 1;

/** The hashes of one part of the log. */
export const encodeLogPart = (hashes: readonly Hash32[]): Uint8Array =>
  encodeCbor([SNAPSHOT_VERSION, fromHex(hashes.join(''))]);

const LogPartSchema = v.strictTuple([
  v.literal(SNAPSHOT_VERSION),
  v.pipe(
    BytesSchema,
    v.check(({ length }) => length > 0 && length % HASH_BYTES === 0 && length <= LOG_PART_HASHES * HASH_BYTES),
  ),
]);

/** Reads what `encodeLogPart` wrote. */
export function decodeLogPart(bytes: Uint8Array): Result<readonly Hash32[], SnapshotFault> {
  const parsed = parsePart(LogPartSchema, bytes);
  if (!parsed.ok) return parsed;
  const [, all] = parsed.value;
  const hashes = Array.from({ length: all.length / HASH_BYTES }, (_, index) =>
    parseHash32(all.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)),
  );
  return ok(hashes.filter((hash) => hash !== null));
}

/** The items of one chunk; private keys are in the clear in it. */
export const encodeChunk = (chunk: FoldChunk): Uint8Array =>
  encodeCbor([
    SNAPSHOT_VERSION,
    [...chunk.values()].map((of) => [
      itemToCbor(of.item),
      hash32Bytes(of.version),
      keyIdBytes(of.writer),
      of.index,
      of.size,
      of.deleted,
    ]),
  ]);

const ChunkSchema = v.strictTuple([
  v.literal(SNAPSHOT_VERSION),
  v.array(v.strictTuple([v.unknown(), HashSchema, KeyIdSchema, CountSchema, CountSchema, v.boolean()])),
]);

/** Reads what `encodeChunk` wrote of `catalog`. */
export function decodeChunk(catalog: CatalogName, bytes: Uint8Array): Result<FoldChunk, SnapshotFault> {
  const parsed = parsePart(ChunkSchema, bytes);
  if (!parsed.ok) return parsed;
  const chunk = new Map<ItemId, FoldItem>();
  for (const [value, version, writer, index, size, deleted] of parsed.value[1]) {
    const item = itemFromCbor(catalog, value);
    if (item === 'malformed' || item === 'newer') return err(item);
    chunk.set(itemIdOf(item), { item, version, writer, index, size, deleted });
  }
  return ok(chunk);
}

/** Parses the CBOR of a root or a part, whose first field is its version. */
export function parsePart<T>(schema: v.GenericSchema<unknown, T>, bytes: Uint8Array): Result<T, SnapshotFault> {
  const value = decodeCbor(bytes);
  const version: unknown = Array.isArray(value) ? value[0] : null;
  if (typeof version === 'number' && version > SNAPSHOT_VERSION) return err('newer');
  const parsed = v.safeParse(schema, value);
  return parsed.success ? ok(parsed.output) : err('malformed');
}
