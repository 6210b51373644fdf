/** A key inside the engine. Its bytes are the engine's; code holds it and hands it back. */
export interface EngineKey {
  readonly type: 'secret' | 'public' | 'private';
}

type AesGcm = Readonly<{ name: 'AES-GCM'; iv: Uint8Array; additionalData: Uint8Array }>;
type KeyAlgorithm = 'Ed25519' | 'AES-GCM';
type KeyUsage = 'sign' | 'verify' | 'encrypt' | 'decrypt';

/** What suite 1 uses of WebCrypto. Where an operation fails, its promise is rejected. */
interface EngineSubtle {
  importKey(
    format: 'raw' | 'pkcs8',
    key: Uint8Array,
    algorithm: KeyAlgorithm,
    extractable: boolean,
    usages: readonly KeyUsage[],
  ): Promise<EngineKey>;
  exportKey(format: 'jwk', key: EngineKey): Promise<{ readonly x?: string }>;
  sign(algorithm: 'Ed25519', key: EngineKey, message: Uint8Array): Promise<ArrayBuffer>;
  verify(algorithm: 'Ed25519', key: EngineKey, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
  encrypt(algorithm: AesGcm, key: EngineKey, plaintext: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcm, key: EngineKey, ciphertext: Uint8Array): Promise<ArrayBuffer>;
}

interface Engine {
  readonly crypto: {
    readonly subtle: EngineSubtle;
    getRandomValues(bytes: Uint8Array): Uint8Array;
  };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (
    label: 'utf-8',
    options: Readonly<{ fatal: boolean; ignoreBOM: boolean }>,
  ) => { decode(bytes: Uint8Array): string };
}

// The types of Node, of the DOM and of bun contradict one another, and `shared` takes none of them. All three engines
// have these four things; the tests of this folder run on each of them.
const engine = globalThis as typeof globalThis & Engine;

/** WebCrypto of the engine. */
export const subtle: EngineSubtle = engine.crypto.subtle;

/** WebCrypto's limit for one call (W3C Web Cryptography, `getRandomValues`). */
const RANDOM_MAX_BYTES = 65_536;

/** `count` bytes of the engine's random number generator, at most 65,536. */
export function randomBytes(count: number): Uint8Array {
  if (count > RANDOM_MAX_BYTES) throw new RangeError(`Not more than ${RANDOM_MAX_BYTES} random bytes at once`);
  return engine.crypto.getRandomValues(new Uint8Array(count));
}

const encoder = new engine.TextEncoder();
// Without `ignoreBOM` two byte strings would give one text.
const decoder = new engine.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of `text`. Throws on a lone surrogate: it has no UTF-8, and two texts would become the same bytes. */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('A text with a lone surrogate has no UTF-8');
  return encoder.encode(text);
}

/** The text whose UTF-8 `bytes` are, or null when they are none. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
