import * as v from 'valibot';

/** What a second start tells the first, which shows its window in its place. */
const SecondStart = v.object({
  /** The link that it was opened with. Not looked at yet. */
  link: v.nullable(v.string()),
  /** It was started with the computer; then there is nothing to show. */
  isHidden: v.boolean(),
});

export type SecondStart = v.InferOutput<typeof SecondStart>;

/** It comes from another process: one that says something else only wants the window. */
export function parseSecondStart(told: unknown): SecondStart {
  const parsed = v.safeParse(SecondStart, told);
  return parsed.success ? parsed.output : { link: null, isHidden: false };
}
