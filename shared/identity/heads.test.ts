import { expect, it } from 'vitest';
import {
  accountIdBytes,
  concatBytes,
  parseAccountId,
  parseHash32,
  parseSequenceId,
  sequenceIdBytes,
  sha256,
  utf8,
} from '../sealing/index.ts';
import { firstChainHead, firstSequenceHead, nextHead, sameHead } from './heads.ts';

const account = parseAccountId(new Uint8Array(64).fill(0xa1));
const sequence = parseSequenceId(new Uint8Array(16).fill(0xb2));

/** The CBOR of `[label, 1, …]`, written by hand: the head of an array, of a text and of byte strings. */
const context = (label: string, ...ids: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    Uint8Array.of(0x82 + ids.length, 0x60 + label.length),
    utf8(label),
    Uint8Array.of(1),
    ...ids.map((id) =>
      concatBytes(id.length < 24 ? Uint8Array.of(0x40 + id.length) : Uint8Array.of(0x58, id.length), id),
    ),
  );

it('begins with what the list is of, and binds every statement in its place', () => {
  if (account === null || sequence === null) throw new Error('no ids');
  const start = sha256(concatBytes(Uint8Array.of(0), context('endymail/chain', accountIdBytes(account))));
  const ofChain = firstChainHead(account);
  expect(ofChain).toEqual({ count: 0, hash: parseHash32(start) });
  const ids = [accountIdBytes(account), sequenceIdBytes(sequence)];
  const ofSequence = sha256(concatBytes(Uint8Array.of(0), context('endymail/sequence', ...ids)));
  expect(firstSequenceHead(account, sequence)).toEqual({ count: 0, hash: parseHash32(ofSequence) });
  const statement = utf8('a statement');
  const next = sha256(concatBytes(Uint8Array.of(1), start, sha256(statement)));
  expect(nextHead(ofChain, statement)).toEqual({ count: 1, hash: parseHash32(next) });
  expect(sameHead(ofChain, nextHead(ofChain, statement))).toBe(false);
  expect(sameHead(ofChain, { ...ofChain })).toBe(true);
});
