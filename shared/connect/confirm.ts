import * as v from 'valibot';
import { ok, type Result } from '../result/index.ts';
import {
  encodeCbor,
  openStatement,
  signStatement,
  type AccountId,
  type SealingFault,
  type SigningKey,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { REVERSE_MAX_BYTES } from './limits.ts';
import { MAC_BYTES } from './offer.ts';
import type { PendingRequest } from './request.ts';
import { bytesOf, bytesUpTo, CONTEXTS, decodePayload, message } from './wire.ts';

/** What the new device confirms with: its proof, its acceptance of the rights, and what it says it is. */
export interface Confirmation {
  readonly mac: Uint8Array;
  /** A statement `reverse`, which goes into the link. */
  readonly reverse: Uint8Array;
  /** Sealed under what both sides derived. */
  readonly description: Uint8Array;
}

const payload = v.strictTuple([bytesOf(MAC_BYTES), bytesUpTo(REVERSE_MAX_BYTES), message]);

/** Signs a confirmation. */
export function makeConfirm(of: {
  readonly account: AccountId;
  readonly requestId: RequestId;
  readonly device: SigningKey;
  readonly confirmation: Confirmation;
}): Promise<Uint8Array> {
  const { mac, reverse, description } = of.confirmation;
  return signStatement({
    type: 'confirm',
    key: of.device,
    context: CONTEXTS.step('confirm', of.account, of.requestId),
    payload: encodeCbor([mac, reverse, description]),
  });
}

/** Reads the confirmation by the device of this request. It proves nothing before its `mac` was compared. */
export async function openConfirm(
  bytes: Uint8Array,
  request: PendingRequest,
): Promise<Result<Confirmation, SealingFault>> {
  const opened = await openStatement(bytes, {
    type: 'confirm',
    context: CONTEXTS.step('confirm', request.account, request.id),
    keyOf: (id) => (id === request.device ? request.publicKey : null),
  });
  if (!opened.ok) return opened;
  const read = decodePayload(payload, opened.value.payload);
  if (!read.ok) return read;
  const [mac, reverse, description] = read.value;
  return ok({ mac, reverse, description });
}
