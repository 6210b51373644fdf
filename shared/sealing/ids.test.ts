import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { sha256 } from './digest.ts';
import { randomBytes, utf8 } from './engine.ts';
import {
  accountIdBytes,
  hash32Bytes,
  hash32Of,
  keyIdBytes,
  keyIdOf,
  parseAccountId,
  parseHash32,
  parseKeyId,
  parseSequenceId,
  publicKeyInfo,
  sequenceIdBytes,
} from './ids.ts';

/** RFC 8410 §10.1: the key info of its example. */
const INFO = '302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1';
const KEY = fromHex(INFO.slice(-64));

describe('the id of a key', () => {
  it('is SHA-256 of its key info as in RFC 8410', () => {
    expect(toHex(publicKeyInfo(KEY))).toBe(INFO);
    expect(keyIdOf(KEY)).toBe(toHex(sha256(fromHex(INFO))));
  });

  it.each([0, 31, 33, 44])('is none for %i bytes', (length) => {
    expect(() => keyIdOf(new Uint8Array(length))).toThrow(RangeError);
  });
});

it('hash32Of is SHA-256', () => {
  expect(hash32Of(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe.each([
  ['a key id', 32, parseKeyId, keyIdBytes],
  ['a hash', 32, parseHash32, hash32Bytes],
  ['a sequence', 16, parseSequenceId, sequenceIdBytes],
  ['an account', 64, parseAccountId, accountIdBytes],
] as const)('%s', (_name, length, parse, bytesOf: (id: never) => Uint8Array) => {
  it('is read from its bytes and written to them', () => {
    const bytes = randomBytes(length);
    const id = parse(bytes);
    expect(id).toBe(toHex(bytes));
    expect(bytesOf(id as never)).toEqual(bytes);
  });

  it('is nothing of another length or kind', () => {
    const bytes = randomBytes(length);
    for (const other of [bytes.subarray(1), concatBytes(bytes, Uint8Array.of(0)), toHex(bytes), null, [], 1]) {
      expect(parse(other)).toBeNull();
    }
  });
});
