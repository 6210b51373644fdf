/** So many in a span of time, for each of many. What was not used comes back bit by bit (a token bucket). */
export interface Allowance {
  /** Takes one. Null: it was there; otherwise after how many seconds there is one, and none was taken. */
  readonly take: (who: string) => number | null;
}

interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

/**
 * `perSpan` takings in `spanSeconds` for everybody, of whom `maxCounted` are remembered: who was not heard of for
 * longest is forgotten first, and has all of them again.
 */
export function createAllowance(
  perSpan: number,
  spanSeconds: number,
  maxCounted: number,
  nowMs: () => number,
): Allowance {
  const buckets = new Map<string, Bucket>();
  const perMs = perSpan / (spanSeconds * 1_000);
  return {
    take(who) {
      const now = nowMs();
      const before = buckets.get(who);
      // A clock that goes back gives nothing.
      const grown = before === undefined ? perSpan : before.left + Math.max(0, now - before.atMs) * perMs;
      const there = Math.min(perSpan, grown);
      const isThere = there >= 1;
      // Put at the end, so that the first is the one not heard of for longest.
      buckets.delete(who);
      buckets.set(who, { left: isThere ? there - 1 : there, atMs: now });
      const [oldest] = buckets.keys();
      if (buckets.size > maxCounted && oldest !== undefined) buckets.delete(oldest);
      return isThere ? null : Math.max(1, Math.ceil((1 - there) / perMs / 1_000));
    },
  };
}
