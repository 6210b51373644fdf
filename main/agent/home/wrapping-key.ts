import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Keychain } from '../keychain/index.ts';
import { WRAPPING_KEY_BYTES } from '../keychain/keychain.ts';

/**
 * The wrapping key of a home in which nothing is sealed yet. A key that is in the keychain already (of a start that was
 * interrupted) is used, never replaced; a new one counts only when the keychain gives it back.
 * Errors: everything of the keychain.
 */
export async function establishWrappingKey(
  keychain: Keychain,
  homeId: string,
): Promise<Result<Redacted<Uint8Array>, Failure>> {
  const existing = await keychain.read(homeId);
  if (!existing.ok) return existing;
  if (existing.value !== null) return ok(existing.value);

  const key = new Redacted(Uint8Array.from(randomBytes(WRAPPING_KEY_BYTES)));
  const written = await keychain.write(homeId, key);
  if (!written.ok) return written;
  const back = await keychain.read(homeId);
  if (!back.ok) return back;
  return back.value !== null && timingSafeEqual(back.value.reveal(), key.reveal())
    ? ok(key)
    : err(failure('keychain-failed', 'The keychain did not keep what was given to it.'));
}
