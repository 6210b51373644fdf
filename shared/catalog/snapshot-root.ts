import * as v from 'valibot';
import { catalogNumber, catalogOf, CHAIN_LIMITS, type CatalogName } from '../identity/index.ts';
import { err, ok, type Result } from '../result/index.ts';
import {
  accountIdBytes,
  encodeCbor,
  fromHex,
  hash32Bytes,
  keyIdBytes,
  parseAccountId,
  parseSequenceId,
  sequenceIdBytes,
  toHex,
  type CborValue,
  type Hash32,
} from '../sealing/index.ts';
import type { Reading } from './reading.ts';
import { CountSchema, HashSchema, KeyIdSchema, parsed, PositiveSchema } from './schemas.ts';
import type { SequenceState } from './sequence-state.ts';
import { parsePart, SNAPSHOT_VERSION, type SnapshotFault } from './snapshot-parts.ts';

/** The length of a part's name, which is random. */
export const PART_NAME_BYTES = 16;

/** So many parts a snapshot has at most, of either kind: 16 million items, 67 million entries. */
const PARTS_MAX = 65_536;

/** Where a part lies. */
export interface StoredPart {
  /** 32 hexadecimal digits. */
  readonly name: string;
  /** The SHA-256 of its bytes. */
  readonly hash: Hash32;
}

/** What a root says of its snapshot. */
export interface SnapshotRoot extends Omit<SequenceState, 'passed'> {
  readonly catalog: CatalogName;
  readonly log: readonly StoredPart[];
  readonly items: readonly StoredPart[];
}

/** The root of a snapshot of `reading`, whose parts lie there. */
export function encodeRoot(
  { state, fold }: Reading,
  log: readonly StoredPart[],
  items: readonly StoredPart[],
): Uint8Array {
  return encodeCbor([
    SNAPSHOT_VERSION,
    accountIdBytes(state.account),
    sequenceIdBytes(state.sequence),
    catalogNumber(fold.catalog),
    state.head.count,
    hash32Bytes(state.head.hash),
    state.chain,
    [...state.writers].map(([id, { counter, last, chain }]) => [keyIdBytes(id), counter, hash32Bytes(last), chain]),
    log.map(partToCbor),
    items.map(partToCbor),
  ]);
}

const partToCbor = ({ name, hash }: StoredPart): CborValue => [fromHex(name), hash32Bytes(hash)];

const NameSchema = parsed((value) =>
  value instanceof Uint8Array && value.length === PART_NAME_BYTES ? toHex(value) : null,
);

const PartsSchema = v.pipe(
  v.array(
    v.pipe(
      v.strictTuple([NameSchema, HashSchema]),
      v.transform(([name, hash]): StoredPart => ({ name, hash })),
    ),
  ),
  v.nonEmpty(),
  v.maxLength(PARTS_MAX),
);

const WritersSchema = v.pipe(
  v.array(v.strictTuple([KeyIdSchema, PositiveSchema, HashSchema, CountSchema])),
  v.maxLength(CHAIN_LIMITS.devices),
  v.transform((list) => new Map(list.map(([id, counter, last, chain]) => [id, { counter, last, chain }]))),
);

const RootSchema = v.strictTuple([
  v.literal(SNAPSHOT_VERSION),
  parsed(parseAccountId),
  parsed(parseSequenceId),
  CountSchema,
  CountSchema,
  HashSchema,
  CountSchema,
  WritersSchema,
  PartsSchema,
  PartsSchema,
]);

/** Reads what `encodeRoot` wrote. */
export function decodeRoot(bytes: Uint8Array): Result<SnapshotRoot, SnapshotFault> {
  const root = parsePart(RootSchema, bytes);
  if (!root.ok) return root;
  const [, account, sequence, number, count, hash, chain, writers, log, items] = root.value;
  const catalog = catalogOf(number);
  if (catalog === null) return err('newer');
  return ok({ account, sequence, catalog, head: { count, hash }, chain, writers, log, items });
}
