import * as v from 'valibot';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  openStatement,
  signStatement,
  type AccountId,
  type SigningKey,
} from '../sealing/public.ts';
import { count, hash32 } from './fields.ts';
import type { Head } from './heads.ts';

/** What a device accepts by its own signature: its roles, in the account that showed it this head of its chain. */
export interface Reverse {
  readonly roles: number;
  readonly head: Head;
}

const VERSION = 1;

const context = (account: AccountId): Uint8Array => encodeCbor(['endymail/reverse', VERSION, accountIdBytes(account)]);

const payload = v.strictTuple([v.literal(VERSION), count, count, hash32]);

export function makeReverse(key: SigningKey, of: { readonly account: AccountId } & Reverse): Promise<Uint8Array> {
  return signStatement({
    type: 'reverse',
    key,
    context: context(of.account),
    payload: encodeCbor([VERSION, of.roles, of.head.count, hash32Bytes(of.head.hash)]),
  });
}

/** Reads what the device of this public key accepts; null where it has not signed that for this account. */
export async function openReverse(
  bytes: Uint8Array,
  of: { readonly account: AccountId; readonly publicKey: Uint8Array },
): Promise<Reverse | null> {
  const opened = await openStatement(bytes, {
    type: 'reverse',
    context: context(of.account),
    keyOf: () => of.publicKey,
  });
  if (!opened.ok) return null;
  const parsed = v.safeParse(payload, decodeCbor(opened.value.payload));
  if (!parsed.success) return null;
  const [, roles, number, hash] = parsed.output;
  return { roles, head: { count: number, hash } };
}
