import { currentEpoch, mayUse, nextHead, type Head, type Profile } from '../identity/index.ts';
import { err, ok, type Redacted, type Result } from '../result/index.ts';
import {
  CONTENT_MAX_BYTES,
  encodeCbor,
  hash32Bytes,
  hash32Of,
  keyCheck,
  padded,
  sealUnder,
  signStatement,
  type Hash32,
  type KeyId,
  type SequenceId,
  type SigningKey,
} from '../sealing/index.ts';
import { encodeContent } from './content.ts';
import { entryContext, sealContext } from './contexts.ts';
import type { PlannedChange } from './fold.ts';
import { CATALOG_OF } from './item-codec.ts';
import { writerOf, type SequenceState } from './sequence-state.ts';

/** Where a device writes next in a sequence. */
export interface WritePlace {
  readonly sequence: SequenceId;
  /** The head behind which it writes. */
  readonly head: Head;
  /** The counter of its last entry; 0 before the first. */
  readonly counter: number;
  /** The SHA-256 of that entry; zeros before the first. */
  readonly last: Hash32;
}

/** An entry that was made; its bytes lie in the outbox before they are sent. */
export interface MadeEntry {
  readonly bytes: Uint8Array;
  /** Where the next one goes if this one is taken. Its `counter` and `last` are the device's own record. */
  readonly next: WritePlace;
}

/** Why an entry can not be made. */
export type MakeFault =
  /** The device may not write into this catalog. */
  | 'no-right'
  /** The key is not that of the sequence's present epoch. */
  | 'wrong-key'
  /** The item does not belong into this catalog. */
  | 'other-catalog'
  /** The item does not fit into an entry. */
  | 'too-large';

/** Where `device` writes next in a sequence that was read up to `state`. */
export function placeToWrite(state: SequenceState, device: KeyId): WritePlace {
  const { counter, last } = writerOf(state, device);
  return { sequence: state.sequence, head: state.head, counter, last };
}

/** Makes and signs an entry under the present epoch of its sequence: a device never writes under an older one. */
export async function makeEntry(of: {
  readonly profile: Profile;
  readonly place: WritePlace;
  readonly signer: SigningKey;
  /** The key of the sequence's present epoch. */
  readonly epochKey: Redacted<Uint8Array>;
  readonly planned: PlannedChange;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}): Promise<Result<MadeEntry, MakeFault>> {
  const { profile, place, signer, epochKey, planned } = of;
  const { change, atLeastBytes } = planned;
  const { account, head: chain } = profile;
  const { sequence, head } = place;
  const catalog = profile.sequences.get(sequence)?.catalog;
  const present = currentEpoch(profile, sequence);
  if (catalog === undefined || present === null || !mayUse(profile, signer.id, catalog)) return err('no-right');
  if (change.event === 'upsert' && CATALOG_OF[change.item.kind] !== catalog) return err('other-catalog');
  const { epoch } = present;
  if (keyCheck(epochKey, { account, sequence, epoch }) !== present.keyCheck) return err('wrong-key');
  const counter = place.counter + 1;
  const content = encodeContent({ change, counter, ownPrevious: place.last, chain, time: of.nowSeconds });
  if (content.length > CONTENT_MAX_BYTES) return err('too-large');
  const context = sealContext({ account, sequence, epoch, keyCheck: present.keyCheck, signer: signer.id });
  const sealed = await sealUnder(epochKey, epoch, context, padded(content, atLeastBytes));
  const bytes = await signStatement({
    type: 'entry',
    key: signer,
    context: entryContext(account, sequence),
    payload: encodeCbor([head.count, hash32Bytes(head.hash), sealed]),
  });
  return ok({ bytes, next: { sequence, head: nextHead(head, bytes), counter, last: hash32Of(bytes) } });
}
