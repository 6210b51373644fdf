import { createECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { publicKeyAlgorithm } from './public-key.ts';

const refused = { ok: false, error: { code: 'certificate-profile' } };

const ec = (namedCurve: string) => spki(generateKeyPairSync('ec', { namedCurve }).publicKey);
const rsa = (modulusLength: number, publicExponent = 65_537) =>
  spki(generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey);

test('P-256 and RSA-3072 are ours', () => {
  expect(publicKeyAlgorithm(ec('P-256'))).toEqual({ ok: true, value: 'ec-p256' });
  expect(publicKeyAlgorithm(rsa(3_072))).toEqual({ ok: true, value: 'rsa-3072' });
});

test.each([
  ['P-384', ec('P-384')],
  ['secp256k1', ec('secp256k1')],
  ['RSA-2048', rsa(2_048)],
  ['RSA with exponent 3', rsa(3_072, 3)],
  ['Ed25519', spki(generateKeyPairSync('ed25519').publicKey)],
  ['a compressed point', compressed()],
  ['a point that is not on the curve', offCurve()],
  ['trailing bytes', Buffer.concat([rsa(3_072), Buffer.from([0])])],
  ['nothing', Buffer.alloc(0)],
])('%s is refused', (_, publicKey) => {
  expect(publicKeyAlgorithm(publicKey)).toMatchObject(refused);
});

/** The same key in its other encoding: it would have a second fingerprint. */
function compressed(): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const header = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
  return Buffer.concat([header, ecdh.getPublicKey(null, 'compressed')]);
}

function offCurve(): Buffer {
  const key = Buffer.from(ec('P-256'));
  key.writeUInt8(key.readUInt8(key.length - 1) ^ 1, key.length - 1);
  return key;
}

function spki(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}
