import type { Device } from '@endymail/shared/identity/public';
import type { Step } from '@endymail/shared/mesh-api';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  isCborArray,
  keyIdOf,
  openStatement,
  type AccountId,
  type Hash32,
  type StatementType,
} from '@endymail/shared/sealing/public';

/** The Ed25519 key of the device that asks, as its request has it (docs/protocol.md §7); null: it is none. */
export function keyInRequest(request: Uint8Array): Uint8Array | null {
  const decoded = decodeCbor(request);
  const key = isCborArray(decoded) ? decoded[1] : null;
  return key instanceof Uint8Array ? key : null;
}

/** Whether a request to join is signed, for this account, by the key in it. */
export async function isJoinRequest(request: Uint8Array, account: AccountId): Promise<boolean> {
  const decoded = decodeCbor(request);
  const statement = isCborArray(decoded) ? decoded[3] : null;
  const key = keyInRequest(request);
  if (key === null || !(statement instanceof Uint8Array)) return false;
  return isSigned(statement, 'request', encodeCbor(['endymail/request', 1, accountIdBytes(account)]), key);
}

/** Whether a step is signed, for this account and request, by a device of the account or the key that asks. */
export function isStepBy(
  signer: Device | Uint8Array,
  step: Step,
  statement: Uint8Array,
  { account, request }: { readonly account: AccountId; readonly request: Hash32 },
): Promise<boolean> {
  const context = encodeCbor([`endymail/${step}`, 1, accountIdBytes(account), hash32Bytes(request)]);
  return isSigned(statement, step, context, signer instanceof Uint8Array ? signer : signer.publicKey);
}

async function isSigned(
  statement: Uint8Array,
  type: StatementType,
  context: Uint8Array,
  key: Uint8Array,
): Promise<boolean> {
  const id = keyIdOf(key);
  const opened = await openStatement(statement, { type, context, keyOf: (other) => (other === id ? key : null) });
  return opened.ok;
}
