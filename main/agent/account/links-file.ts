import * as v from 'valibot';
import { CHAIN_LIMITS } from '@endymail/shared/identity';
import { accountIdBytes, decodeCbor, encodeCbor, parseAccountId, type AccountId } from '@endymail/shared/sealing';

/** The links of one account's profile chain. They are public. */
export interface KnownLinks {
  readonly account: AccountId;
  readonly links: readonly Uint8Array[];
}

const VERSION = 1;

const Content = v.strictTuple([
  v.literal(VERSION),
  v.unknown(),
  v.pipe(v.array(v.instance(Uint8Array)), v.maxLength(CHAIN_LIMITS.links)),
]);

/** As they stand in their file: CBOR `[1, account, [link, …]]`. */
export const encodeLinks = ({ account, links }: KnownLinks): Uint8Array =>
  encodeCbor([VERSION, accountIdBytes(account), links]);

/** Reads what `encodeLinks` made, unverified; null for anything else. */
export function decodeLinks(file: Uint8Array): KnownLinks | null {
  const content = v.safeParse(Content, decodeCbor(file));
  if (!content.success) return null;
  const account = parseAccountId(content.output[1]);
  return account === null ? null : { account, links: content.output[2] };
}
