import { CHAIN_LIMITS, type Epoch, type Sequence } from '../identity/index.ts';
import { ok, type Redacted } from '../result/index.ts';
import { epochOf, keyCheck, openUnder, unpadded } from '../sealing/index.ts';
import { decodeContent, type Content } from './content.ts';
import { sealContext } from './contexts.ts';
import type { SequenceState } from './sequence-state.ts';
import { stopped, unreadable, voided, type Placed, type Verdict } from './verdict.ts';

/**
 * The keys of one sequence by epoch. `null`: the bundle was read and holds no right key, so that what is sealed under
 * it is skipped. An epoch that is missing stops the reading until its bundle is there.
 */
export type SequenceKeys = ReadonlyMap<number, Redacted<Uint8Array> | null>;

/** What was in an entry. */
export interface Opened {
  readonly content: Content;
  readonly epoch: Epoch;
  /** The size of the padded content in bytes. */
  readonly size: number;
}

/** The epoch under which an entry is sealed, where that was still the present one at its place. */
export function epochAt({ sealed, index }: Placed, { epochs }: Sequence): Verdict<Epoch> {
  const number = epochOf(sealed);
  // Every epoch has a link of its own: a number beyond the links is no reason to ask for more of them.
  if (number === null || number > CHAIN_LIMITS.links) return unreadable('malformed');
  const epoch = epochs.find((one) => one.epoch === number);
  if (epoch === undefined) return number > epochs.length ? stopped('needs-chain') : unreadable('malformed');
  const end = epochs.find((one) => one.epoch === number + 1)?.from ?? null;
  return end !== null && index >= end.count ? voided('old-epoch') : ok(epoch);
}

/** Opens an entry with the key of its epoch, which must be the one that the chain states. */
export async function openContent(
  { account, sequence }: SequenceState,
  { signer, sealed }: Placed,
  of: { readonly epoch: Epoch; readonly sequence: Sequence; readonly keys: SequenceKeys },
): Promise<Verdict<Opened>> {
  const { epoch, keyCheck: stated } = of.epoch;
  const key = of.keys.get(epoch);
  if (key === undefined) return stopped('needs-key');
  if (key === null) return unreadable('no-key');
  if (keyCheck(key, { account, sequence, epoch }) !== stated) return stopped('needs-key');
  const plain = await openUnder(key, sealContext({ account, sequence, epoch, keyCheck: stated, signer }), sealed);
  if (!plain.ok) return unreadable('does-not-open');
  const bytes = unpadded(plain.value);
  const content = bytes === null ? 'malformed' : decodeContent(of.sequence.catalog, bytes);
  if (content === 'malformed') return unreadable('malformed');
  return content === 'newer' ? stopped('newer') : ok({ content, epoch: of.epoch, size: plain.value.length });
}
