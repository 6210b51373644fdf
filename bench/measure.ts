/** What was measured: our way and the bare way, in the same minute on the same machine. */
export interface Measured {
  readonly name: string;
  readonly runs: number;
  /** Medians, in milliseconds. */
  readonly oursMs: number;
  readonly bareMs: number;
  /** The median of the runs' ratios: what slows the machine for a moment slows both sides of a run. */
  readonly ratio: number;
  /** What the ratio is compared to, and the most it should be; null where no goal is set. */
  readonly comparedTo: string;
  readonly goal: number | null;
}

export interface Contest {
  readonly name: string;
  readonly comparedTo: string;
  readonly goal: number | null;
  readonly runs: number;
  /** Each prepares its own ground, runs, and returns how long the part that counts has taken, in milliseconds. */
  readonly ours: () => Promise<number>;
  readonly bare: () => Promise<number>;
}

/** Runs both sides in turns, the first one of each pair changing, after one pair that is not counted. */
export async function measure({ name, comparedTo, goal, runs, ours, bare }: Contest): Promise<Measured> {
  await ours();
  await bare();
  const pairs: { readonly ours: number; readonly bare: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) pairs.push({ ours: await ours(), bare: await bare() });
    else {
      const first = await bare();
      pairs.push({ bare: first, ours: await ours() });
    }
  }
  return {
    name,
    runs,
    oursMs: rounded(median(pairs.map((pair) => pair.ours))),
    bareMs: rounded(median(pairs.map((pair) => pair.bare))),
    ratio: rounded(median(pairs.map((pair) => pair.ours / pair.bare))),
    comparedTo,
    goal,
  };
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('The median of nothing');
  return (lower + upper) / 2;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
