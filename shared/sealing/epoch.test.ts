import { beforeAll, describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { fromHex, toHex } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { hkdf } from './digest.ts';
import { utf8 } from './engine.ts';
import { sealUnder } from './entry-seal.ts';
import {
  keyCheck,
  newEpochKey,
  openPreviousEpoch,
  type PreviousEpochContext,
  sealPreviousEpoch,
  unwrapEpochKey,
  type WrapContext,
  wrapEpochKey,
} from './epoch.ts';
import { generateKemKey, hpkeOpen, hpkeSeal, type KemKey } from './hpke.ts';
import type { AccountId, Hash32, KeyId, SequenceId } from './ids.ts';

const NONE = new Uint8Array(0);
const key = new Redacted(new Uint8Array(32).fill(7));
const place = {
  account: 'a1'.repeat(64) as AccountId,
  sequence: 'b2'.repeat(16) as SequenceId,
  epoch: 3,
};
const elsewhere: readonly (readonly [string, Partial<typeof place>])[] = [
  ['account', { account: 'a2'.repeat(64) as AccountId }],
  ['sequence', { sequence: 'b3'.repeat(16) as SequenceId }],
  ['epoch', { epoch: 4 }],
];
const wrapContext: WrapContext = { ...place, owner: 'c3'.repeat(32) as KeyId, previousLink: 'd4'.repeat(32) as Hash32 };
const wrapElsewhere: readonly (readonly [string, Partial<WrapContext>])[] = [
  ...elsewhere,
  ['owner', { owner: 'c4'.repeat(32) as Hash32 }],
  ['previous link', { previousLink: 'd5'.repeat(32) as Hash32 }],
];
const previous: PreviousEpochContext = { ...place, previousEpoch: 2 };
const previousElsewhere: readonly (readonly [string, Partial<PreviousEpochContext>])[] = [
  ...elsewhere,
  ['previous epoch', { previousEpoch: 1 }],
];
const DOES_NOT_OPEN = { ok: false, error: 'does-not-open' };
const MALFORMED = { ok: false, error: 'malformed' };

const bytesOf = (opened: Awaited<ReturnType<typeof unwrapEpochKey>>): Uint8Array | null =>
  opened.ok ? opened.value.reveal() : null;

describe('an epoch key', () => {
  it('is 32 new bytes every time', () => {
    const made = Array.from({ length: 10 }, () => toHex(newEpochKey().reveal()));
    expect(new Set(made).size).toBe(10);
    for (const hex of made) expect(hex).toHaveLength(64);
  });

  it('is not taken in another length', async () => {
    const short = new Redacted(new Uint8Array(31));
    const { publicKey } = await generateKemKey();
    expect(() => keyCheck(short, place)).toThrow(RangeError);
    expect(() => wrapEpochKey(publicKey, short, wrapContext)).toThrow(RangeError);
    expect(() => sealPreviousEpoch(key, short, previous)).toThrow(RangeError);
  });
});

describe('the key check', () => {
  it('is HKDF over account, sequence and epoch', () => {
    const info = encodeCbor(['endymail/commit', 1, fromHex(place.account), fromHex(place.sequence), 3]);
    expect(keyCheck(key, place)).toBe(toHex(hkdf(key.reveal(), NONE, info, 32)));
  });

  it('stays what it is, byte for byte', () => {
    expect(keyCheck(key, place)).toBe('0b53a7fa3590b2f4bd76214ea8218bced7553e9ab8c9db333f1b27977e309a20');
  });

  it('is another one for another key', () => {
    expect(keyCheck(new Redacted(new Uint8Array(32).fill(8)), place)).not.toBe(keyCheck(key, place));
  });

  it.each(elsewhere)('is another one for another %s', (_what, other) => {
    expect(keyCheck(key, { ...place, ...other })).not.toBe(keyCheck(key, place));
  });
});

describe('a wrap', () => {
  let device: KemKey;
  let wrap: Uint8Array;
  beforeAll(async () => {
    device = await generateKemKey();
    wrap = await wrapEpochKey(device.publicKey, key, wrapContext);
  });

  it('has 1,168 bytes and opens for its device', async () => {
    expect(wrap).toHaveLength(1168);
    expect(bytesOf(await unwrapEpochKey(device, wrapContext, wrap))).toEqual(key.reveal());
  });

  it('is HPKE with the context as info', async () => {
    const ids = [fromHex(place.account), fromHex(place.sequence)] as const;
    const info = encodeCbor(['endymail/epoch', 1, ...ids, 3, fromHex('c3'.repeat(32)), fromHex('d4'.repeat(32))]);
    expect(bytesOf(await hpkeOpen(device, info, NONE, wrap))).toEqual(key.reveal());
  });

  it('does not open for another device', async () => {
    expect(await unwrapEpochKey(await generateKemKey(), wrapContext, wrap)).toEqual(DOES_NOT_OPEN);
  });

  it.each(wrapElsewhere)('does not open for another %s', async (_what, other) => {
    expect(await unwrapEpochKey(device, { ...wrapContext, ...other }, wrap)).toEqual(DOES_NOT_OPEN);
  });

  it('is malformed when what is in it is no epoch key', async () => {
    const ids = [fromHex(place.account), fromHex(place.sequence)] as const;
    const info = encodeCbor(['endymail/epoch', 1, ...ids, 3, fromHex('c3'.repeat(32)), fromHex('d4'.repeat(32))]);
    const other = await hpkeSeal(device.publicKey, info, NONE, new Uint8Array(33));
    expect(await unwrapEpochKey(device, wrapContext, other)).toEqual(MALFORMED);
    expect(await unwrapEpochKey(device, wrapContext, wrap.slice(0, 1135))).toEqual(MALFORMED);
  });
});

describe('the previous epoch’s key', () => {
  const newKey = new Redacted(new Uint8Array(32).fill(9));
  const context = encodeCbor(['endymail/previous-epoch', 1, fromHex(place.account), fromHex(place.sequence), 3, 2]);

  it('opens under the new one', async () => {
    const sealed = await sealPreviousEpoch(newKey, key, previous);
    expect(bytesOf(await openPreviousEpoch(newKey, previous, sealed))).toEqual(key.reveal());
  });

  it('opens what the rule for entries seals under the context', async () => {
    const sealed = await sealUnder(newKey, 3, context, key.reveal());
    expect(bytesOf(await openPreviousEpoch(newKey, previous, sealed))).toEqual(key.reveal());
  });

  it('does not open under another key', async () => {
    const sealed = await sealPreviousEpoch(newKey, key, previous);
    expect(await openPreviousEpoch(key, previous, sealed)).toEqual(DOES_NOT_OPEN);
  });

  it.each(previousElsewhere)('does not open for another %s', async (_what, other) => {
    const sealed = await sealPreviousEpoch(newKey, key, previous);
    expect(await openPreviousEpoch(newKey, { ...previous, ...other }, sealed)).toEqual(DOES_NOT_OPEN);
  });

  it('does not open when its header names another epoch than its context', async () => {
    const sealed = await sealUnder(newKey, 4, context, key.reveal());
    expect(await openPreviousEpoch(newKey, previous, sealed)).toEqual(DOES_NOT_OPEN);
  });

  it('is malformed when it is no epoch key, or nothing sealed', async () => {
    const sealed = await sealUnder(newKey, 3, context, utf8('short'));
    expect(await openPreviousEpoch(newKey, previous, sealed)).toEqual(MALFORMED);
    expect(await openPreviousEpoch(newKey, previous, utf8('nothing'))).toEqual(MALFORMED);
  });
});
