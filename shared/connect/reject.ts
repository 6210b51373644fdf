import * as v from 'valibot';
import {
  encodeCbor,
  openStatement,
  signStatement,
  type AccountId,
  type KeyId,
  type SigningKey,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { CONTEXTS, count, decodeVersioned, version, VERSION } from './wire.ts';

/** Why one side says no to the other. */
export type RejectReason = (typeof REJECT_REASONS)[number];

/** By their numbers in docs/protocol.md §7, from 1. */
export const REJECT_REASONS = Object.freeze([
  'not-me',
  'wrong-digits',
  'too-late',
  'taken-back',
  'other-certificate',
] as const);

const payload = v.strictTuple([version, count]);

/** Says no to a request, or takes one back. */
export function makeReject(of: {
  readonly account: AccountId;
  readonly requestId: RequestId;
  readonly key: SigningKey;
  readonly reason: RejectReason;
}): Promise<Uint8Array> {
  return signStatement({
    type: 'reject',
    key: of.key,
    context: CONTEXTS.step('reject', of.account, of.requestId),
    payload: encodeCbor([VERSION, REJECT_REASONS.indexOf(of.reason) + 1]),
  });
}

/** Why the other side says no; null when nobody whose key `keyOf` gives has said so. */
export async function openReject(
  bytes: Uint8Array,
  of: {
    readonly account: AccountId;
    readonly requestId: RequestId;
    readonly keyOf: (id: KeyId) => Uint8Array | null;
  },
): Promise<RejectReason | null> {
  const opened = await openStatement(bytes, {
    type: 'reject',
    context: CONTEXTS.step('reject', of.account, of.requestId),
    keyOf: of.keyOf,
  });
  const read = opened.ok ? decodeVersioned(payload, opened.value.payload) : opened;
  // A no is a no, also for a reason that this program does not know.
  return read.ok ? (REJECT_REASONS[read.value[1] - 1] ?? 'taken-back') : null;
}
