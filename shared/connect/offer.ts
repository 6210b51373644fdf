import * as v from 'valibot';
import type { Head } from '../identity/index.ts';
import { ok, type Result } from '../result/index.ts';
import {
  CPACE_SHARE_BYTES,
  encodeCbor,
  openStatement,
  signStatement,
  type AccountId,
  type KeyId,
  type SealingFault,
  type SigningKey,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { bytesOf, CONTEXTS, count, decodePayload, hash32, headFields, headOf } from './wire.ts';

/** What an admin device offers: its half of the exchange, the rights, and the chain as it knows it. */
export interface Offer {
  readonly admin: KeyId;
  readonly share: Uint8Array;
  readonly roles: number;
  readonly head: Head;
  readonly mac: Uint8Array;
}

/** Bytes of CPace's explicit key confirmation. */
export const MAC_BYTES = 64;

const payload = v.strictTuple([bytesOf(CPACE_SHARE_BYTES), count, count, hash32, bytesOf(MAC_BYTES)]);

/** Signs an offer. */
export function makeOffer(of: {
  readonly account: AccountId;
  readonly requestId: RequestId;
  readonly admin: SigningKey;
  readonly offer: Omit<Offer, 'admin'>;
}): Promise<Uint8Array> {
  const { share, roles, head, mac } = of.offer;
  return signStatement({
    type: 'offer',
    key: of.admin,
    context: CONTEXTS.step('offer', of.account, of.requestId),
    payload: encodeCbor([share, roles, ...headFields(head), mac]),
  });
}

/** Reads an offer for this request by a key that `keyOf` gives. It proves nothing before its `mac` was compared. */
export async function openOffer(
  bytes: Uint8Array,
  of: {
    readonly account: AccountId;
    readonly requestId: RequestId;
    readonly keyOf: (id: KeyId) => Uint8Array | null;
  },
): Promise<Result<Offer, SealingFault>> {
  const opened = await openStatement(bytes, {
    type: 'offer',
    context: CONTEXTS.step('offer', of.account, of.requestId),
    keyOf: of.keyOf,
  });
  if (!opened.ok) return opened;
  const read = decodePayload(payload, opened.value.payload);
  if (!read.ok) return read;
  const [share, roles, length, hash, mac] = read.value;
  return ok({ admin: opened.value.signer, share, roles, head: headOf(length, hash), mac });
}
