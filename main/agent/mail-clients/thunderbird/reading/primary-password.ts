import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import path from 'node:path';
import { derElements, type DerElement } from '../../../certificates/der.ts';
import { PBKDF2_MAX_ITERATIONS } from './limits.ts';
import { readNssDatabase } from './nss-database.ts';

/**
 * Whether a primary password protects the keys of this profile; null when there is no key database yet (or none that
 * can be read). NSS keeps a known text encrypted under the password (`metaData`, row `password`; sftkpwd.c): what opens
 * with the empty password has none.
 */
export function primaryPasswordSet(profilePath: string): Promise<boolean | null> {
  return Promise.resolve(isSet(profilePath));
}

function isSet(profilePath: string): boolean | null {
  const row = readNssDatabase(path.join(profilePath, 'key4.db'), 'nssPrivate', (database) =>
    database.metaData('password'),
  );
  if (!row.ok || row.value === null) return null;
  const text = decrypt(row.value.item2, row.value.item1);
  return text?.subarray(0, CHECK_TEXT.length).equals(CHECK_TEXT) !== true;
}

/** sftkpwd.c, SFTK_PW_CHECK_STRING. */
const CHECK_TEXT = Buffer.from('password-check');

const PBES2 = '2a864886f70d01050d';
/** 1.2.840.113549.1.12.5.1.3: what NSS wrote before 3.49, and what an old profile without password still has. */
const PKCS12_SHA1_3DES = '2a864886f70d010c050103';

/** Opens a text that NSS encrypted, with the empty password. Null: it does not open, or is of a form unknown here. */
function decrypt(blob: Uint8Array, globalSalt: Uint8Array): Buffer | null {
  try {
    const [encrypted] = derElements(blob) ?? [];
    const [algorithm, ciphertext] = children(encrypted);
    const [oid, parameters] = children(algorithm);
    if (oid === undefined || parameters === undefined || ciphertext === undefined) return null;
    switch (Buffer.from(oid.content).toString('hex')) {
      case PBES2:
        return decryptPbes2(parameters, ciphertext.content, globalSalt);
      case PKCS12_SHA1_3DES:
        return decryptLegacy(parameters, ciphertext.content, globalSalt);
      default:
        return null;
    }
  } catch {
    // OpenSSL's "bad decrypt": the padding of another key.
    return null;
  }
}

/** RFC 8018 PBES2 with AES-256-CBC, over the hash of salt and password. */
function decryptPbes2(parameters: DerElement, ciphertext: Uint8Array, globalSalt: Uint8Array): Buffer | null {
  const [derivation, encryption] = children(parameters);
  const [, pbkdf2] = children(derivation);
  const [salt, iterations, keyLength] = children(pbkdf2);
  const [, iv] = children(encryption);
  if (salt === undefined || iterations === undefined || iv === undefined) return null;
  const rounds = integer(iterations);
  const keyBytes = keyLength === undefined ? AES_256_KEY_BYTES : integer(keyLength);
  if (rounds < 1 || rounds > PBKDF2_MAX_ITERATIONS || keyBytes !== AES_256_KEY_BYTES) return null;
  const hashed = createHash(saltHash(globalSalt.length)).update(globalSalt).digest();
  const key = pbkdf2Sync(hashed, salt.content, rounds, keyBytes, 'sha256');
  // NSS takes the IV with the two bytes of its DER head, 14 bytes behind them.
  return decipher('aes-256-cbc', key, iv.whole, ciphertext);
}

const AES_256_KEY_BYTES = 32;

/** The salt is as long as the hash (sftkdb_passwordToKey). */
function saltHash(saltBytes: number): string {
  const hashes: Readonly<Record<number, string>> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' };
  return hashes[saltBytes] ?? 'sha1';
}

/** lowpbe.c, nsspkcs5_PKCS12PBE in NSS' extended SHA-1 form: key and IV come out of one derivation. */
function decryptLegacy(parameters: DerElement, ciphertext: Uint8Array, globalSalt: Uint8Array): Buffer | null {
  const [salt] = children(parameters);
  if (salt === undefined) return null;
  const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer =>
    createHmac('sha1', key).update(Buffer.concat(parts)).digest();
  const padded = Buffer.concat([salt.content, Buffer.alloc(20)]).subarray(0, Math.max(20, salt.content.length));
  const password = createHash('sha1').update(globalSalt).digest();
  const key = createHash('sha1').update(password).update(salt.content).digest();
  const first = hmac(key, padded, salt.content);
  const second = hmac(key, hmac(key, padded), salt.content);
  const derived = Buffer.concat([first, second]);
  return decipher('des-ede3-cbc', derived.subarray(0, 24), derived.subarray(-8), ciphertext);
}

function decipher(algorithm: string, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Buffer {
  const opened = createDecipheriv(algorithm, key, iv);
  return Buffer.concat([opened.update(ciphertext), opened.final()]);
}

function children(element: DerElement | undefined): readonly DerElement[] {
  return element === undefined ? [] : (derElements(element.content) ?? []);
}

const integer = (element: DerElement): number =>
  element.content.length > 4 ? Number.MAX_SAFE_INTEGER : element.content.reduce((sum, byte) => sum * 256 + byte, 0);
