import {
  accountIdBytes,
  encodeCbor,
  hash32Bytes,
  keyIdBytes,
  sequenceIdBytes,
  type AccountId,
  type Hash32,
  type KeyId,
  type SequenceId,
} from '../sealing/index.ts';

const LABEL = 'endymail/entry';
const SUITE = 1;

/** For what an entry is signed. */
export const entryContext = (account: AccountId, sequence: SequenceId): Uint8Array =>
  encodeCbor([LABEL, SUITE, accountIdBytes(account), sequenceIdBytes(sequence)]);

/** For what an entry is sealed: nobody else's signature, and no second key, fits to the same sealed bytes. */
export const sealContext = (of: {
  readonly account: AccountId;
  readonly sequence: SequenceId;
  readonly epoch: number;
  readonly keyCheck: Hash32;
  readonly signer: KeyId;
}): Uint8Array =>
  encodeCbor([
    LABEL,
    SUITE,
    accountIdBytes(of.account),
    sequenceIdBytes(of.sequence),
    of.epoch,
    hash32Bytes(of.keyCheck),
    keyIdBytes(of.signer),
  ]);
