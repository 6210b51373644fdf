import { createDecipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { subtle, x509 } from './crypto-provider.ts';

// Why the provider is not the runtime's own WebCrypto: PKCS#12 and old CMS stand on 3DES, which that one refuses.
test('the provider does 3DES, which the WebCrypto of the runtime does not know', async () => {
  const algorithm = { name: 'DES-EDE3-CBC', iv: randomBytes(8) };
  const rawKey = randomBytes(24);
  const encrypted = await subtle
    .importKey('raw', rawKey, algorithm.name, false, ['encrypt'])
    .then((key) => subtle.encrypt(algorithm, key, Buffer.from('a private key')));

  const decipher = createDecipheriv('des-ede3-cbc', rawKey, algorithm.iv);
  expect(Buffer.concat([decipher.update(new Uint8Array(encrypted)), decipher.final()]).toString()).toBe(
    'a private key',
  );
  await expect(globalThis.crypto.subtle.importKey('raw', rawKey, algorithm.name, false, ['encrypt'])).rejects.toThrow();
});

test('@peculiar/x509 works on this provider', () => {
  expect(x509.cryptoProvider.get().subtle).toBe(subtle);
});
