import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { isProofOf, newNonce, newToken, proofOf } from './proof.ts';

const token = newToken();
const nonces = { serving: newNonce(), client: newNonce() };

it('[SEC-34] a proof is that of its side, its token and its two numbers, and of no others', () => {
  const proof = proofOf('client', token, nonces);
  expect(isProofOf('client', token, nonces, proof)).toBe(true);
  expect(isProofOf('serving', token, nonces, proof)).toBe(false);
  expect(isProofOf('client', newToken(), nonces, proof)).toBe(false);
  expect(isProofOf('client', token, { ...nonces, serving: newNonce() }, proof)).toBe(false);
  expect(isProofOf('client', token, { ...nonces, client: newNonce() }, proof)).toBe(false);
  expect(isProofOf('client', token, { serving: nonces.client, client: nonces.serving }, proof)).toBe(false);
});

it('[SEC-34] a part of a proof is none', () => {
  const proof = proofOf('client', token, nonces);
  for (const part of [proof.subarray(1), new Uint8Array(), Uint8Array.from([...proof, 0])]) {
    expect(isProofOf('client', token, nonces, part)).toBe(false);
  }
  for (let bit = 0; bit < proof.length * 8; bit += 1) {
    const other = Uint8Array.from(proof);
    other[bit >> 3]! ^= 1 << (bit & 7);
    expect(isProofOf('client', token, nonces, other)).toBe(false);
  }
});

it('[SEC-1] a token does not show itself', () => {
  expect(inspect({ token }, { depth: 9 }) + JSON.stringify({ token })).toBe(
    '{ token: <redacted> }{"token":"<redacted>"}',
  );
});
