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

/** The same of something that is no time. */
export interface Figure {
  readonly name: string;
  readonly unit: 'MiB' | 'KiB' | 'frames' | 'elements' | 'calls' | 'per second';
  readonly runs: number;
  /** Medians. */
  readonly ours: number;
  readonly bare: number;
  /** The median of the runs' ratios; null where a bare side is zero. */
  readonly ratio: number | null;
  readonly comparedTo: string;
}

/** How large something that is delivered is; compared to nothing. */
export interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What a benchmark found out. */
export interface Results {
  readonly results: readonly Measured[];
  readonly figures: readonly Figure[];
  readonly sizes: readonly Size[];
}

export const NO_RESULTS: Results = Object.freeze({ results: [], figures: [], sizes: [] });

export interface Contest {
  readonly name: string;
  readonly comparedTo: string;
  readonly goal: number | null;
  readonly runs: number;
  /** Each prepares its own ground, runs, and returns how long the part that counts has taken, in milliseconds. */
  readonly ours: () => Promise<number>;
  readonly bare: () => Promise<number>;
}

/** What both sides gave in one run. */
export interface Pair<Ours, Bare = Ours> {
  readonly ours: Ours;
  readonly bare: Bare;
}

/** Runs both sides in turns, the first one of each pair changing, after one pair that is not counted. */
export async function inTurns<Ours, Bare>(
  runs: number,
  ours: () => Promise<Ours>,
  bare: () => Promise<Bare>,
): Promise<readonly Pair<Ours, Bare>[]> {
  await ours();
  await bare();
  const pairs: Pair<Ours, Bare>[] = [];
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) pairs.push({ ours: await ours(), bare: await bare() });
    else {
      const first = await bare();
      pairs.push({ bare: first, ours: await ours() });
    }
  }
  return pairs;
}

/** Measures one time against another, in turns. */
export async function measure({ name, comparedTo, goal, runs, ours, bare }: Contest): Promise<Measured> {
  return times({ name, comparedTo, goal }, await inTurns(runs, ours, bare));
}

/** The medians of runs in which both sides gave a time, in milliseconds. */
export function times(
  {
    name,
    comparedTo,
    goal = null,
  }: { readonly name: string; readonly comparedTo: string; readonly goal?: number | null },
  pairs: readonly Pair<number>[],
): Measured {
  return {
    name,
    runs: pairs.length,
    oursMs: rounded(median(pairs.map(({ ours }) => ours))),
    bareMs: rounded(median(pairs.map(({ bare }) => bare))),
    ratio: rounded(median(pairs.map(({ ours, bare }) => ours / bare))),
    comparedTo,
    goal,
  };
}

/** The medians of runs in which both sides gave a number of something else. */
export function figure(
  { name, comparedTo, unit }: Pick<Figure, 'name' | 'comparedTo' | 'unit'>,
  pairs: readonly Pair<number>[],
): Figure {
  return {
    name,
    unit,
    runs: pairs.length,
    ours: rounded(median(pairs.map(({ ours }) => ours))),
    bare: rounded(median(pairs.map(({ bare }) => bare))),
    ratio: pairs.some(({ bare }) => bare === 0) ? null : rounded(median(pairs.map(({ ours, bare }) => ours / bare))),
    comparedTo,
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
