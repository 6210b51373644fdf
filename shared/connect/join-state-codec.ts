import * as v from 'valibot';
import { Redacted } from '../result/index.ts';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  keyIdBytes,
  parseAccountId,
  sequenceIdBytes,
  type CborValue,
} from '../sealing/index.ts';
import { description } from './description.ts';
import { JOIN_FAILURES, type JoinFailure, type JoinState } from './join-state.ts';
import { SEQUENCES_MAX } from './limits.ts';
import { REJECT_REASONS } from './reject.ts';
import {
  count,
  hash32,
  head,
  headFields,
  parsedBy,
  keyId,
  message,
  secretOf,
  sequenceId,
  version,
  VERSION,
} from './wire.ts';

const KIND = Object.freeze({ requested: 0, confirmed: 1, joined: 2, ended: 3 } as const);

const SEED_BYTES = 32;
const SCALAR_BYTES = 32;
const DIGITS = /^[0-9]{6}$/;

/** What a device that wants to join has to remember, for a sealed file: keys and digits are in it. */
export function encodeJoinState(state: JoinState): Redacted<Uint8Array> {
  const { account, requestId, created } = state;
  const joining = [accountIdBytes(account), hash32Bytes(requestId), created];
  return new Redacted(encodeCbor([VERSION, KIND[state.kind], joining, fieldsOf(state)]));
}

function fieldsOf(state: JoinState): CborValue {
  if (state.kind === 'ended') return [failureText(state.why), state.message];
  const seeds = [state.device.signing.reveal(), state.device.kem.reveal()];
  switch (state.kind) {
    case 'requested':
      return [
        seeds,
        state.message,
        state.digits?.reveal() ?? null,
        state.invited,
        state.exchange.reveal(),
        headFields(state.head),
        [state.description.name, state.description.platform],
        state.offer === null ? null : hash32Bytes(state.offer),
      ];
    case 'confirmed':
      return [
        seeds,
        state.message,
        hash32Bytes(state.offer),
        keyIdBytes(state.admin),
        state.roles,
        headFields(state.head),
      ];
    case 'joined':
      return [
        seeds,
        keyIdBytes(state.admin),
        state.roles,
        headFields(state.head),
        [...state.heads].map(([id, at]) => [sequenceIdBytes(id), headFields(at)]),
        [...state.epochs].map(([id, { epoch, keyCheck }]) => [sequenceIdBytes(id), epoch, hash32Bytes(keyCheck)]),
      ];
  }
}

const REJECTED = 'rejected:';

const failureText = (why: JoinFailure): string => (typeof why === 'string' ? why : REJECTED + why.rejected);

const FAILURES: ReadonlyMap<string, JoinFailure> = new Map<string, JoinFailure>([
  ...JOIN_FAILURES.map((why) => [why, why] as const),
  ...REJECT_REASONS.map((rejected) => [REJECTED + rejected, { rejected }] as const),
]);

const failure = parsedBy((value) => (typeof value === 'string' ? (FAILURES.get(value) ?? null) : null));

const device = v.pipe(
  v.strictTuple([secretOf(SEED_BYTES), secretOf(SEED_BYTES)]),
  v.transform(([signing, kem]) => ({ signing, kem })),
);

const joining = v.pipe(
  v.strictTuple([parsedBy(parseAccountId), hash32, count]),
  v.transform(([account, requestId, created]) => ({ account, requestId, created })),
);

const digits = v.pipe(
  v.string(),
  v.regex(DIGITS),
  v.transform((text) => new Redacted(text)),
);

const perSequence = <T>(fields: v.GenericSchema<unknown, T>) => v.pipe(v.array(fields), v.maxLength(SEQUENCES_MAX));

const requested = v.pipe(
  v.strictTuple([
    device,
    message,
    v.nullable(digits),
    v.boolean(),
    secretOf(SCALAR_BYTES),
    head,
    description,
    v.nullable(hash32),
  ]),
  v.transform(([seeds, posted, shown, invited, exchange, at, said, offer]) => ({
    kind: 'requested' as const,
    device: seeds,
    message: posted,
    digits: shown,
    invited,
    exchange,
    head: at,
    description: said,
    offer,
  })),
);

const confirmed = v.pipe(
  v.strictTuple([device, message, hash32, keyId, count, head]),
  v.transform(([seeds, posted, offer, admin, roles, at]) => ({
    kind: 'confirmed' as const,
    device: seeds,
    message: posted,
    offer,
    admin,
    roles,
    head: at,
  })),
);

const joined = v.pipe(
  v.strictTuple([
    device,
    keyId,
    count,
    head,
    perSequence(v.strictTuple([sequenceId, head])),
    perSequence(v.strictTuple([sequenceId, count, hash32])),
  ]),
  v.transform(([seeds, admin, roles, at, heads, epochs]) => ({
    kind: 'joined' as const,
    device: seeds,
    admin,
    roles,
    head: at,
    heads: new Map(heads),
    epochs: new Map(epochs.map(([id, epoch, keyCheck]) => [id, { epoch, keyCheck }])),
  })),
);

const ended = v.pipe(
  v.strictTuple([failure, v.nullable(message)]),
  v.transform(([why, posted]) => ({ kind: 'ended' as const, why, message: posted })),
);

const stored = v.strictTuple([version, v.picklist(Object.values(KIND)), joining, v.unknown()]);

const STATES = Object.freeze({
  [KIND.requested]: requested,
  [KIND.confirmed]: confirmed,
  [KIND.joined]: joined,
  [KIND.ended]: ended,
});

/** What `encodeJoinState` wrote; null for anything else. */
export function decodeJoinState(bytes: Redacted<Uint8Array>): JoinState | null {
  const outer = v.safeParse(stored, decodeCbor(bytes.reveal()));
  if (!outer.success) return null;
  const [, kind, same, fields] = outer.output;
  const state = v.safeParse(STATES[kind], fields);
  return state.success ? { ...same, ...state.output } : null;
}
