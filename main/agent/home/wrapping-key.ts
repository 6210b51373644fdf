import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Keychain } from '../keychain/index.ts';
import { WRAPPING_KEY_BYTES } from '../keychain/keychain.ts';

/**
 * Makes the wrapping key of a home in which nothing is sealed yet. It counts only when the keychain gives it back.
 * Errors: everything of the keychain.
 */
export async function makeWrappingKey(
  keychain: Keychain,
  homeId: string,
): Promise<Result<Redacted<Uint8Array>, Failure>> {
  const key = new Redacted(Uint8Array.from(randomBytes(WRAPPING_KEY_BYTES)));
  const written = await keychain.write(homeId, key);
  if (!written.ok) return written;
  const back = await keychain.read(homeId);
  if (!back.ok) return back;
  return back.value !== null && timingSafeEqual(back.value.reveal(), key.reveal())
    ? ok(key)
    : err(failure('keychain-failed', 'The keychain did not keep what was given to it.'));
}
