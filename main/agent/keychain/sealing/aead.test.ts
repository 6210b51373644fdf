import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { SEAL_OVERHEAD_BYTES, deriveKey, seal, unseal } from './aead.ts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Redacted(bytes));
const contexts = fc.uint8Array({ maxLength: 40 });
const texts = fc.uint8Array({ maxLength: 200 });

test('what was sealed opens with the same key and context', () => {
  fc.assert(
    fc.property(keys, contexts, texts, (key, context, plain) => {
      const sealed = seal(key, context, plain);
      expect(sealed).toHaveLength(plain.length + SEAL_OVERHEAD_BYTES);
      expect(Uint8Array.from(unseal(key, context, sealed) ?? [])).toEqual(plain);
    }),
  );
});

test('[SEC-6] one changed bit anywhere, and it does not open', () => {
  fc.assert(
    fc.property(keys, contexts, texts, (key, context, plain) => {
      const sealed = seal(key, context, plain);
      for (let at = 0; at < sealed.length; at += 1) {
        const changed = Uint8Array.from(sealed);
        changed[at] = sealed[at]! ^ (1 << (at % 8));
        expect(unseal(key, context, changed)).toBeNull();
      }
    }),
    { numRuns: 20 },
  );
});

test('[SEC-6] cut at any length, or made longer, it does not open', () => {
  const key = new Redacted(new Uint8Array(32));
  const sealed = seal(key, new Uint8Array(0), Buffer.from('what must stay whole'));
  for (let length = 0; length < sealed.length; length += 1) {
    expect(unseal(key, new Uint8Array(0), sealed.subarray(0, length))).toBeNull();
  }
  expect(unseal(key, new Uint8Array(0), Buffer.concat([sealed, Buffer.from([0])]))).toBeNull();
});

test('[SEC-6] another key or another context does not open it', () => {
  fc.assert(
    fc.property(keys, keys, contexts, contexts, texts, (key, otherKey, context, otherContext, plain) => {
      fc.pre(Buffer.compare(key.reveal(), otherKey.reveal()) !== 0 && Buffer.compare(context, otherContext) !== 0);
      const sealed = seal(key, context, plain);
      expect(unseal(otherKey, context, sealed)).toBeNull();
      expect(unseal(key, otherContext, sealed)).toBeNull();
    }),
  );
});

test('the same text is never sealed alike', () => {
  const key = new Redacted(new Uint8Array(32));
  const sealed = Array.from({ length: 200 }, () =>
    Buffer.from(seal(key, new Uint8Array(0), Buffer.from('same'))).toString('hex'),
  );
  expect(new Set(sealed.map((hex) => hex.slice(0, 24))).size).toBe(200);
});

test('a key for one purpose tells nothing of the others', () => {
  // RFC 5869 with an empty salt, computed with `openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt key:… HKDF`.
  const key = Buffer.alloc(32, 0x0b);
  expect(Buffer.from(deriveKey(key, 'purpose')).toString('hex')).toBe(
    'a91633b5045e34a21acc75c1689d0a3539fbd0f43375c96cfab5fb7e85096df0',
  );
  expect(deriveKey(key, 'purpose')).not.toEqual(deriveKey(key, 'other purpose'));
});
