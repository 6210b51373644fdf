import * as v from 'valibot';
import type { Head } from '../identity/index.ts';
import { err, ok, type Result } from '../result/index.ts';
import {
  encodeCbor,
  hash32Bytes,
  hpkeOpen,
  hpkeSeal,
  keyIdBytes,
  openStatement,
  sequenceIdBytes,
  signStatement,
  type AccountId,
  type Hash32,
  type KemKey,
  type KeyId,
  type SealingFault,
  type SequenceId,
  type SigningKey,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { SEQUENCES_MAX } from './limits.ts';
import { CONTEXTS, count, decodeVersioned, hash32, headFields, headOf, sequenceId, version, VERSION } from './wire.ts';

/** What an answer pins, so that the service can not begin the new device with an older state (R14). */
export interface Answer {
  /** The chain's head with the link that added the device. */
  readonly head: Head;
  /** The heads of all sequences. */
  readonly heads: ReadonlyMap<SequenceId, Head>;
  /** The epoch of every sequence. */
  readonly epochs: ReadonlyMap<SequenceId, StatedEpoch>;
}

/** An epoch as an answer states it. */
export interface StatedEpoch {
  readonly epoch: number;
  readonly keyCheck: Hash32;
}

const NO_AAD = new Uint8Array();

/** Sorted by their ids, each once (§4). */
const areSorted = (list: readonly (readonly [SequenceId, ...unknown[]])[]): boolean =>
  list.every(([id], index) => index === 0 || (list[index - 1]?.[0] ?? id) < id);

/** A number and a hash for each sequence: its head, or its epoch and key check. */
const perSequence = v.pipe(
  v.array(v.strictTuple([sequenceId, count, hash32])),
  v.maxLength(SEQUENCES_MAX),
  v.check((list) => areSorted(list)),
);

const payload = v.strictTuple([version, count, hash32, perSequence, perSequence]);

const inOrder = <T>(map: ReadonlyMap<SequenceId, T>): readonly (readonly [SequenceId, T])[] =>
  [...map].sort(([left], [right]) => (left < right ? -1 : 1));

/** Signs an answer that only the device with `kemKey` can read. */
export async function makeAnswer(of: {
  readonly account: AccountId;
  readonly requestId: RequestId;
  readonly admin: SigningKey;
  readonly kemKey: Uint8Array;
  readonly answer: Answer;
}): Promise<Uint8Array> {
  const { head, heads, epochs } = of.answer;
  const content = encodeCbor([
    VERSION,
    ...headFields(head),
    inOrder(heads).map(([sequence, at]) => [sequenceIdBytes(sequence), ...headFields(at)]),
    inOrder(epochs).map(([sequence, { epoch, keyCheck }]) => [sequenceIdBytes(sequence), epoch, hash32Bytes(keyCheck)]),
  ]);
  const info = CONTEXTS.sealedAnswer(of.account, of.requestId, keyIdBytes(of.admin.id));
  return signStatement({
    type: 'answer',
    key: of.admin,
    context: CONTEXTS.step('answer', of.account, of.requestId),
    payload: await hpkeSeal(of.kemKey, info, NO_AAD, content),
  });
}

/** Reads the answer to this request by the device whose key is given. */
export async function openAnswer(
  bytes: Uint8Array,
  of: {
    readonly account: AccountId;
    readonly requestId: RequestId;
    readonly admin: { readonly id: KeyId; readonly publicKey: Uint8Array };
    readonly kem: KemKey;
  },
): Promise<Result<Answer, SealingFault>> {
  const opened = await openStatement(bytes, {
    type: 'answer',
    context: CONTEXTS.step('answer', of.account, of.requestId),
    keyOf: (id) => (id === of.admin.id ? of.admin.publicKey : null),
  });
  if (!opened.ok) return opened;
  const info = CONTEXTS.sealedAnswer(of.account, of.requestId, keyIdBytes(of.admin.id));
  const unsealed = await hpkeOpen(of.kem, info, NO_AAD, opened.value.payload);
  if (!unsealed.ok) return err(unsealed.error);
  const read = decodeVersioned(payload, unsealed.value.reveal());
  if (!read.ok) return read;
  const [, length, hash, heads, epochs] = read.value;
  return ok({
    head: headOf(length, hash),
    heads: new Map(heads.map(([sequence, at, headHash]) => [sequence, headOf(at, headHash)])),
    epochs: new Map(epochs.map(([sequence, epoch, keyCheck]) => [sequence, { epoch, keyCheck }])),
  });
}
