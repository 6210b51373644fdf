import type { Head } from '../../identity/index.ts';
import type { Redacted } from '../../result/index.ts';
import {
  encodeCbor,
  hash32Bytes,
  padded,
  sealUnder,
  signStatement,
  type CborValue,
  type Hash32,
  type SigningKey,
} from '../../sealing/index.ts';
import { encodeContent, type Content } from '../content.ts';
import { entryContext, sealContext } from '../contexts.ts';
import type { SequenceState } from '../sequence-state.ts';

/** What somebody who holds a device's keys can make of an entry: everything that its parts allow. */
export interface Forgery {
  readonly state: SequenceState;
  readonly signer: SigningKey;
  readonly epoch: number;
  readonly keyCheck: Hash32;
  readonly key: Redacted<Uint8Array>;
  readonly content: Content;
  /** What stands in the place of the content, where that is none. */
  readonly instead?: Uint8Array;
  /** The head behind which it is written, where that is not the one of `state`. */
  readonly head?: Head;
  /** What is sealed, where the content is not padded as it should be. */
  readonly plain?: Uint8Array;
}

/** An entry by somebody who keeps to no rule. */
export async function forged(of: Forgery): Promise<Uint8Array> {
  return signed(of, await sealed(of));
}

/** What stands sealed in an entry. */
export function sealed({ state, signer, epoch, keyCheck, key, content, instead, plain }: Forgery): Promise<Uint8Array> {
  const { account, sequence } = state;
  const context = sealContext({ account, sequence, epoch, keyCheck, signer: signer.id });
  return sealUnder(key, epoch, context, plain ?? padded(instead ?? encodeContent(content)));
}

/** An entry around what is sealed already, or around what is not sealed at all. */
export function signed(
  { state, signer, head = state.head }: Pick<Forgery, 'state' | 'signer' | 'head'>,
  inside: CborValue,
): Promise<Uint8Array> {
  return signStatement({
    type: 'entry',
    key: signer,
    context: entryContext(state.account, state.sequence),
    payload: encodeCbor([head.count, hash32Bytes(head.hash), inside]),
  });
}
