import { readSignature, WIRE_LIMITS, type Problem } from '@endymail/shared/mesh-api';
import { activeDevice } from '@endymail/shared/identity/public';
import { ok, type Result } from '@endymail/shared/result';
import {
  concatBytes,
  fromBase64Url,
  hash32Of,
  keyIdBytes,
  type AccountId,
  type KeyId,
} from '@endymail/shared/sealing/public';
import { refuse, refuseStored, tooMany, type Caller } from './answers.ts';
import type { Ground } from './ground.ts';

/** A request that must be signed, as it came. */
export interface ToAuthenticate {
  readonly method: string;
  readonly targetUri: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  readonly account: AccountId;
}

/**
 * Finds the active device of the account that signed a request, for this service, just now, and for the first time.
 * Errors: `signature-missing`, `signature-invalid`, `other-service`, `clock`, `account-unknown`, `device-refused`,
 * `replayed`, `too-many`, and those of the store.
 */
export async function authenticate(request: ToAuthenticate, ground: Ground): Promise<Result<Caller, Problem>> {
  const read = readSignature(request, request.headers);
  if (!read.ok) return refuse(read.error === 'missing' ? 'signature-missing' : 'signature-invalid');
  const { service, key, createdSeconds, nonce, isBy } = read.value;
  if (service !== ground.service) return refuse('other-service');
  const now = ground.nowSeconds();
  if (Math.abs(createdSeconds - now) > WIRE_LIMITS.clockToleranceSeconds) return refuse('clock', { timeSeconds: now });
  const profile = await ground.profiles.of(request.account);
  if (!profile.ok) return refuseStored(profile.error);
  const device = activeDevice(profile.value, key);
  if (device === null) return refuse('device-refused');
  if (!(await isBy(device.publicKey))) return refuse('signature-invalid');
  const wait = ground.admission.signedRequest(request.account);
  if (wait !== null) return tooMany(wait);
  // Last: a number is used up only by who may use it. Kept for as long as `created` lets it come again.
  const until = createdSeconds + WIRE_LIMITS.clockToleranceSeconds + 1;
  const first = await ground.store.useNonce(nonceOf(key, nonce), until, now);
  return first.ok ? ok({ device, profile: profile.value }) : refuseStored(first.error, { conflict: 'replayed' });
}

/** Each device has its own numbers: nobody uses up another one's. */
const nonceOf = (key: KeyId, nonce: string): string =>
  hash32Of(concatBytes(keyIdBytes(key), fromBase64Url(nonce) ?? new Uint8Array()));
