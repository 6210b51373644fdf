import { Redacted } from '@endymail/shared/result';
import forge from 'node-forge';
import { certificateId } from './facts.ts';
import type { KeyAndCertificate } from './key-and-certificate.ts';

const { asn1, pki } = forge;

/** Under a passphrase that a person chose, guessing must cost something: about a second of ours. */
const PASSPHRASE_ITERATIONS = 100_000;
const SALT_BYTES = 8;
const MAC_KEY_BYTES = 20;
const LOCAL_KEY_ID_BYTES = 20;
/** RFC 7292 appendix B.3: the key material is for a MAC. */
const MAC_PURPOSE = 3;

/**
 * Packs a key, its certificate and (where given) the CA's for another program: PKCS#12 with 3DES and a SHA-1 MAC, the one
 * form that all of Thunderbird, Windows, macOS, iOS and gpgsm take. Returns the DER of the PFX.
 *
 * node-forge encrypts and authenticates; the bags around it are put together here, because forge can not parse EC keys
 * and certificates, while PKCS#12 wants neither parsed. RFC 7292 §4 and §5.
 */
export function toPkcs12(o: {
  key: KeyAndCertificate;
  /** DER */
  authority?: Uint8Array;
  friendlyName: string;
  password: Redacted<string>;
  /** Rounds of the key derivation; fewer only for a random password. */
  iterations?: number;
}): Redacted<Uint8Array> {
  const password = o.password.reveal();
  const iterations = o.iterations ?? PASSPHRASE_ITERATIONS;
  const attributes = bagAttributes(o.friendlyName, localKeyId(o.key.certificate));
  const certificates = [
    certificateBag(o.key.certificate, [attributes]),
    ...(o.authority ? [certificateBag(o.authority, [])] : []),
  ];
  const shroudedKey = pki.encryptPrivateKeyInfo(asn1.fromDer(binary(o.key.privateKey.reveal())), password, {
    algorithm: '3des',
    count: iterations,
    saltSize: SALT_BYTES,
  });
  const key = safeBag('pkcs8ShroudedKeyBag', shroudedKey, [attributes]);
  const safe = der(sequence(dataContent(der(sequence(...certificates))), dataContent(der(sequence(key)))));
  const pfx = sequence(integer(3), dataContent(safe), macData(safe, password, iterations));
  return new Redacted(forge.util.binary.raw.decode(der(pfx)));
}

function certificateBag(certificate: Uint8Array, attributes: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  const value = sequence(oid('x509Certificate'), explicit(octets(binary(certificate))));
  return safeBag('certBag', value, attributes);
}

function safeBag(type: string, value: forge.asn1.Asn1, attributes: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return sequence(oid(type), explicit(value), ...attributes);
}

function dataContent(content: string): forge.asn1.Asn1 {
  return sequence(oid('data'), explicit(octets(content)));
}

/** RFC 7292 §4: what ties a key to its certificate, and the name that the other program shows. */
function bagAttributes(friendlyName: string, id: string): forge.asn1.Asn1 {
  return constructed(asn1.Type.SET, [
    sequence(oid('localKeyId'), constructed(asn1.Type.SET, [octets(id)])),
    sequence(oid('friendlyName'), constructed(asn1.Type.SET, [primitive(asn1.Type.BMPSTRING, friendlyName)])),
  ]);
}

function localKeyId(certificate: Uint8Array): string {
  return binary(Buffer.from(certificateId(certificate), 'hex').subarray(0, LOCAL_KEY_ID_BYTES));
}

function macData(safe: string, password: string, iterations: number): forge.asn1.Asn1 {
  const salt = forge.random.getBytesSync(SALT_BYTES);
  const key = forge.pkcs12.generateKey(password, forge.util.createBuffer(salt), MAC_PURPOSE, iterations, MAC_KEY_BYTES);
  const mac = forge.hmac.create();
  mac.start('sha1', key);
  mac.update(safe);
  const digest = sequence(sequence(oid('sha1'), primitive(asn1.Type.NULL, '')), octets(mac.digest().getBytes()));
  return sequence(digest, octets(salt), integer(iterations));
}

// The names of ASN.1, over forge's one function. forge holds bytes as strings of characters 0 to 255.

function constructed(type: forge.asn1.Type, values: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, true, values);
}

function primitive(type: forge.asn1.Type, value: string): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, false, value);
}

function sequence(...values: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return constructed(asn1.Type.SEQUENCE, values);
}

/** [0] EXPLICIT; forge calls the number 0 a type. */
function explicit(value: forge.asn1.Asn1): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, asn1.Type.NONE, true, [value]);
}

function octets(value: string): forge.asn1.Asn1 {
  return primitive(asn1.Type.OCTETSTRING, value);
}

function integer(value: number): forge.asn1.Asn1 {
  return primitive(asn1.Type.INTEGER, asn1.integerToDer(value).getBytes());
}

function oid(name: string): forge.asn1.Asn1 {
  return primitive(asn1.Type.OID, asn1.oidToDer(pki.oids[name] ?? name).getBytes());
}

function der(value: forge.asn1.Asn1): string {
  return asn1.toDer(value).getBytes();
}

function binary(bytes: Uint8Array): string {
  return forge.util.binary.raw.encode(bytes);
}
