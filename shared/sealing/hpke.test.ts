import { XWing } from '@hpke/hybridkem-x-wing';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { sha256 } from './digest.ts';
import { subtle, utf8 } from './engine.ts';
import {
  ENCAPSULATED_BYTES,
  generateKemKey,
  hpkeOpen,
  hpkeSeal,
  isGoodKemKey,
  KEM_KEY_BYTES,
  kemHash,
  kemKeyFromSeed,
} from './hpke.ts';
import hpke from './vectors/hpke-xwing.json' with { type: 'json' };
import xwing from './vectors/xwing.json' with { type: 'json' };

const { vector } = hpke;
const kem = new XWing();
const NONE = new Uint8Array(0);
const INFO = utf8('info');
const AAD = utf8('aad');
const TEXT = utf8('thirty-two bytes of an epoch key');
const DOES_NOT_OPEN = { ok: false, error: 'does-not-open' };

const CHACHA20_POLY1305 = 3;
const AES_256_GCM = 2;

const keyOfSeed = (seed: string) => kemKeyFromSeed(new Redacted(fromHex(seed)));

/** RFC 9180 §5.1 in base mode, written once more here: the published answers are for another cipher than ours. */
function keySchedule(aeadId: number, sharedSecret: Uint8Array, info: Uint8Array) {
  const suiteId = concatBytes(utf8('HPKE'), fromHex('647a0001'), Uint8Array.of(0, aeadId));
  const label = (name: string): Uint8Array => concatBytes(utf8('HPKE-v1'), suiteId, utf8(name));
  const labeledExtract = (salt: Uint8Array, name: string, ikm: Uint8Array) =>
    extract(sha256, concatBytes(label(name), ikm), salt);
  const context = concatBytes(
    Uint8Array.of(0),
    labeledExtract(NONE, 'psk_id_hash', NONE),
    labeledExtract(NONE, 'info_hash', info),
  );
  const secret = labeledExtract(sharedSecret, 'secret', NONE);
  const labeledExpand = (name: string, bytes: number) =>
    expand(sha256, secret, concatBytes(Uint8Array.of(0, bytes), label(name), context), bytes);
  return {
    suiteId,
    key: labeledExpand('key', 32),
    nonce: labeledExpand('base_nonce', 12),
    exp: labeledExpand('exp', 32),
  };
}

/** What the KEM of the recipient gets out of an encapsulated key. */
async function decapsulated(seed: Uint8Array, enc: Uint8Array): Promise<Uint8Array> {
  const recipientKey: unknown = await kem.deserializePrivateKey(seed);
  return new Uint8Array(await kem.decap({ recipientKey, enc }));
}

const changed = (bytes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));

describe('X-Wing', () => {
  it.each(xwing.vectors.map((known, at) => ({ ...known, at })))('has the published answers, $at', async (known) => {
    const key = await keyOfSeed(known.seed);
    expect(toHex(key.publicKey)).toBe(known.pk);
    const recipientPublicKey: unknown = await kem.deserializePublicKey(key.publicKey);
    const { sharedSecret, enc } = await kem.encap({ recipientPublicKey, ekm: fromHex(known.eseed) });
    expect(toHex(new Uint8Array(enc))).toBe(known.ct);
    expect(toHex(new Uint8Array(sharedSecret))).toBe(known.ss);
    expect(toHex(await decapsulated(key.seed.reveal(), fromHex(known.ct)))).toBe(known.ss);
  });

  it('takes a seed of 32 bytes only', async () => {
    await expect(kemKeyFromSeed(new Redacted(new Uint8Array(31)))).rejects.toThrow(RangeError);
    await expect(kemKeyFromSeed(new Redacted(new Uint8Array(33)))).rejects.toThrow(RangeError);
  });

  it('makes another key every time', async () => {
    const [one, two] = await Promise.all([generateKemKey(), generateKemKey()]);
    expect(one.publicKey).toHaveLength(KEM_KEY_BYTES);
    expect(kemHash(one.publicKey)).not.toBe(kemHash(two.publicKey));
  });

  it('is named by the SHA-256 of its public key', async () => {
    const { publicKey } = await generateKemKey();
    expect(kemHash(publicKey)).toBe(toHex(sha256(publicKey)));
  });
});

describe('a KEM key that somebody sent', () => {
  it('is good where others can seal to it', async () => {
    expect(await isGoodKemKey((await generateKemKey()).publicKey)).toBe(true);
  });

  it.each([
    ['too short', (key: Uint8Array) => key.slice(1)],
    ['too long', (key: Uint8Array) => concatBytes(key, NONE, Uint8Array.of(0))],
    ['with a coefficient that is not below q', (key: Uint8Array) => key.fill(0xff, 0, 3)],
    ['with an X25519 part of small order', (key: Uint8Array) => key.fill(0, 1184)],
  ])('is refused: %s', async (_what, spoil) => {
    const key = spoil((await generateKemKey()).publicKey.slice());
    expect(await isGoodKemKey(key)).toBe(false);
    await expect(hpkeSeal(key, INFO, AAD, TEXT)).rejects.toThrow();
  });
});

describe('HPKE', () => {
  it('has the published shared secret and key schedule', async () => {
    const key = await keyOfSeed(vector.skRm);
    expect(toHex(key.publicKey)).toBe(vector.pkRm);
    const sharedSecret = await decapsulated(key.seed.reveal(), fromHex(vector.enc));
    expect(toHex(sharedSecret)).toBe(vector.shared_secret);
    const schedule = keySchedule(CHACHA20_POLY1305, sharedSecret, fromHex(vector.info));
    expect(toHex(schedule.suiteId)).toBe(vector.suite_id);
    expect(toHex(schedule.key)).toBe(vector.key);
    expect(toHex(schedule.nonce)).toBe(vector.base_nonce);
    expect(toHex(schedule.exp)).toBe(vector.exporter_secret);
  });

  it('seals what that key schedule opens with AES-256-GCM', async () => {
    const key = await generateKemKey();
    const sealed = await hpkeSeal(key.publicKey, INFO, AAD, TEXT);
    const sharedSecret = await decapsulated(key.seed.reveal(), sealed.slice(0, ENCAPSULATED_BYTES));
    const schedule = keySchedule(AES_256_GCM, sharedSecret, INFO);
    const aes = await subtle.importKey('raw', schedule.key, 'AES-GCM', false, ['decrypt']);
    const algorithm = { name: 'AES-GCM', iv: schedule.nonce, additionalData: AAD } as const;
    const opened = await subtle.decrypt(algorithm, aes, sealed.slice(ENCAPSULATED_BYTES));
    expect(new Uint8Array(opened)).toEqual(TEXT);
  });

  it('opens what that key schedule seals with AES-256-GCM to the published encapsulated key', async () => {
    const schedule = keySchedule(AES_256_GCM, fromHex(vector.shared_secret), INFO);
    const aes = await subtle.importKey('raw', schedule.key, 'AES-GCM', false, ['encrypt']);
    const algorithm = { name: 'AES-GCM', iv: schedule.nonce, additionalData: AAD } as const;
    const ciphertext = new Uint8Array(await subtle.encrypt(algorithm, aes, TEXT));
    const opened = await hpkeOpen(
      await keyOfSeed(vector.skRm),
      INFO,
      AAD,
      concatBytes(fromHex(vector.enc), ciphertext),
    );
    expect(opened.ok && opened.value.reveal()).toEqual(TEXT);
  });

  it('seals 32 bytes as 1,168, never the same twice', async () => {
    const { publicKey } = await generateKemKey();
    const [one, two] = [await hpkeSeal(publicKey, INFO, AAD, TEXT), await hpkeSeal(publicKey, INFO, AAD, TEXT)];
    expect(one).toHaveLength(1168);
    expect(toHex(one)).not.toBe(toHex(two));
  });

  it('opens for its key, info and aad only', async () => {
    const key = await generateKemKey();
    const sealed = await hpkeSeal(key.publicKey, INFO, AAD, TEXT);
    const opened = await hpkeOpen(key, INFO, AAD, sealed);
    expect(opened.ok && opened.value.reveal()).toEqual(TEXT);
    expect(await hpkeOpen(await generateKemKey(), INFO, AAD, sealed)).toEqual(DOES_NOT_OPEN);
    expect(await hpkeOpen(key, utf8('inf'), AAD, sealed)).toEqual(DOES_NOT_OPEN);
    expect(await hpkeOpen(key, INFO, NONE, sealed)).toEqual(DOES_NOT_OPEN);
  });

  it.each([
    ['ML-KEM’s ciphertext', 0],
    ['ML-KEM’s last byte', 1087],
    ['X25519’s point', 1088],
    ['the ciphertext', 1120],
    ['the tag', 1167],
  ])('does not open when a bit of %s was changed', async (_what, at) => {
    const key = await generateKemKey();
    const sealed = await hpkeSeal(key.publicKey, INFO, AAD, TEXT);
    expect(await hpkeOpen(key, INFO, AAD, changed(sealed, at))).toEqual(DOES_NOT_OPEN);
  });

  it('does not open with an X25519 point of small order, and does not throw', async () => {
    const key = await generateKemKey();
    const sealed = await hpkeSeal(key.publicKey, INFO, AAD, TEXT);
    expect(await hpkeOpen(key, INFO, AAD, sealed.fill(0, 1088, 1120))).toEqual(DOES_NOT_OPEN);
  });

  it('calls what is too short malformed', async () => {
    const key = await generateKemKey();
    for (const bytes of [0, 1120, 1135]) {
      expect(await hpkeOpen(key, INFO, AAD, new Uint8Array(bytes))).toEqual({ ok: false, error: 'malformed' });
    }
  });

  it('takes bytes that are part of a larger buffer', async () => {
    const key = await generateKemKey();
    const within = (bytes: Uint8Array): Uint8Array =>
      concatBytes(Uint8Array.of(7), bytes, Uint8Array.of(7)).subarray(1, 1 + bytes.length);
    const seed = new Redacted(within(key.seed.reveal()));
    expect((await kemKeyFromSeed(seed)).publicKey).toEqual(key.publicKey);
    const sealed = await hpkeSeal(within(key.publicKey), within(INFO), within(AAD), within(TEXT));
    const opened = await hpkeOpen({ publicKey: key.publicKey, seed }, within(INFO), within(AAD), within(sealed));
    expect(opened.ok && opened.value.reveal()).toEqual(TEXT);
  });
});
