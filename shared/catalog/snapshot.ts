import { err, ok, type Result } from '../result/index.ts';
import { isWellPlaced } from './fold.ts';
import type { Reading } from './reading.ts';
import {
  decodeChunk,
  decodeLogPart,
  encodeChunk,
  encodeLogPart,
  newPartName,
  type PartName,
  type SnapshotFault,
} from './snapshot-parts.ts';
import { decodeRoot, encodeRoot } from './snapshot-root.ts';

/** A snapshot that is stored: which reading it is of, and where its parts lie. */
export interface Snapshot {
  readonly reading: Reading;
  /** Of the log of heads, part by part. */
  readonly log: readonly PartName[];
  /** Of the items, chunk by chunk. */
  readonly items: readonly PartName[];
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
  const used = new Set<string>([...log.all, ...items.all]);
  const had = [...(before?.log ?? []), ...(before?.items ?? [])];
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
  return parsed.ok ? ok([...parsed.value.log, ...parsed.value.items]) : parsed;
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
  const chunks = loaded(items, parts, (name, bytes) => decodeChunk(catalog, name, bytes));
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
  at: readonly PartName[] | undefined,
): ReadonlyMap<Part, PartName> =>
  new Map((parts ?? []).flatMap((part, index) => (at?.[index] === undefined ? [] : [[part, at[index]]])));

/** A part that stayed the same object lies where it lay; every other one gets a new name. */
function storing<Part extends object>(
  parts: readonly Part[],
  encode: (name: PartName, part: Part) => Uint8Array,
  had: ReadonlyMap<Part, PartName>,
): { readonly all: readonly PartName[]; readonly written: readonly SnapshotPart[] } {
  const written: SnapshotPart[] = [];
  const all = parts.map((part): PartName => {
    const lies = had.get(part);
    if (lies !== undefined) return lies;
    const name = newPartName();
    written.push({ name, bytes: encode(name, part) });
    return name;
  });
  return { all, written };
}

function loaded<Part>(
  list: readonly PartName[],
  parts: ReadonlyMap<string, Uint8Array>,
  decode: (name: PartName, bytes: Uint8Array) => Result<Part, SnapshotFault>,
): Result<readonly Part[], SnapshotFault> {
  const all: Part[] = [];
  for (const name of list) {
    const bytes = parts.get(name);
    if (bytes === undefined) return err('malformed');
    const part = decode(name, bytes);
    if (!part.ok) return part;
    all.push(part.value);
  }
  return ok(all);
}
