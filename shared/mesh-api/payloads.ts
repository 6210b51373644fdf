import * as v from 'valibot';
import { accountIdBytes, hash32Bytes, sequenceIdBytes, type CborValue, type Hash32 } from '../sealing/public.ts';
import type { Head } from '../identity/public.ts';
import { ACCOUNT, bytesOf, bytesUpTo, COUNT, HASH, headOnWire, LOCAL_NAME, SEQUENCE, VERSION_1 } from './fields.ts';
import { encoded, json, payload } from './forms.ts';
import { WIRE_LIMITS } from './limits.ts';
import { parseServiceIdText, serviceIdText } from './service-id.ts';

const { bodyMaxBytes, smallBodyMaxBytes } = WIRE_LIMITS;

const LINK = bytesUpTo(WIRE_LIMITS.linkMaxBytes);
const BUNDLE = bytesUpTo(WIRE_LIMITS.bundleMaxBytes);
const ENTRY = bytesUpTo(WIRE_LIMITS.entryMaxBytes);

const headOf = (count: number, hash: Hash32): Head => ({ count, hash });

/** `[1]`: it is done. */
export const DONE = payload(
  smallBodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1]),
    v.transform(() => null),
  ),
  () => [],
);

/** `[1, account]` */
export const ACCOUNT_ONLY = payload(
  smallBodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, ACCOUNT]),
    v.transform(([, account]) => account),
  ),
  (account) => [accountIdBytes(account)],
);

/** `[1, count, hash]` */
export const HEAD_ONLY = payload(
  smallBodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, COUNT, HASH]),
    v.transform(([, count, hash]) => headOf(count, hash)),
  ),
  headOnWire,
);

/** `[1, request id]` */
export const REQUEST_ID = payload(
  smallBodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, HASH]),
    v.transform(([, request]) => request),
  ),
  (request) => [hash32Bytes(request)],
);

/** `[1, name, link 0, bundle]` */
export const NEW_ACCOUNT = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, LOCAL_NAME, LINK, BUNDLE]),
    v.transform(([, name, link, bundle]) => ({ name, link, bundle })),
  ),
  ({ name, link, bundle }) => [name, link, bundle],
);

/** `[1, count, hash, link, bundle or null]`: the head that the link goes on from. */
export const LINK_APPEND = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, COUNT, HASH, LINK, v.nullable(BUNDLE)]),
    v.transform(([, count, hash, link, bundle]) => ({ expected: headOf(count, hash), link, bundle })),
  ),
  ({ expected, link, bundle }) => [...headOnWire(expected), link, bundle],
);

/** `[1, count, hash, [link, …]]`: the head of everything, and the part that was asked for. */
export const LINKS = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, COUNT, HASH, v.pipe(v.array(LINK), v.maxLength(WIRE_LIMITS.chainMaxLinks))]),
    v.transform(([, count, hash, links]) => ({ head: headOf(count, hash), links })),
  ),
  ({ head, links }) => [...headOnWire(head), links],
);

/** `[1, [[index, bundle], …]]` */
export const BUNDLES = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([
      VERSION_1,
      v.pipe(
        v.array(
          v.pipe(
            v.strictTuple([COUNT, BUNDLE]),
            v.transform(([index, bundle]) => ({ index, bundle })),
          ),
        ),
        v.maxLength(WIRE_LIMITS.chainMaxLinks),
      ),
    ]),
    v.transform(([, bundles]) => bundles),
  ),
  (bundles) => [bundles.map(({ index, bundle }) => [index, bundle])],
);

/** `[1, [count, hash] of the chain, [[sequence, count, hash], …]]` */
export const HEADS = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([
      VERSION_1,
      v.strictTuple([COUNT, HASH]),
      v.pipe(v.array(v.strictTuple([SEQUENCE, COUNT, HASH])), v.maxLength(WIRE_LIMITS.sequencesMax)),
    ]),
    v.check(([, , sequences]) => new Set(sequences.map(([sequence]) => sequence)).size === sequences.length),
    v.transform(([, [count, hash], sequences]) => ({
      chain: headOf(count, hash),
      sequences: new Map(sequences.map(([sequence, length, hashOf]) => [sequence, headOf(length, hashOf)])),
    })),
  ),
  ({ chain, sequences }) => [
    headOnWire(chain),
    [...sequences].map(([sequence, head]): CborValue => [sequenceIdBytes(sequence), ...headOnWire(head)]),
  ],
);

/** `[1, count, hash, [entry, …]]`: the head that the entries go on from. */
export const ENTRY_APPEND = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([
      VERSION_1,
      COUNT,
      HASH,
      v.pipe(v.array(ENTRY), v.minLength(1), v.maxLength(WIRE_LIMITS.entriesPerAppendMax)),
    ]),
    v.transform(([, count, hash, entries]) => ({ expected: headOf(count, hash), entries })),
  ),
  ({ expected, entries }) => [...headOnWire(expected), entries],
);

/** `[1, count, hash, [entry, …]]`: the head of everything, and the part that was asked for. */
export const ENTRIES = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, COUNT, HASH, v.pipe(v.array(ENTRY), v.maxLength(WIRE_LIMITS.bodyMaxBytes))]),
    v.transform(([, count, hash, entries]) => ({ head: headOf(count, hash), entries })),
  ),
  ({ head, entries }) => [...headOnWire(head), entries],
);

/** `[1, close link]` */
export const CLOSE = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, LINK]),
    v.transform(([, link]) => link),
  ),
  (link) => [link],
);

/** The steps that follow a request to join (docs/protocol.md §7). */
export const STEPS = ['offer', 'confirm', 'answer', 'reject'] as const;
export type Step = (typeof STEPS)[number];

const STEP_LIST = v.pipe(
  v.array(v.strictTuple([v.picklist(STEPS), bytesUpTo(WIRE_LIMITS.stepMaxBytes)])),
  v.maxLength(STEPS.length),
  v.check((steps) => new Set(steps.map(([step]) => step)).size === steps.length),
  v.transform((steps): ReadonlyMap<Step, Uint8Array> => new Map(steps)),
);

const stepsOnWire = (steps: ReadonlyMap<Step, Uint8Array>): CborValue => [...steps];

/** `[1, [[step, bytes], …]]` */
export const REQUEST_STEPS = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([VERSION_1, STEP_LIST]),
    v.transform(([, steps]) => steps),
  ),
  (steps) => [stepsOnWire(steps)],
);

/** `[1, [[request, [[step, bytes], …]], …]]` */
export const REQUESTS = payload(
  bodyMaxBytes,
  v.pipe(
    v.strictTuple([
      VERSION_1,
      v.pipe(
        v.array(
          v.pipe(
            v.strictTuple([bytesUpTo(WIRE_LIMITS.requestMaxBytes), STEP_LIST]),
            v.transform(([request, steps]) => ({ request, steps })),
          ),
        ),
        v.maxLength(WIRE_LIMITS.pendingRequestsMax),
      ),
    ]),
    v.transform(([, requests]) => requests),
  ),
  (requests) => [requests.map(({ request, steps }): CborValue => [request, stepsOnWire(steps)])],
);

/** `[1, Ed25519 key, KEM key, statement]`: its id is the SHA-256 of these bytes. */
export const REQUEST = encoded(
  WIRE_LIMITS.requestMaxBytes,
  v.strictTuple([VERSION_1, bytesOf(32), bytesOf(1_216), bytesUpTo(WIRE_LIMITS.requestMaxBytes)]),
);

/** A statement by itself (docs/protocol.md §2). Who reads it verifies it. */
export const STATEMENT = encoded(
  WIRE_LIMITS.stepMaxBytes,
  v.strictObject({ tag: v.literal(18), value: v.pipe(v.array(v.unknown()), v.length(4)) }),
);

/** What a service says of itself. `api` is what the paths of the calls are put behind, without a slash at its end. */
export const WELL_KNOWN = json(
  smallBodyMaxBytes,
  v.pipe(
    v.strictObject({
      v: VERSION_1,
      service: v.pipe(v.string(), v.maxLength(64)),
      api: v.pipe(v.string(), v.maxLength(512), v.regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s/?#])?$/)),
    }),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const service = parseServiceIdText(value.service);
      if (service !== null) return { service, api: value.api };
      addIssue();
      return NEVER;
    }),
  ),
  ({ service, api }) => ({ v: 1, service: serviceIdText(service), api }),
);

/** What those who watch over a service ask. */
export const STATUS = json(
  smallBodyMaxBytes,
  v.strictObject({ status: v.picklist(['ok', 'unavailable']) }),
  ({ status }) => ({ status }),
);
