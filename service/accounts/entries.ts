import type { Head } from '@endymail/shared/identity/public';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  isCborArray,
  openStatement,
  equalBytes,
  sequenceIdBytes,
  type AccountId,
  type KeyId,
  type SequenceId,
} from '@endymail/shared/sealing/public';

const ENTRY_PARTS = 3;

/** Where an entry would stand, and who may have written it. */
interface Place {
  readonly account: AccountId;
  readonly sequence: SequenceId;
  readonly head: Head;
  /** The Ed25519 key of a device that may be its writer; null: this one may not. */
  readonly keyOf: (device: KeyId) => Uint8Array | null;
}

/**
 * Whether bytes are an entry that one of these devices signed for this place (docs/protocol.md §6). Of what it says, only index
 * and previous hash are looked at; the rest is sealed.
 */
export async function isEntry(bytes: Uint8Array, { account, sequence, head, keyOf }: Place): Promise<boolean> {
  const context = encodeCbor(['endymail/entry', 1, accountIdBytes(account), sequenceIdBytes(sequence)]);
  const opened = await openStatement(bytes, {
    type: 'entry',
    context,
    keyOf,
  });
  const payload = opened.ok ? decodeCbor(opened.value.payload) : null;
  if (!isCborArray(payload) || payload.length !== ENTRY_PARTS) return false;
  const [index, previous, sealed] = payload;
  const isPlaced =
    index === head.count && previous instanceof Uint8Array && equalBytes(previous, hash32Bytes(head.hash));
  return isPlaced && sealed instanceof Uint8Array;
}
