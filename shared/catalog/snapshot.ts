import { err, ok, type Result } from '../result/index.ts';
import { hash32Of, randomBytes, toHex } from '../sealing/index.ts';
import { isWellPlaced } from './fold.ts';
import type { Reading } from './reading.ts';
import { decodeChunk, decodeLogPart, encodeChunk, encodeLogPart, type SnapshotFault } from './snapshot-parts.ts';
import { decodeRoot, encodeRoot, PART_NAME_BYTES, type StoredPart } from './snapshot-root.ts';

/** A snapshot that is stored: which reading it is of, and where its parts lie. */
export interface Snapshot {
  readonly reading: Reading;
  /** Of the log of heads, part by part. */
  readonly log: readonly StoredPart[];
  /** Of the items, chunk by chunk. */
  readonly items: readonly StoredPart[];
}

/**
 * What to store for a snapshot, sealed, in this order: the parts, then the root, then the removal of what it left. So
 * one of the two roots always has its parts.
 */
export interface SnapshotWrite {
  readonly snapshot: Snapshot;
  /** Parts that are new. Their names are random and say nothing of what is in them. */
  readonly parts: readonly SnapshotPart[];
  /** What holds the parts together; there is one for each sequence. */
  readonly root: Uint8Array;
  /** Names of parts that the new root does not use any more. */
  readonly removed: readonly string[];
}

export interface SnapshotPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What to store for `reading`, where `before` is what is stored now: only parts that changed are written. */
export function encodeSnapshot(reading: Reading, before: Snapshot | null): SnapshotWrite {
  const { state, fold } = reading;
  const log = storing(state.passed.parts, encodeLogPart, stored(before?.reading.state.passed.parts, before?.log));
  const items = storing(fold.chunks, encodeChunk, stored(before?.reading.fold.chunks, before?.items));
  const snapshot = { reading, log: log.all, items: items.all };
  const used = new Set([...log.all, ...items.all].map(({ name }) => name));
  const had = [...(before?.log ?? []), ...(before?.items ?? [])].map(({ name }) => name);
  return {
    snapshot,
    parts: [...log.written, ...items.written],
    root: encodeRoot(reading, log.all, items.all),
    removed: had.filter((name) => !used.has(name)),
  };
}

/** The names of the parts that a root needs. */
export function partsOf(root: Uint8Array): Result<readonly string[], SnapshotFault> {
  const parsed = decodeRoot(root);
  return parsed.ok ? ok([...parsed.value.log, ...parsed.value.items].map(({ name }) => name)) : parsed;
}

/** Puts a snapshot together again, and refuses parts of another time than the root's. */
export function decodeSnapshot(
  root: Uint8Array,
  parts: ReadonlyMap<string, Uint8Array>,
): Result<Snapshot, SnapshotFault> {
  const parsed = decodeRoot(root);
  if (!parsed.ok) return parsed;
  const { log, items, catalog, head, ...rest } = parsed.value;
  const passed = loaded(log, parts, decodeLogPart);
  if (!passed.ok) return passed;
  const chunks = loaded(items, parts, (bytes) => decodeChunk(catalog, bytes));
  if (!chunks.ok) return chunks;
  const length = passed.value.reduce((sum, part) => sum + part.length, 0);
  const size = chunks.value.reduce((sum, chunk) => sum + chunk.size, 0);
  const fold = { catalog, size, chunks: chunks.value };
  const isWhole = length === head.count + 1 && passed.value.at(-1)?.at(-1) === head.hash && isWellPlaced(fold);
  if (!isWhole) return err('malformed');
  const state = { ...rest, head, passed: { length, parts: passed.value } };
  return ok({ reading: { state, fold }, log, items });
}

const stored = <Part>(
  parts: readonly Part[] | undefined,
  at: readonly StoredPart[] | undefined,
): ReadonlyMap<Part, StoredPart> =>
  new Map((parts ?? []).flatMap((part, index) => (at?.[index] === undefined ? [] : [[part, at[index]]])));

/** A part that stayed the same object lies where it lay; every other one gets a new name. */
function storing<Part extends object>(
  parts: readonly Part[],
  encode: (part: Part) => Uint8Array,
  had: ReadonlyMap<Part, StoredPart>,
): { readonly all: readonly StoredPart[]; readonly written: readonly SnapshotPart[] } {
  const written: SnapshotPart[] = [];
  const all = parts.map((part): StoredPart => {
    const lies = had.get(part);
    if (lies !== undefined) return lies;
    const name = toHex(randomBytes(PART_NAME_BYTES));
    const bytes = encode(part);
    written.push({ name, bytes });
    return { name, hash: hash32Of(bytes) };
  });
  return { all, written };
}

function loaded<Part>(
  list: readonly StoredPart[],
  parts: ReadonlyMap<string, Uint8Array>,
  decode: (bytes: Uint8Array) => Result<Part, SnapshotFault>,
): Result<readonly Part[], SnapshotFault> {
  const all: Part[] = [];
  for (const { name, hash } of list) {
    const bytes = parts.get(name);
    if (bytes === undefined || hash32Of(bytes) !== hash) return err('malformed');
    const part = decode(bytes);
    if (!part.ok) return part;
    all.push(part.value);
  }
  return ok(all);
}
