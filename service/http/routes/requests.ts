import { hasRoles, ROLES } from '@endymail/shared/identity/public';
import type { Step } from '@endymail/shared/mesh-api';
import { err, ok, type Result } from '@endymail/shared/result';
import { hash32Of, type AccountId, type Hash32 } from '@endymail/shared/sealing/public';
import type { Problem } from '@endymail/shared/mesh-api';
import { isJoinRequest, isStepBy, keyInRequest } from '../../accounts/join-requests.ts';
import { refuse, refuseStored, tooMany, type Answers, type Caller } from '../answers.ts';
import type { Ground } from '../ground.ts';

/** What must have been said before a step (docs/protocol.md §7), and what must not. */
const TURNS: Readonly<Record<Step, { readonly after: Step | null; readonly notAfter: Step | null }>> = Object.freeze({
  offer: { after: null, notAfter: 'reject' },
  confirm: { after: 'offer', notAfter: 'reject' },
  answer: { after: 'confirm', notAfter: 'reject' },
  reject: { after: null, notAfter: null },
});

const REQUESTS_FULL_RETRY_SECONDS = 300;

interface Posted {
  readonly account: AccountId;
  readonly request: Hash32;
  readonly body: Uint8Array;
}

/** Requests of devices to join an account, and what is said to them. The service passes it on and can not read it. */
export function requestAnswers(
  ground: Ground,
): Answers<'postRequest' | 'readRequests' | 'readRequest' | 'postOffer' | 'postConfirm' | 'postAnswer' | 'postReject'> {
  const { store, admission, limits, nowSeconds } = ground;

  /** `caller` null: said by the device that asks. */
  async function post(
    step: Step,
    { account, request, body }: Posted,
    caller: Caller | null,
  ): Promise<Result<null, Problem>> {
    if (caller !== null && !isAdmin(caller)) return refuse('role-missing');
    const found = await store.requestOf(account, request, nowSeconds());
    if (!found.ok) return refuseStored(found.error);
    if (found.value === null) return refuse('request-unknown');
    const signer = caller === null ? keyInRequest(found.value.bytes) : caller.device;
    if (signer === null) return refuse('internal');
    // Or anybody who knows the request could take its step before the one whose it is.
    if (!(await isStepBy(signer, step, body, { account, request }))) return refuse('statement-refused');
    const { steps } = found.value;
    const { after, notAfter } = TURNS[step];
    const isTurn = (after === null || steps.has(after)) && (notAfter === null || !steps.has(notAfter));
    if (!isTurn && !steps.has(step)) return refuse('step-taken');
    const now = nowSeconds();
    const isAgreed = step === 'confirm' || step === 'answer';
    const keepUntilSeconds = now + (isAgreed ? limits.confirmedRequestSeconds : 0);
    const put = await (caller?.writes ?? store).putStep({
      account,
      request,
      step,
      bytes: body,
      nowSeconds: now,
      keepUntilSeconds,
    });
    return put.ok ? ok(null) : refuseStored(put.error, { conflict: 'step-taken' });
  }

  return {
    async postRequest({ account, body }, { address }) {
      const wait = admission.joinRequest(address);
      if (wait !== null) return tooMany(wait);
      if (!(await isJoinRequest(body, account))) return refuse('statement-refused');
      const request = hash32Of(body);
      const now = nowSeconds();
      const put = await store.putRequest({
        account,
        request,
        bytes: body,
        nowSeconds: now,
        expiresAtSeconds: now + limits.joinRequestSeconds,
        maxPending: limits.accountMaxPendingRequests,
      });
      if (put.ok) return ok(request);
      if (put.error !== 'limit') return refuseStored(put.error);
      return err({ code: 'requests-full', retryAfterSeconds: REQUESTS_FULL_RETRY_SECONDS });
    },

    async readRequests({ account }, { caller }) {
      if (!isAdmin(caller)) return refuse('role-missing');
      const waiting = await store.requests(account, nowSeconds());
      if (!waiting.ok) return refuseStored(waiting.error);
      return ok(waiting.value.map(({ bytes, steps }) => ({ request: bytes, steps })));
    },

    async readRequest({ account, request }) {
      const found = await store.requestOf(account, request, nowSeconds());
      if (!found.ok) return refuseStored(found.error);
      return found.value === null ? refuse('request-unknown') : ok(found.value.steps);
    },

    postOffer: (input, { caller }) => post('offer', input, caller),
    postConfirm: (input) => post('confirm', input, null),
    postAnswer: (input, { caller }) => post('answer', input, caller),
    postReject: (input, { caller }) => post('reject', input, caller),
  };
}

const isAdmin = ({ device }: Caller): boolean => hasRoles(device.roles, ROLES.admin);
