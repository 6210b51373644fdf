import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { emptyHeads } from '../identity/testing/account.ts';
import { Redacted } from '../result/index.ts';
import { decodeCbor, encodeCbor, hash32Of, isCborArray, parseKeyId, utf8, type CborValue } from '../sealing/index.ts';
import { decodeApprovals, encodeApprovals } from './approvals-codec.ts';
import {
  APPROVAL_FAILURES,
  noApprovals,
  withApproval,
  withInvitation,
  type ApprovalEnded,
  type Approvals,
  type Approved,
} from './approvals.ts';
import { answer } from './approving.ts';
import { makeInvitation } from './invitation.ts';
import { decodeJoinState, encodeJoinState } from './join-state-codec.ts';
import { JOIN_FAILURES, type JoinState, type Requested } from './join-state.ts';
import { onAnswer, takeBack } from './joining.ts';
import { EXCHANGES_MAX, INVITATIONS_MAX } from './limits.ts';
import { REJECT_REASONS } from './reject.ts';
import {
  adds,
  approvedWorld,
  as,
  asks,
  must,
  newWorld,
  NOON_SECONDS,
  received,
  shown,
  types,
  type World,
} from './testing/world.ts';

let world: World;
let asked: Requested;
let approved: Approved;
/** A state of each kind, on the new device. */
let states: readonly JoinState[];
/** An approval of each kind and an invitation, on the admin device. */
let approvals: Approvals;

beforeAll(async () => {
  const through = await approvedWorld(await newWorld());
  ({ asked, approved } = through);
  world = await adds(through.world, approved);
  const of = {
    requestId: asked.requestId,
    profile: world.profile,
    heads: emptyHeads(world.profile),
    admin: world.admin,
  };
  const answered = must(await answer(world.approvals, of));
  const { state: joined } = await onAnswer(through.confirmed, world.profile, answered.approval.message);
  states = [asked, through.confirmed, as(joined, 'joined'), await takeBack(asked)];
  const other = await asks(world);
  const offered = must(
    await types({ ...world, approvals: answered.approvals }, await received(world, other.message), shown(other)),
  );
  const { invitation } = made();
  const more = [{ ...approved, requestId: idOf('approved') }, ended('rejected'), offered.approval];
  approvals = withInvitation(more.reduce(withApproval, offered.approvals), invitation);
});

const idOf = (text: string): ReturnType<typeof hash32Of> => hash32Of(utf8(text));

const made = () =>
  makeInvitation({
    account: world.account,
    name: 'alice@x',
    roles: ORDINARY_ROLES,
    pin: null,
    nowSeconds: NOON_SECONDS,
  });

const ended = (id: string, of: Partial<ApprovalEnded> = {}): ApprovalEnded => ({
  kind: 'ended',
  requestId: idOf(id),
  device: parseKeyId(new Uint8Array(32))!,
  at: NOON_SECONDS,
  invitation: null,
  why: { rejected: 'not-me' },
  unconfirmed: true,
  message: null,
  ...of,
});

/** Every way to put something of another kind in the place of one value in it. */
function* damaged(value: CborValue): Generator<CborValue> {
  yield new Map();
  if (!isCborArray(value)) return;
  yield [...value, 0];
  for (const [at, part] of value.entries())
    for (const other of damaged(part)) yield value.map((one, index) => (index === at ? other : one));
}

describe('what the new device remembers', () => {
  it('is the same after it was stored, at every step', () => {
    expect(states.map(({ kind }) => kind)).toEqual(['requested', 'confirmed', 'joined', 'ended']);
    for (const state of states) {
      const bytes = encodeJoinState(state);
      const read = decodeJoinState(bytes);
      expect(read).toEqual(state);
      expect(encodeJoinState(read!).reveal()).toEqual(bytes.reveal());
    }
  });

  it('is the same for every reason why it ended', () => {
    const state = as(states[3]!, 'ended');
    for (const why of [...JOIN_FAILURES, ...REJECT_REASONS.map((rejected) => ({ rejected }))])
      expect(decodeJoinState(encodeJoinState({ ...state, why }))).toEqual({ ...state, why });
  });

  it('is refused when anything in it is of another kind', () => {
    for (const state of states)
      for (const value of damaged(decodeCbor(encodeJoinState(state).reveal())))
        expect(decodeJoinState(new Redacted(encodeCbor(value)))).toBeNull();
  });

  it('shows no key and no digits when it is printed', () => {
    expect(JSON.stringify(asked.device)).toBe('{"signing":"<redacted>","kem":"<redacted>"}');
    expect(JSON.stringify([asked.exchange, asked.digits, encodeJoinState(asked)])).toBe(
      '["<redacted>","<redacted>","<redacted>"]',
    );
  });
});

describe('what the admin device remembers', () => {
  it('is the same after it was stored, of every kind', () => {
    const kinds = [...approvals.exchanges.values()].map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['offered', 'approved', 'answered', 'ended']));
    const bytes = encodeApprovals(approvals);
    const read = decodeApprovals(bytes);
    expect(read).toEqual(approvals);
    expect(encodeApprovals(read!).reveal()).toEqual(bytes.reveal());
  });

  it('is the same for every reason why something ended', () => {
    const reasons = [
      ...APPROVAL_FAILURES,
      ...REJECT_REASONS.flatMap((reason) => [{ rejected: reason }, { refused: reason }]),
    ];
    for (const why of reasons) {
      const stored = withApproval(noApprovals(world.account), ended('one', { why }));
      expect(decodeApprovals(encodeApprovals(stored))).toEqual(stored);
    }
  });

  it('is refused when anything in it is of another kind', () => {
    for (const value of damaged(decodeCbor(encodeApprovals(approvals).reveal())))
      expect(decodeApprovals(new Redacted(encodeCbor(value)))).toBeNull();
  });

  it('has bounds: the oldest that is over is forgotten, and never one that is not', () => {
    const many = Array.from({ length: EXCHANGES_MAX - 1 }, (_, index) => ended(String(index)));
    const stored = new Map([approved, ...many].map((one) => [one.requestId, one]));
    const full: Approvals = { ...approvals, exchanges: stored };
    const { exchanges } = withApproval(full, ended('another'));
    expect(exchanges.size).toBe(EXCHANGES_MAX);
    expect(exchanges.get(approved.requestId)).toBe(approved);
    expect(exchanges.has(idOf('0'))).toBe(false);
    expect(exchanges.has(idOf('another'))).toBe(true);
  });

  it('has bounds on invitations too', () => {
    let all = noApprovals(world.account);
    const first = made().invitation;
    all = withInvitation(all, first);
    for (let count = 0; count < INVITATIONS_MAX; count += 1) all = withInvitation(all, made().invitation);
    expect(all.invitations.size).toBe(INVITATIONS_MAX);
    expect(all.invitations.has(first.id)).toBe(false);
  });
});
