import type { Profile } from '../identity/index.ts';
import type { SequenceId } from '../sealing/index.ts';
import type { SequenceFault } from './outcome.ts';
import { sequencePassed, type SequenceState } from './sequence-state.ts';

/**
 * Whether what was read agrees with the links that came since: `broken-chain` where one states a head that the sequence
 * did not have (somebody was shown another sequence), `read-again` where one began an epoch before the end of what was
 * read, so that some of it has no effect.
 */
export function agreement(state: SequenceState, profile: Profile): SequenceFault | null {
  if (profile.head.count < state.chain) return 'needs-chain';
  if (profile.head.count === state.chain) return null;
  for (const { link, from } of epochsOf(profile, state.sequence)) {
    if (from === null || link < state.chain) continue;
    if (sequencePassed(state, from) === false) return 'broken-chain';
    if (from.count < state.head.count) return 'read-again';
  }
  return null;
}

/** Whether the head that was reached now is the one that the chain states for this count, where it states one. */
export const isAsStated = (state: SequenceState, profile: Profile): boolean =>
  epochsOf(profile, state.sequence).every(
    ({ from }) => from?.count !== state.head.count || from.hash === state.head.hash,
  );

/**
 * Whether all was read that the profile chain states of this sequence. Where there is no more to be had of the service,
 * and this is false, the service holds something back.
 */
export const hasAllStated = (state: SequenceState, profile: Profile): boolean =>
  epochsOf(profile, state.sequence).every(({ from }) => from === null || from.count <= state.head.count);

const epochsOf = (profile: Profile, sequence: SequenceId) => profile.sequences.get(sequence)?.epochs ?? [];
