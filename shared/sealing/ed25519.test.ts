import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { isSmallOrder } from './ed25519-checks.ts';
import { generateSigningKey, isGoodPublicKey, sign, signingKeyFromSeed, verify } from './ed25519.ts';
import { randomBytes, utf8 } from './engine.ts';
import { keyIdOf } from './ids.ts';
import speccheck from './vectors/ed25519-speccheck.json' with { type: 'json' };
import wycheproof from './vectors/ed25519-wycheproof.json' with { type: 'json' };

const MESSAGE = utf8('a message');

/** RFC 8032 §7.1, tests 1 to 3: seed, public key, message, signature. */
const RFC8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

/** y = 2: no point of the curve has it. */
const OFF_CURVE = fromHex(`02${'00'.repeat(31)}`);

const littleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
const ORDER = ed25519.Point.Fn.ORDER;
const P = ed25519.Point.Fp.ORDER;

/** All points whose order divides 8: the multiples of one of order 8. */
const torsion = (): readonly string[] => {
  const ofOrder8 = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const points = [ed25519.Point.ZERO];
  for (let point = ofOrder8; !point.equals(ed25519.Point.ZERO); point = point.add(ofOrder8)) points.push(point);
  return points.map((point) => point.toHex());
};

describe('signing', () => {
  it.each(RFC8032)('with %s is that of RFC 8032', async (seed, publicKey, message, signature) => {
    const key = await signingKeyFromSeed(new Redacted(fromHex(seed)));
    expect(toHex(key.publicKey)).toBe(publicKey);
    expect(key.id).toBe(keyIdOf(fromHex(publicKey)));
    expect(toHex(await sign(key, fromHex(message)))).toBe(signature);
    expect(await verify(key.publicKey, fromHex(message), fromHex(signature))).toBe(true);
  });

  it('is done with a new key each time that one is made, and verified with no other', async () => {
    const [one, other] = await Promise.all([generateSigningKey(), generateSigningKey()]);
    expect(one.id).not.toBe(other.id);
    const signature = await sign(one, MESSAGE);
    expect(await verify(one.publicKey, MESSAGE, signature)).toBe(true);
    expect(await verify(other.publicKey, MESSAGE, signature)).toBe(false);
    expect(await verify(one.publicKey, utf8('another message'), signature)).toBe(false);
  });

  it('tells its seed to nobody who prints the key', async () => {
    const key = await signingKeyFromSeed(new Redacted(fromHex(RFC8032[0][0])));
    expect(JSON.stringify(key)).toContain('<redacted>');
  });

  it.each([0, 31, 33])('has no seed of %i bytes', async (length) => {
    await expect(signingKeyFromSeed(new Redacted(new Uint8Array(length)))).rejects.toThrow(RangeError);
  });

  it('agrees with another implementation', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 300 }),
        async (seed, message) => {
          const key = await signingKeyFromSeed(new Redacted(seed));
          expect(key.publicKey).toEqual(ed25519.getPublicKey(seed));
          expect(await sign(key, message)).toEqual(ed25519.sign(message, seed));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('one verdict on all engines', () => {
  it.each(speccheck.cases.map((one, number) => ({ ...one, number })))(
    'on edge case $number of eprint 2020/1244',
    async ({ number, message, pub_key: publicKey, signature }) => {
      const verdict = await verify(fromHex(publicKey), fromHex(message), fromHex(signature));
      expect(verdict).toBe(number === 3);
    },
  );

  const signatures = wycheproof.groups.flatMap(({ publicKey, tests }) => tests.map((test) => ({ publicKey, ...test })));

  it.each(signatures)('on signature $id of Wycheproof: $comment', async ({ publicKey, message, signature, valid }) => {
    expect(await verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(valid);
  });

  it('on all 151 of Wycheproof', () => {
    expect(signatures).toHaveLength(151);
  });

  it('refuses S + L, which says the same', async () => {
    const key = await generateSigningKey();
    const signature = await sign(key, MESSAGE);
    const s = signature.subarray(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
    const again = concatBytes(signature.subarray(0, 32), littleEndian(s + ORDER));
    expect(await verify(key.publicKey, MESSAGE, again)).toBe(false);
  });

  it('refuses keys and R off the curve without an exception', async () => {
    const key = await generateSigningKey();
    const signature = await sign(key, MESSAGE);
    expect(await verify(OFF_CURVE, MESSAGE, signature)).toBe(false);
    expect(await verify(key.publicKey, MESSAGE, concatBytes(OFF_CURVE, signature.subarray(32)))).toBe(false);
  });

  it.each([0, 63, 65])('refuses a signature of %i bytes', async (length) => {
    const key = await generateSigningKey();
    expect(await verify(key.publicKey, MESSAGE, new Uint8Array(length))).toBe(false);
  });

  it('verifies with the key that is given now, when the bytes of an array have changed', async () => {
    const [one, other] = await Promise.all([generateSigningKey(), generateSigningKey()]);
    const signature = await sign(one, MESSAGE);
    const publicKey = one.publicKey.slice();
    expect(await verify(publicKey, MESSAGE, signature)).toBe(true);
    publicKey.set(other.publicKey);
    expect(await verify(publicKey, MESSAGE, signature)).toBe(false);
  });

  it('verifies with more keys than are kept', async () => {
    const key = await generateSigningKey();
    const signature = await sign(key, MESSAGE);
    const others = Array.from({ length: 300 }, () => ed25519.getPublicKey(randomBytes(32)));
    const verdicts = await Promise.all(others.map((other) => verify(other, MESSAGE, signature)));
    expect(verdicts).not.toContain(true);
    expect(await verify(key.publicKey, MESSAGE, signature)).toBe(true);
  });
});

describe('isGoodPublicKey', () => {
  it('takes the key of every seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        expect(isGoodPublicKey(ed25519.getPublicKey(seed))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses the eight points of small order, with either sign', () => {
    const points = torsion();
    expect(new Set(points).size).toBe(8);
    for (const hex of points) {
      const point = fromHex(hex);
      const mirrored = point.map((byte, index) => (index === 31 ? byte ^ 0x80 : byte));
      expect([isSmallOrder(point), isSmallOrder(mirrored)]).toEqual([true, true]);
      expect([isGoodPublicKey(point), isGoodPublicKey(mirrored)]).toEqual([false, false]);
    }
  });

  it('refuses every y from p up, and takes the y below that is none of small order', () => {
    for (let y = P; y < 1n << 255n; y += 1n) {
      expect(isGoodPublicKey(littleEndian(y))).toBe(false);
      expect(isGoodPublicKey(littleEndian(y | (1n << 255n)))).toBe(false);
    }
    expect(isGoodPublicKey(littleEndian(P - 2n))).toBe(true);
  });

  it.each([0, 31, 33])('refuses %i bytes', (length) => {
    expect(isGoodPublicKey(new Uint8Array(length).fill(9))).toBe(false);
  });
});
