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
} from '../sealing/index.ts';
import type { Reading } from './reading.ts';
import { CountSchema, HashSchema, KeyIdSchema, parsed, PositiveSchema } from './schemas.ts';
import type { SequenceState } from './sequence-state.ts';
import { parsePart, PartNameSchema, SNAPSHOT_VERSION, type PartName, type SnapshotFault } from './snapshot-parts.ts';

/** So many parts a snapshot has at most, of either kind: 16 million items, 67 million entries. */
const PARTS_MAX = 65_536;

/** What a root says of its snapshot. */
export interface SnapshotRoot extends Omit<SequenceState, 'passed'> {
  readonly catalog: CatalogName;
  readonly log: readonly PartName[];
  readonly items: readonly PartName[];
}

/** The root of a snapshot of `reading`, whose parts lie there. */
export function encodeRoot({ state, fold }: Reading, log: readonly PartName[], items: readonly PartName[]): Uint8Array {
  return encodeCbor([
    SNAPSHOT_VERSION,
    accountIdBytes(state.account),
    sequenceIdBytes(state.sequence),
    catalogNumber(fold.catalog),
    state.head.count,
    hash32Bytes(state.head.hash),
    state.chain,
    [...state.writers].map(([id, { counter, last, chain }]) => [keyIdBytes(id), counter, hash32Bytes(last), chain]),
    log.map(fromHex),
    items.map(fromHex),
  ]);
}

const PartsSchema = v.pipe(v.array(PartNameSchema), v.nonEmpty(), v.maxLength(PARTS_MAX));

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
