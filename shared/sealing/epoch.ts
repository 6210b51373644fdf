import { err, ok, Redacted, type Result } from '../result/index.ts';
import { fromHex, toHex } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { hkdf } from './digest.ts';
import { randomBytes } from './engine.ts';
import { epochOf, openUnder, sealUnder } from './entry-seal.ts';
import type { SealingFault } from './fault.ts';
import { hpkeOpen, hpkeSeal, type KemKey } from './hpke.ts';
import {
  accountIdBytes,
  type AccountId,
  hash32Bytes,
  type Hash32,
  type KeyId,
  sequenceIdBytes,
  type SequenceId,
} from './ids.ts';

/** Bytes of the key of one sequence and epoch. */
export const EPOCH_KEY_BYTES = 32;

const SUITE = 1;
const CHECK_LABEL = 'endymail/commit';
const WRAP_LABEL = 'endymail/epoch';
const PREVIOUS_LABEL = 'endymail/previous-epoch';
const CHECK_BYTES = 32;
const NONE = new Uint8Array(0);

/** What an epoch key is the key of. */
export interface EpochPlace {
  readonly account: AccountId;
  readonly sequence: SequenceId;
  readonly epoch: number;
}

/** For whom an epoch key is wrapped, and beside which link. */
export interface WrapContext extends EpochPlace {
  /** The device's id, or the recovery KEM hash. */
  readonly owner: KeyId | Hash32;
  /** The head of the chain before the link that the wrap stands beside. */
  readonly previousLink: Hash32;
}

/** An epoch, and the one before it whose key is sealed under its own. */
export interface PreviousEpochContext extends EpochPlace {
  readonly previousEpoch: number;
}

/** Draws the key of a new epoch. */
export const newEpochKey = (): Redacted<Uint8Array> => new Redacted(randomBytes(EPOCH_KEY_BYTES));

/**
 * What a link states of an epoch key. A key is used only where its check is the one in the link; that also commits
 * every entry to its key, which AES-GCM alone does not.
 */
export function keyCheck(epochKey: Redacted<Uint8Array>, place: EpochPlace): Hash32 {
  return toHex(hkdf(ofKeyLength(epochKey), NONE, context(CHECK_LABEL, place), CHECK_BYTES)) as Hash32;
}

/** Seals an epoch key to a recipient's KEM key (1,168 bytes). Throws on a KEM key that `isGoodKemKey` refuses. */
export function wrapEpochKey(
  recipientKem: Uint8Array,
  epochKey: Redacted<Uint8Array>,
  wrapContext: WrapContext,
): Promise<Uint8Array> {
  return hpkeSeal(recipientKem, wrapInfo(wrapContext), NONE, ofKeyLength(epochKey));
}

/**
 * Opens a wrap. It says nothing of who made it: compare `keyCheck` with the link's before the key is used. Errors:
 * `malformed` (also: what is in it is no epoch key), `does-not-open`.
 */
export async function unwrapEpochKey(
  kemKey: KemKey,
  wrapContext: WrapContext,
  wrap: Uint8Array,
): Promise<Result<Redacted<Uint8Array>, SealingFault>> {
  const opened = await hpkeOpen(kemKey, wrapInfo(wrapContext), NONE, wrap);
  return opened.ok ? asEpochKey(opened.value.reveal()) : opened;
}

/** Seals the key of the previous epoch under the new one's, so that who has the new one reads what was before. */
export function sealPreviousEpoch(
  newKey: Redacted<Uint8Array>,
  oldKey: Redacted<Uint8Array>,
  place: PreviousEpochContext,
): Promise<Uint8Array> {
  return sealUnder(newKey, place.epoch, previousContext(place), ofKeyLength(oldKey));
}

/**
 * Opens what `sealPreviousEpoch` sealed. Compare `keyCheck` with the old link's before the key is used. Errors:
 * as of `unwrapEpochKey`.
 */
export async function openPreviousEpoch(
  newKey: Redacted<Uint8Array>,
  place: PreviousEpochContext,
  sealed: Uint8Array,
): Promise<Result<Redacted<Uint8Array>, SealingFault>> {
  // The header names the epoch once more; two answers to one question would be two readings of the same bytes.
  const named = epochOf(sealed);
  if (named !== null && named !== place.epoch) return err('does-not-open');
  const opened = await openUnder(newKey, previousContext(place), sealed);
  return opened.ok ? asEpochKey(opened.value) : opened;
}

function context(
  label: string,
  { account, sequence, epoch }: EpochPlace,
  ...more: (Uint8Array | number)[]
): Uint8Array {
  return encodeCbor([label, SUITE, accountIdBytes(account), sequenceIdBytes(sequence), epoch, ...more]);
}

const wrapInfo = (wrap: WrapContext): Uint8Array =>
  context(WRAP_LABEL, wrap, fromHex(wrap.owner), hash32Bytes(wrap.previousLink));

const previousContext = (place: PreviousEpochContext): Uint8Array =>
  context(PREVIOUS_LABEL, place, place.previousEpoch);

function asEpochKey(bytes: Uint8Array): Result<Redacted<Uint8Array>, SealingFault> {
  return bytes.length === EPOCH_KEY_BYTES ? ok(new Redacted(bytes)) : err('malformed');
}

function ofKeyLength(epochKey: Redacted<Uint8Array>): Uint8Array {
  const bytes = epochKey.reveal();
  if (bytes.length !== EPOCH_KEY_BYTES) throw new RangeError(`An epoch key has ${EPOCH_KEY_BYTES} bytes`);
  return bytes;
}
