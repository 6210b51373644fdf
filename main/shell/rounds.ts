/**
 * Work that is asked for from many sides, one round after the other: whoever asks while a round goes on shares the next
 * one, because what the running round has asked already may be out of date.
 */
export function inRounds(work: () => Promise<void>): () => Promise<void> {
  let round: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  return function run(): Promise<void> {
    if (round === null) {
      round = work().finally(() => {
        round = null;
      });
      return round;
    }
    next ??= round.then(() => {
      next = null;
      return run();
    });
    return next;
  };
}
