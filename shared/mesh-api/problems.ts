import * as v from 'valibot';
import { utf8 } from '../sealing/public.ts';
import { parseJson } from './forms.ts';
import { WIRE_LIMITS } from './limits.ts';

interface ProblemEntry {
  /** Of HTTP (RFC 9110). */
  readonly status: number;
  readonly detail: string;
  /** Whether the same can go well later without anything else being changed. */
  readonly retry: boolean;
}

const problem = (status: number, detail: string, retry = false): ProblemEntry =>
  Object.freeze({ status, detail, retry });

/** Everything that a service says no with. A code never changes its meaning. */
export const PROBLEMS = Object.freeze({
  malformed: problem(400, 'This is not what the call takes.'),
  'version-unknown': problem(400, 'The service does not know this version: it is older than the client.'),
  'signature-missing': problem(401, 'This call must be signed by a device of the account.'),
  'signature-invalid': problem(401, 'The signature does not fit the request, or is not in the one form there is.'),
  'other-service': problem(401, 'The request was signed for another service.'),
  clock: problem(401, 'The clocks of client and service are too far apart. The time of the service is given.', true),
  replayed: problem(401, 'This request was sent before.'),
  'device-refused': problem(403, 'The account has no active device with this key.'),
  'role-missing': problem(403, 'The device does not have the role for this.'),
  'origin-refused': problem(403, 'Web pages of other places can not use the service.'),
  'route-unknown': problem(404, 'There is no such call.'),
  'name-unknown': problem(404, 'There is no account of this name.'),
  'account-unknown': problem(404, 'There is no such account.'),
  'sequence-unknown': problem(404, 'The account has no such sequence.'),
  'request-unknown': problem(404, 'There is no such request, or it has expired.'),
  'method-unknown': problem(405, 'This call has another method.'),
  'too-slow': problem(408, 'The request took too long to arrive.', true),
  'name-taken': problem(409, 'This name was given away before.'),
  'account-exists': problem(409, 'This account is or was here.'),
  'chain-moved': problem(409, 'The profile chain has another head.'),
  'sequence-moved': problem(409, 'The sequence has another head.'),
  'step-taken': problem(409, 'This step was taken with other bytes, or comes before its turn.'),
  'body-too-large': problem(413, 'The body is larger than this call takes.'),
  'media-type': problem(415, 'The body is not of the type that this call takes.'),
  'host-refused': problem(421, 'The service is not known by this name.'),
  'link-refused': problem(422, 'The link does not continue the profile chain.'),
  'bundle-refused': problem(422, 'The bundle does not fit its link.'),
  'entry-refused': problem(422, 'An entry is not signed by the device that sent it, or is not one.'),
  'statement-refused': problem(422, 'The statement is not signed as this step must be.'),
  'too-many': problem(429, 'Too many requests. It is given after how many seconds more are taken.', true),
  'requests-full': problem(429, 'Too many devices wait to join this account.', true),
  'headers-too-large': problem(431, 'The headers are larger than the service takes.'),
  internal: problem(500, 'The service made a mistake.'),
  unavailable: problem(503, 'The service does not answer at present.', true),
  'account-full': problem(507, 'The account has no more room.'),
  'service-full': problem(507, 'The service has no more room.', true),
});

export type ProblemCode = keyof typeof PROBLEMS;

/** What a service said no with. */
export interface Problem {
  readonly code: ProblemCode;
  /** Of `clock`: the time of the service, in seconds since 1970. */
  readonly timeSeconds?: number;
  /** Of `too-many` and `requests-full`: when more are taken. */
  readonly retryAfterSeconds?: number;
}

/** The media type of a problem document. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

const SECONDS = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

// Not strict: RFC 9457 §3.2 lets a document have more members than a reader knows.
const DOCUMENT = v.object({
  code: v.pipe(v.string(), v.check(isProblemCode)),
  time: v.optional(SECONDS),
  retryAfter: v.optional(SECONDS),
});

/** The problem document (RFC 9457) of a problem. Its type is `about:blank`, its code says the rest. */
export function writeProblem({ code, timeSeconds, retryAfterSeconds }: Problem): Uint8Array {
  const { status, detail } = PROBLEMS[code];
  return utf8(
    JSON.stringify({
      status,
      detail,
      code,
      ...(timeSeconds === undefined ? {} : { time: timeSeconds }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds }),
    }),
  );
}

/** Reads a problem document; null for what is none, or has a code that this Endymail does not know. */
export function readProblem(bytes: Uint8Array): Problem | null {
  if (bytes.length > WIRE_LIMITS.smallBodyMaxBytes) return null;
  const parsed = v.safeParse(DOCUMENT, parseJson(bytes));
  if (!parsed.success || !isProblemCode(parsed.output.code)) return null;
  const { code, time, retryAfter } = parsed.output;
  return {
    code,
    ...(time === undefined ? {} : { timeSeconds: time }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
  };
}
