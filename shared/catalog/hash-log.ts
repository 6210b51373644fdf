import type { Hash32 } from '../sealing/index.ts';

/** How many hashes stand in one part. */
export const LOG_PART_HASHES = 1024;

/**
 * A list of hashes that only grows, in parts of one length: a longer list shares all parts with the shorter one but the
 * last, so that neither adding nor storing costs more the longer it is.
 */
export interface HashLog {
  readonly length: number;
  readonly parts: readonly (readonly Hash32[])[];
}

/** The log with nothing in it. */
export const EMPTY_LOG: HashLog = Object.freeze({ length: 0, parts: [] });

/** The log with one more hash at its end. */
export function appended(log: HashLog, hash: Hash32): HashLog {
  const last = log.parts.at(-1);
  const parts =
    last === undefined || last.length === LOG_PART_HASHES
      ? [...log.parts, [hash]]
      : [...log.parts.slice(0, -1), [...last, hash]];
  return { length: log.length + 1, parts };
}

/** The hash at `index` from 0, or null where the log has none. */
export function hashAt(log: HashLog, index: number): Hash32 | null {
  return log.parts[Math.floor(index / LOG_PART_HASHES)]?.[index % LOG_PART_HASHES] ?? null;
}
