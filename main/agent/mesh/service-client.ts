import { randomBytes } from 'node:crypto';
import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  meshClientOf,
  problemIn,
  signatureHeaders,
  type CallFault,
  type MeshClient,
  type ServiceId,
  type WireAnswer,
  type WireCall,
} from '@endymail/shared/mesh-api';
import type { Hash32, SigningKey } from '@endymail/shared/sealing';
import { exchange, type TransportFault, type TransportLimits } from './transport.ts';

/** Which service, and how it proves itself. */
export interface ServiceAddress {
  /** What the paths of calls are put behind, without a slash at the end. */
  readonly url: string;
  readonly id: ServiceId;
  /** SHA-256 of the SubjectPublicKeyInfo of its own certificate; null: it has one that this computer trusts, or is loopback. */
  readonly pin: Hash32 | null;
}

export interface ServiceClientOptions {
  readonly service: ServiceAddress;
  /** The device that signs; null: a stranger, who may only read what is public and ask to join. */
  readonly key: SigningKey | null;
  readonly now: () => Date;
  readonly limits?: TransportLimits;
  /** Is waited for before anything is sent: the service may have to be started first. */
  readonly ready?: () => Promise<Result<void, Failure>>;
}

/** `no-key`: the call must be signed, and there is nobody to · `not-ready`: the service would run here, and does not. */
export type CarryFault =
  | TransportFault
  | { readonly kind: 'no-key'; readonly detail: string }
  | { readonly kind: 'not-ready'; readonly failure: Failure };

export type ServiceFault = CallFault<CarryFault>;
export type ServiceClient = MeshClient<CarryFault>;

const NONCE_BYTES = 16;

/**
 * The calls of a mesh service. Where the clocks differ, a call is signed once more by the service's clock, which dates
 * the signature and decides nothing else (R36).
 */
export function createServiceClient({ service, key, now, limits, ready }: ServiceClientOptions): ServiceClient {
  async function send(call: WireCall, seconds: number): Promise<Result<WireAnswer, CarryFault>> {
    const url = new URL(`${service.url}${call.target}`);
    const signing = call.signed === 'none' || key === null ? null : { service: service.id, key };
    const mustSign = call.signed === 'device' || call.signed === 'member';
    if (mustSign && signing === null) return err({ kind: 'no-key', detail: call.name });
    const parts = { method: call.method, targetUri: url.href, body: call.body };
    const signed =
      signing === null
        ? {}
        : await signatureHeaders(parts, {
            ...signing,
            createdSeconds: seconds,
            nonce: new Uint8Array(randomBytes(NONCE_BYTES)),
          });
    const headers = { ...signed, ...(call.mediaType === null ? {} : { 'content-type': call.mediaType }) };
    const { method, body: sent, answerMaxBytes } = call;
    const answered = await exchange({ method, url, headers, body: sent, answerMaxBytes, pin: service.pin }, limits);
    if (!answered.ok) return answered;
    const { status, contentType, body } = answered.value;
    return ok({ status, mediaType: contentType, body });
  }

  return meshClientOf(async (call) => {
    const begun = await ready?.();
    if (begun?.ok === false) return err({ kind: 'not-ready', failure: begun.error });
    const answer = await send(call, Math.floor(now().getTime() / 1_000));
    const problem = answer.ok ? problemIn(answer.value) : null;
    const isClock = problem?.code === 'clock' && problem.timeSeconds !== undefined;
    return isClock ? send(call, problem.timeSeconds ?? 0) : answer;
  });
}
