import { Redacted, type Failure, type Result } from '@endymail/shared/result';

/** `os`: the operating system's keychain. `file`: a file sealed under a passphrase, only when the person chose it. */
export type KeychainKind = 'os' | 'file';

/** Keeps one wrapping key per home, and nothing else; all other secrets are sealed on disk under that key. */
export interface Keychain {
  readonly kind: KeychainKind;

  /**
   * The wrapping key of a home; null when the keychain is open and holds none.
   * Errors: `keychain-missing`, `keychain-locked`, `keychain-failed`; of a file also `passphrase-needed`, `passphrase-wrong`.
   */
  read(homeId: string): Promise<Result<Redacted<Uint8Array> | null, Failure>>;

  /** Keeps the wrapping key of a home. Errors as of `read`; of a file also `passphrase-too-short`, `disk-full`, … */
  write(homeId: string, key: Redacted<Uint8Array>): Promise<Result<void, Failure>>;

  /** Forgets the wrapping key of a home; nothing happens when there is none. Errors as of `read`. */
  delete(homeId: string): Promise<Result<void, Failure>>;
}

/** AES-256. */
export const WRAPPING_KEY_BYTES = 32;

/** 32 bytes in base64: what the operating system's keychain holds (keytar keeps text only). */
const ENCODED_WRAPPING_KEY = /^[A-Za-z0-9+/]{43}=$/;

/** The wrapping key as text. */
export function encodeWrappingKey(key: Redacted<Uint8Array>): string {
  const bytes = key.reveal();
  if (bytes.length !== WRAPPING_KEY_BYTES) throw new Error('A wrapping key has 32 bytes.');
  return Buffer.from(bytes).toString('base64');
}

/** The wrapping key that `encodeWrappingKey` wrote; null for any other text. */
export function decodeWrappingKey(text: string): Redacted<Uint8Array> | null {
  if (!ENCODED_WRAPPING_KEY.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Redacted(Uint8Array.from(bytes)) : null;
}
