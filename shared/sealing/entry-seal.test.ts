import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { decodeCbor, encodeCbor, isCborArray, isCborMap, type CborValue } from './cbor.ts';
import { encStructure } from './cose.ts';
import { hkdf } from './digest.ts';
import { randomBytes, subtle, utf8 } from './engine.ts';
import { epochOf, openUnder, sealUnder } from './entry-seal.ts';
import { padded } from './padding.ts';

const epochKey = new Redacted(fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'));
const context = encodeCbor(['endymail/entry', 1, new Uint8Array(64)]);
const plaintext = padded(utf8('content'));

const partsOf = (sealed: Uint8Array) => {
  const parts = decodeCbor(sealed);
  if (!isCborArray(parts)) throw new Error('no array');
  const [header, unprotected, ciphertext] = parts;
  if (!(header instanceof Uint8Array) || !(ciphertext instanceof Uint8Array)) throw new Error('no bytes');
  const read = decodeCbor(header);
  if (!isCborMap(read)) throw new Error('no header');
  return { header, read, unprotected, ciphertext };
};

const faultOf = async (sealed: Uint8Array, key = epochKey, where = context) => {
  const opened = await openUnder(key, where, sealed);
  return opened.ok ? 'none' : opened.error;
};

describe('what is sealed', () => {
  it('opens under the same key and context', async () => {
    const sealed = await sealUnder(epochKey, 3, context, plaintext);
    expect(await openUnder(epochKey, context, sealed)).toEqual({ ok: true, value: plaintext });
    expect(epochOf(sealed)).toBe(3);
  });

  it('has the size of its text, and as much more whatever is in it', async () => {
    const sizes = [256, 512].map(async (size) => (await sealUnder(epochKey, 3, context, new Uint8Array(size))).length);
    const [small, large] = await Promise.all(sizes);
    expect((large ?? 0) - (small ?? 0)).toBe(256);
  });

  it('is written as the protocol says', async () => {
    const { header, read, unprotected, ciphertext } = partsOf(await sealUnder(epochKey, 3, context, plaintext));
    const [nonce, salt] = [read.get(5), read.get(-65538)];
    if (!(nonce instanceof Uint8Array) || !(salt instanceof Uint8Array)) throw new Error('no bytes');
    expect(toHex(header)).toBe(`a40103054c${toHex(nonce)}3a000100015820${toHex(salt)}3a0001000203`);
    expect([nonce.length, salt.length]).toEqual([12, 32]);
    expect(unprotected).toEqual(new Map());
    // Opened by hand, with nothing of the module.
    const info = encodeCbor(['endymail/entry-key', 1, context]);
    const key = await subtle.importKey('raw', hkdf(epochKey.reveal(), salt, info, 32), 'AES-GCM', false, ['decrypt']);
    const additionalData = encodeCbor(['Encrypt0', header, context]);
    const opened = await subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, ciphertext);
    expect(new Uint8Array(opened)).toEqual(plaintext);
  });

  it('has a nonce and a salt that never come again', async () => {
    const headers = await Promise.all(
      Array.from({ length: 50 }, async () => partsOf(await sealUnder(epochKey, 3, context, plaintext)).read),
    );
    for (const label of [5, -65538]) {
      const seen = headers
        .map((read) => read.get(label))
        .map((value) => (value instanceof Uint8Array ? toHex(value) : ''));
      expect(new Set(seen).size).toBe(50);
    }
  });

  it('gives every text back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.maxSafeNat(), async (text, epoch) => {
        const sealed = await sealUnder(epochKey, epoch, context, text);
        expect(await openUnder(epochKey, context, sealed)).toEqual({ ok: true, value: text });
        expect(epochOf(sealed)).toBe(epoch);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what does not open', () => {
  it('is under another key or in another context', async () => {
    const sealed = await sealUnder(epochKey, 3, context, plaintext);
    expect(await faultOf(sealed, new Redacted(randomBytes(32)))).toBe('does-not-open');
    expect(await faultOf(sealed, epochKey, concatBytes(context, Uint8Array.of(0)))).toBe('does-not-open');
  });

  it('is changed in any byte', async () => {
    const sealed = await sealUnder(epochKey, 3, context, utf8('short'));
    for (const index of sealed.keys()) {
      const changed = sealed.slice();
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(['malformed', 'does-not-open'], `byte ${index}`).toContain(await faultOf(changed));
    }
  });

  it('is said to be of another epoch', async () => {
    const { read, ciphertext } = partsOf(await sealUnder(epochKey, 3, context, plaintext));
    const header = encodeCbor(new Map([...read, [-65539, 4]]));
    const sealed = encodeCbor([header, new Map(), ciphertext]);
    expect(epochOf(sealed)).toBe(4);
    expect(await faultOf(sealed)).toBe('does-not-open');
  });
});

describe('what is malformed', () => {
  /** Something sealed under the right key with another header: only the form can be the reason to refuse it. */
  const sealedWith = async (changes: readonly (readonly [number, CborValue | undefined])[]) => {
    const [nonce, salt] = [randomBytes(12), randomBytes(32)];
    const read = new Map<number, CborValue>([
      [1, 3],
      [5, nonce],
      [-65538, salt],
      [-65539, 3],
    ]);
    for (const [label, value] of changes) {
      if (value === undefined) read.delete(label);
      else read.set(label, value);
    }
    const header = encodeCbor(read);
    const info = encodeCbor(['endymail/entry-key', 1, context]);
    const key = await subtle.importKey('raw', hkdf(epochKey.reveal(), salt, info, 32), 'AES-GCM', false, ['encrypt']);
    const additionalData = encStructure(header, context);
    const ciphertext = await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, plaintext);
    return [header, new Map<number, CborValue>(), new Uint8Array(ciphertext)] as const;
  };

  it('is not this', async () => {
    expect(await faultOf(encodeCbor(await sealedWith([])))).toBe('none');
  });

  it.each<[string, [number, CborValue | undefined][]]>([
    ['another algorithm', [[1, 1]]],
    ['no algorithm', [[1, undefined]]],
    ['no nonce', [[5, undefined]]],
    ['a nonce of 16 bytes', [[5, new Uint8Array(16)]]],
    ['no salt', [[-65538, undefined]]],
    ['a salt of 31 bytes', [[-65538, new Uint8Array(31)]]],
    ['a salt of no bytes', [[-65538, new Uint8Array()]]],
    ['no epoch', [[-65539, undefined]]],
    ['an epoch below zero', [[-65539, -1]]],
    ['an epoch that is a text', [[-65539, '3']]],
    ['a key id beside them', [[4, new Uint8Array(32)]]],
  ])('is a header with %s', async (_what, changes) => {
    const sealed = encodeCbor(await sealedWith(changes));
    expect(await faultOf(sealed)).toBe('malformed');
    expect(epochOf(sealed)).toBeNull();
  });

  it('is another form around it', async () => {
    const [header, empty, ciphertext] = await sealedWith([]);
    const others: CborValue[] = [
      { tag: 18, value: [header, empty, ciphertext] },
      [header, empty, ciphertext, 0],
      [header, empty],
      [header, new Map([[5, new Uint8Array(12)]]), ciphertext],
      [header, null, ciphertext],
      [header, empty, null],
      [header, empty, ciphertext.subarray(0, 15)],
      [decodeCbor(header), empty, ciphertext],
      [encodeCbor([]), empty, ciphertext],
      0,
    ];
    for (const other of others) expect(await faultOf(encodeCbor(other))).toBe('malformed');
    expect(epochOf(new Uint8Array())).toBeNull();
  });
});
