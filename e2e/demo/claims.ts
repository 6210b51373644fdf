/** Everything that the demo says is checked; what is not so ends it. */
export interface Claims {
  /** What held so far, in the words of the demo. */
  readonly held: readonly string[];
  /** Notes the claim, or throws when it does not hold. `seen` is told then. */
  check(what: string, holds: boolean, seen?: unknown): void;
}

export function createClaims(): Claims {
  const held: string[] = [];
  return {
    held,
    check: (what, holds, seen) => {
      if (!holds) throw new Error(`This is not so: ${what}${seen === undefined ? '' : `\nSeen: ${inWords(seen)}`}`);
      held.push(what);
    },
  };
}

const inWords = (seen: unknown): string => (typeof seen === 'string' ? seen : JSON.stringify(seen, null, 2));
