import { Redacted } from '../result/index.ts';
import { concatBytes, fromBase64Url, fromHex, toHex } from './bytes.ts';
import { randomBytes, subtle, type EngineKey } from './engine.ts';
import { isCanonicalPoint, isCanonicalScalar, isSmallOrder, POINT_BYTES, SCALAR_BYTES } from './ed25519-checks.ts';
import { keyIdOf, type KeyId } from './ids.ts';

const ALGORITHM = 'Ed25519';
const SEED_BYTES = 32;

/** Bytes of a signature: R and S. */
export const SIGNATURE_BYTES = POINT_BYTES + SCALAR_BYTES;

/** RFC 8410 §7: the PrivateKeyInfo of an Ed25519 key up to its 32 bytes. WebCrypto takes a private key in no other form. */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** A device's or an account's key for signatures. */
export interface SigningKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes (the private key of RFC 8032). */
  readonly seed: Redacted<Uint8Array>;
  readonly id: KeyId;
}

const privateKeys = new WeakMap<SigningKey, Promise<EngineKey>>();

const importSeed = (seed: Redacted<Uint8Array>, extractable: boolean): Promise<EngineKey> =>
  subtle.importKey('pkcs8', concatBytes(PKCS8_PREFIX, seed.reveal()), ALGORITHM, extractable, ['sign']);

/** The signing key of 32 bytes. Throws on another length. */
export async function signingKeyFromSeed(seed: Redacted<Uint8Array>): Promise<SigningKey> {
  if (seed.reveal().length !== SEED_BYTES) throw new RangeError(`A seed has ${SEED_BYTES} bytes`);
  // The engine's own derivation, in constant time; it tells a public key only together with the private one.
  const { x } = await subtle.exportKey('jwk', await importSeed(seed, true));
  const publicKey = fromBase64Url(x ?? '');
  if (publicKey?.length !== POINT_BYTES) throw new TypeError('The engine gave no public key');
  return Object.freeze({ publicKey, seed, id: keyIdOf(publicKey) });
}

/** A new signing key. */
export const generateSigningKey = (): Promise<SigningKey> => signingKeyFromSeed(new Redacted(randomBytes(SEED_BYTES)));

/** Signs `message`: 64 bytes, always the same for the same key and message (RFC 8032). */
export async function sign(key: SigningKey, message: Uint8Array): Promise<Uint8Array> {
  const imported = privateKeys.get(key) ?? importSeed(key.seed, false);
  privateKeys.set(key, imported);
  return new Uint8Array(await subtle.sign(ALGORITHM, await imported, message));
}

/** Whether `bytes` are a public key that is taken: 32 bytes, the canonical encoding of a point, not of small order. */
export const isGoodPublicKey = (bytes: Uint8Array): boolean =>
  bytes.length === POINT_BYTES && isCanonicalPoint(bytes) && !isSmallOrder(bytes);

/** How many imported public keys are kept: more than an account has devices. */
const PUBLIC_KEYS_MAX = 256;

// By the bytes and not by the array that holds them: an array can be written to after its first use.
const publicKeys = new Map<string, Promise<EngineKey>>();

function importPublicKey(publicKey: Uint8Array): Promise<EngineKey> {
  const bytes = toHex(publicKey);
  const imported = publicKeys.get(bytes) ?? subtle.importKey('raw', publicKey, ALGORITHM, false, ['verify']);
  // Put at the end, so that the first is the one that was not used for longest.
  publicKeys.delete(bytes);
  publicKeys.set(bytes, imported);
  const [oldest] = publicKeys.keys();
  if (publicKeys.size > PUBLIC_KEYS_MAX && oldest !== undefined) publicKeys.delete(oldest);
  return imported;
}

/**
 * Whether `signature` is one of `message` by `publicKey`. Engines disagree on keys and on R of small order, on encodings
 * that are not canonical, and some on S ≥ L; all of these are refused before the engine is asked, so that there is one
 * verdict (eprint 2020/1244 lists the cases).
 */
export async function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (!isGoodPublicKey(publicKey) || signature.length !== SIGNATURE_BYTES) return false;
  const r = signature.subarray(0, POINT_BYTES);
  if (!isCanonicalPoint(r) || isSmallOrder(r) || !isCanonicalScalar(signature.subarray(POINT_BYTES))) return false;
  try {
    return await subtle.verify(ALGORITHM, await importPublicKey(publicKey), signature, message);
  } catch {
    // Bytes that are no point of the curve: an engine may refuse them when it imports or when it verifies.
    return false;
  }
}
