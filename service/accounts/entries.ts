import type { Device, Head } from '@endymail/shared/identity/public';
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
  type SequenceId,
} from '@endymail/shared/sealing/public';

const ENTRY_PARTS = 3;

/** Where an entry would stand, and who says to have written it. */
interface Place {
  readonly account: AccountId;
  readonly sequence: SequenceId;
  readonly device: Device;
  readonly head: Head;
}

/**
 * Whether bytes are an entry that this device signed for this place (docs/protocol.md §6). Of what it says, only index
 * and previous hash are looked at; the rest is sealed.
 */
export async function isEntry(bytes: Uint8Array, { account, sequence, device, head }: Place): Promise<boolean> {
  const context = encodeCbor(['endymail/entry', 1, accountIdBytes(account), sequenceIdBytes(sequence)]);
  const opened = await openStatement(bytes, {
    type: 'entry',
    context,
    keyOf: (id) => (id === device.id ? device.publicKey : null),
  });
  const payload = opened.ok ? decodeCbor(opened.value.payload) : null;
  if (!isCborArray(payload) || payload.length !== ENTRY_PARTS) return false;
  const [index, previous, sealed] = payload;
  const isPlaced =
    index === head.count && previous instanceof Uint8Array && equalBytes(previous, hash32Bytes(head.hash));
  return isPlaced && sealed instanceof Uint8Array;
}
