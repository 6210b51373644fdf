import type { SequenceId } from '../sealing/public.ts';
import type { Head } from './heads.ts';
import type { Link, StatedEpoch } from './link.ts';
import type { Epoch, Profile, Sequence } from './profile.ts';

/** Whether a list is of every sequence of the account. Each stands in it once, as the list is in order. */
export const isOfAll = (profile: Profile, stated: readonly { readonly sequence: SequenceId }[]): boolean =>
  stated.length === profile.sequences.size && stated.every(({ sequence }) => profile.sequences.has(sequence));

/** The sequences with these epochs begun; null where one does not follow, or begins before the one that it follows. */
export function withEpochs(
  profile: Profile,
  link: Link,
  heads: ReadonlyMap<SequenceId, Head>,
  epochs: readonly StatedEpoch[],
): ReadonlyMap<SequenceId, Sequence> | null {
  const sequences = new Map(profile.sequences);
  for (const { sequence: id, epoch, keyCheck } of epochs) {
    const sequence = sequences.get(id);
    const last = sequence?.epochs.at(-1);
    const from = heads.get(id);
    if (sequence === undefined || last === undefined || from === undefined) return null;
    if (epoch !== last.epoch + 1 || from.count < (last.from?.count ?? 0)) return null;
    const next: Epoch = { epoch, keyCheck, link: link.index, time: link.time, from };
    sequences.set(id, { ...sequence, epochs: [...sequence.epochs, next] });
  }
  return sequences;
}
