/** The most that a call of the page may weigh, in bytes. A public part has 64 KiB at the most. */
export const CALL_MAX_BYTES = 1024 * 1024;

const DEPTH_MAX = 16;
/** What a value weighs beside its text. */
const VALUE_BYTES = 8;

/**
 * Whether a value weighs `maxBytes` at the most. Counts and copies nothing: text by its characters (two bytes each, as
 * they lie in memory), and stops as soon as it is too much. What is no plain data (a map, a function) is too much.
 */
export function isWithin(value: unknown, maxBytes: number): boolean {
  return weigh(value, maxBytes, 0) >= 0;
}

/** What is left of `budget`; below zero: it was too much. */
function weigh(value: unknown, budget: number, depth: number): number {
  if (typeof value === 'string') return budget - VALUE_BYTES - 2 * value.length;
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? -1 : budget - VALUE_BYTES;
  if (ArrayBuffer.isView(value)) return budget - VALUE_BYTES - value.byteLength;
  if (depth === DEPTH_MAX) return -1;
  let left = budget - VALUE_BYTES;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = weigh(item, left, depth + 1);
      if (left < 0) return left;
    }
    return left;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return -1;
  for (const [name, item] of Object.entries(value)) {
    left = weigh(item, left - 2 * name.length, depth + 1);
    if (left < 0) return left;
  }
  return left;
}
