import { readSignature, WIRE_LIMITS, type Problem } from '@endymail/shared/mesh-api';
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
import { numberOf } from './request-number.ts';
import { signerOf } from './signer-of.ts';

/** A profile is not changed so often that a request would find a newer one each time. */
const ATTEMPTS_MAX = 5;

/** A request that must be signed, as it came. */
export interface ToAuthenticate {
  readonly method: string;
  readonly targetUri: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  readonly account: AccountId;
  /** Whether root may ask for this too. */
  readonly takesRoot: boolean;
}

/**
 * Answers a request as one of the active device of the account that signed it (or root, where it may), for this service,
 * just now, and for the first time. Errors: `signature-missing`, `signature-invalid`, `other-service`, `clock`, `account-unknown`,
 * `device-refused`, `replayed`, `too-many`, those of the store, and those of `answer`.
 *
 * The profile is looked for in memory first. The store takes the request's number only while that profile is the newest,
 * in one transaction with what the request writes: a device that was removed meanwhile writes nothing, and a request that
 * comes again neither.
 */
export async function asCaller<Answer>(
  request: ToAuthenticate,
  ground: Ground,
  answer: (caller: Caller) => Promise<Result<Answer, Problem>>,
): Promise<Result<Answer, Problem>> {
  const read = readSignature(request, request.headers);
  if (!read.ok) return refuse(read.error === 'missing' ? 'signature-missing' : 'signature-invalid');
  const { service, key, createdSeconds, nonce, isBy } = read.value;
  if (service !== ground.service) return refuse('other-service');
  const now = ground.nowSeconds();
  if (Math.abs(createdSeconds - now) > WIRE_LIMITS.clockToleranceSeconds) return refuse('clock', { timeSeconds: now });
  const known = ground.profiles.known(request.account);
  let profile = known !== null && signerOf(known, key, request) !== null ? known : null;
  let isCounted = false;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (profile === null) {
      const newest = await ground.profiles.of(request.account);
      if (!newest.ok) return refuseStored(newest.error);
      profile = newest.value;
    }
    const device = signerOf(profile, key, request);
    if (device === null) return refuse('device-refused');
    if (!isCounted && !(await isBy(device.publicKey))) return refuse('signature-invalid');
    const wait = isCounted ? null : ground.admission.signedRequest(request.account);
    if (wait !== null) return tooMany(wait);
    isCounted = true;
    const number = numberOf(ground.store, {
      account: request.account,
      chain: profile.head,
      nonce: nonceOf(key, nonce),
      // For as long as `created` lets it come again.
      untilSeconds: createdSeconds + WIRE_LIMITS.clockToleranceSeconds + 1,
      nowSeconds: now,
    });
    // Who only reads is asked first whether it may; what writes uses the number up with it, or after it said no.
    const before = request.method === 'GET' ? await number.used() : ok();
    const answered = before.ok ? await answer({ device, profile, writes: number.writes }) : null;
    const used = await number.used();
    if (used.ok && answered !== null) return answered;
    if (!used.ok && used.error !== 'stale') return refuseStored(used.error);
    profile = null;
  }
  return refuse('unavailable');
}

/** Each device has its own numbers: nobody uses up another one's. */
const nonceOf = (key: KeyId, nonce: string): string =>
  hash32Of(concatBytes(keyIdBytes(key), fromBase64Url(nonce) ?? new Uint8Array()));
