import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import { hkdf } from './digest.ts';
import { type SigningKey, signingKeyFromSeed } from './ed25519.ts';
import { randomBytes, utf8 } from './engine.ts';
import { type KemKey, kemKeyFromSeed } from './hpke.ts';

/** Bytes of the secret that root key and recovery key are derived from. */
const SECRET_BYTES = 32;

/** Words that write it down: 256 bits and a checksum of 8, 11 bits a word (BIP-39). */
export const RECOVERY_WORD_COUNT = 24;

/** Bytes of a seed, of Ed25519 and of X-Wing alike. */
const SEED_BYTES = 32;

const ROOT_KEY = utf8('endymail/root/1');
const RECOVERY_KEM = utf8('endymail/recovery/1');
const NO_SALT = new Uint8Array(0);

const WORDS: ReadonlySet<string> = new Set(wordlist);

/** Draws a new secret, the root of a new account. */
export function newRecoverySecret(): Redacted<Uint8Array> {
  return new Redacted(randomBytes(SECRET_BYTES));
}

/** The secret (32 bytes) as 24 English words of BIP-39, with one space between. */
export function recoveryWords(secret: Redacted<Uint8Array>): Redacted<string> {
  return new Redacted(entropyToMnemonic(ofSecretLength(secret), wordlist));
}

/**
 * Reads the words that a person typed; case and white space do not matter. Errors: `unknown-word` (one is not in the
 * list, said before the count, since two words run together are one unknown), `wrong-count`, `bad-checksum` (words
 * of the list, but not these in this order).
 */
export function parseRecoveryWords(
  text: string,
): Result<Redacted<Uint8Array>, 'unknown-word' | 'wrong-count' | 'bad-checksum'> {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.some((word) => !WORDS.has(word))) return err('unknown-word');
  if (words.length !== RECOVERY_WORD_COUNT) return err('wrong-count');
  try {
    return ok(new Redacted(mnemonicToEntropy(words.join(' '), wordlist)));
  } catch {
    // Nothing else is left that the library refuses.
    return err('bad-checksum');
  }
}

/** The account's root key, made from the secret (32 bytes). */
export function rootKeyOf(secret: Redacted<Uint8Array>): Promise<SigningKey> {
  return signingKeyFromSeed(seedOf(secret, ROOT_KEY));
}

/** The key that every epoch key is sealed to beside the devices', made from the secret (32 bytes). */
export function recoveryKemOf(secret: Redacted<Uint8Array>): Promise<KemKey> {
  return kemKeyFromSeed(seedOf(secret, RECOVERY_KEM));
}

function seedOf(secret: Redacted<Uint8Array>, purpose: Uint8Array): Redacted<Uint8Array> {
  return new Redacted(hkdf(ofSecretLength(secret), NO_SALT, purpose, SEED_BYTES));
}

function ofSecretLength(secret: Redacted<Uint8Array>): Uint8Array {
  const bytes = secret.reveal();
  if (bytes.length !== SECRET_BYTES) throw new RangeError(`A recovery secret has ${SECRET_BYTES} bytes`);
  return bytes;
}
