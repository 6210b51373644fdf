import { ristretto255 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { CPACE_SHARE_BYTES, cpaceFinish, type CpaceInput, cpaceMac, cpaceShare } from './cpace.ts';
import { hmacSha512, sha512 } from './digest.ts';
import { randomBytes, utf8 } from './engine.ts';
import known from './vectors/cpace-ristretto255.json' with { type: 'json' };

const { vector, points } = known;
const sid = fromHex(vector.sid);
const input: CpaceInput = { password: new Redacted(fromHex(vector.PRS)), channel: fromHex(vector.CI), sid };
const scalarA = new Redacted(fromHex(vector.ya));
const scalarB = new Redacted(fromHex(vector.yb));
const messageA = { share: fromHex(vector.Ya), associatedData: fromHex(vector.ADa) };
const messageB = { share: fromHex(vector.Yb), associatedData: fromHex(vector.ADb) };
const asA = { scalar: scalarA, sid, role: 'initiator', own: messageA, peer: messageB } as const;
const asB = { scalar: scalarB, sid, role: 'responder', own: messageB, peer: messageA } as const;

/** Parts that are shorter than 128 bytes, each behind its length. */
const shortLvCat = (...parts: readonly Uint8Array[]): Uint8Array =>
  concatBytes(...parts.flatMap((part) => [Uint8Array.of(part.length), part]));

function keyOf(end: ReturnType<typeof cpaceFinish>): string {
  if (!end.ok) throw new Error(end.error);
  return toHex(end.value.reveal());
}

/** One exchange between two sides, each with what it holds. */
function exchange(ofA: Partial<CpaceInput> = {}, ofB: Partial<CpaceInput> = {}, data = utf8('B')) {
  const a = { ...input, ...ofA };
  const b = { ...input, ...ofB };
  const shareA = cpaceShare(a);
  const shareB = cpaceShare(b);
  const sentA = { share: shareA.share, associatedData: utf8('A') };
  const sentB = { share: shareB.share, associatedData: utf8('B') };
  return {
    keyA: keyOf(
      cpaceFinish({
        scalar: shareA.scalar,
        sid: a.sid,
        role: 'initiator',
        own: sentA,
        peer: { ...sentB, associatedData: data },
      }),
    ),
    keyB: keyOf(cpaceFinish({ scalar: shareB.scalar, sid: b.sid, role: 'responder', own: sentB, peer: sentA })),
  };
}

describe('the published exchange', () => {
  it('has its shares', () => {
    expect(toHex(cpaceShare(input, scalarA).share)).toBe(vector.Ya);
    expect(toHex(cpaceShare(input, scalarB).share)).toBe(vector.Yb);
  });

  it('has its key on both sides', () => {
    expect(keyOf(cpaceFinish(asA))).toBe(vector.ISK_IR);
    expect(keyOf(cpaceFinish(asB))).toBe(vector.ISK_IR);
  });

  it('multiplies the published point', () => {
    const { s, X, scalar_mult_vfy } = points.valid;
    const none = new Uint8Array(0);
    const own = { share: messageA.share, associatedData: none };
    const peer = { share: fromHex(X), associatedData: none };
    const end = cpaceFinish({ scalar: new Redacted(fromHex(s)), sid, role: 'initiator', own, peer });
    const transcript = shortLvCat(own.share, none, peer.share, none);
    const secret = shortLvCat(utf8('CPaceRistretto255_ISK'), sid, fromHex(scalar_mult_vfy));
    expect(keyOf(end)).toBe(toHex(sha512(concatBytes(secret, transcript))));
  });

  it.each(points.invalid)('refuses the published invalid point %s', (point) => {
    const peer = { ...messageB, share: fromHex(point) };
    expect(cpaceFinish({ ...asA, peer })).toEqual({ ok: false, error: 'bad-share' });
  });
});

describe('what comes from the other side', () => {
  it.each([
    ['too short', messageB.share.slice(1)],
    ['too long', concatBytes(messageB.share, Uint8Array.of(0))],
    ['empty', new Uint8Array(0)],
    ['negative', Uint8Array.from(messageB.share, (byte, at) => (at === 0 ? byte | 1 : byte))],
    ['not below the field’s prime', fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f')],
    ['with the highest bit', Uint8Array.from(messageB.share, (byte, at) => (at === 31 ? byte | 0x80 : byte))],
    ['this side’s own', messageA.share],
  ])('is refused: %s', (_what, share) => {
    expect(cpaceFinish({ ...asA, peer: { ...messageB, share } })).toEqual({ ok: false, error: 'bad-share' });
  });
});

describe('an exchange', () => {
  it('ends with one key where both hold the same', () => {
    const { keyA, keyB } = exchange();
    expect(keyA).toBe(keyB);
    expect(keyA).toHaveLength(128);
  });

  it.each([
    ['password', { password: new Redacted(utf8('Passwore')) }],
    ['channel', { channel: utf8('elsewhere') }],
    ['sid', { sid: utf8('another') }],
  ])('ends with two keys where the %s differs', (_what, other) => {
    const { keyA, keyB } = exchange({}, other);
    expect(keyA).not.toBe(keyB);
  });

  it('ends with two keys where associated data was changed on its way', () => {
    const { keyA, keyB } = exchange({}, {}, utf8('C'));
    expect(keyA).not.toBe(keyB);
  });

  it('ends with two keys where both have one role', () => {
    expect(keyOf(cpaceFinish({ ...asB, role: 'initiator' }))).not.toBe(keyOf(cpaceFinish(asA)));
  });

  it('tells parts apart by their lengths', () => {
    const long = randomBytes(300);
    const one = cpaceShare({ ...input, channel: long, sid: utf8('s') }, scalarA).share;
    const two = cpaceShare({ ...input, channel: long.slice(0, 299), sid: utf8('s') }, scalarA).share;
    const moved = { ...input, channel: long.slice(0, 299), sid: concatBytes(long.slice(299), utf8('s')) };
    expect(new Set([one, two, cpaceShare(moved, scalarA).share].map(toHex)).size).toBe(3);
  });

  it('takes a password that is longer than a block of the hash', () => {
    const password = new Redacted(randomBytes(200));
    const { keyA, keyB } = exchange({ password }, { password });
    expect(keyA).toBe(keyB);
  });

  it('takes another scalar every time, within the group’s order', () => {
    const made = Array.from({ length: 20 }, () => cpaceShare(input));
    expect(new Set(made.map(({ share }) => toHex(share))).size).toBe(20);
    for (const { scalar, share } of made) {
      expect(share).toHaveLength(CPACE_SHARE_BYTES);
      expect(ristretto255.Point.Fn.isValidNot0(ristretto255.Point.Fn.fromBytes(scalar.reveal()))).toBe(true);
      expect(cpaceShare(input, scalar).share).toEqual(share);
    }
  });

  it.each([
    ['zero', new Uint8Array(32)],
    ['the group’s order', fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')],
    ['of another length', new Uint8Array(31).fill(1)],
  ])('takes no scalar that is %s', (_what, scalar) => {
    expect(() => cpaceShare(input, new Redacted(scalar))).toThrow();
  });
});

describe('the confirmation', () => {
  it('is HMAC over one side’s message under a key of its own', () => {
    const isk = new Redacted(fromHex(vector.ISK_IR));
    const key = sha512(concatBytes(utf8('CPaceMac'), sid, isk.reveal()));
    const message = shortLvCat(messageA.share, messageA.associatedData);
    expect(toHex(cpaceMac({ isk, sid, ...messageA }))).toBe(toHex(hmacSha512(key, message)));
  });

  it.each([
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [16_384, '808001'],
  ])('puts a length of %i before its part as LEB128', (bytes, length) => {
    const isk = new Redacted(fromHex(vector.ISK_IR));
    const associatedData = randomBytes(bytes);
    const key = sha512(concatBytes(utf8('CPaceMac'), sid, isk.reveal()));
    const message = concatBytes(Uint8Array.of(32), messageA.share, fromHex(length), associatedData);
    expect(cpaceMac({ isk, sid, share: messageA.share, associatedData })).toEqual(hmacSha512(key, message));
  });

  it('is another one for another side, key and sid', () => {
    const isk = new Redacted(fromHex(vector.ISK_IR));
    const macs = [
      cpaceMac({ isk, sid, ...messageA }),
      cpaceMac({ isk, sid, ...messageB }),
      cpaceMac({ isk: new Redacted(fromHex(vector.ISK_SY)), sid, ...messageA }),
      cpaceMac({ isk, sid: utf8('another'), ...messageA }),
    ];
    expect(new Set(macs.map(toHex)).size).toBe(4);
    for (const mac of macs) expect(mac).toHaveLength(64);
  });
});
