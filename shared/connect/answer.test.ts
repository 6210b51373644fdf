import { beforeAll, describe, expect, it } from 'vitest';
import { makeRotate, ORDINARY_ROLES, type Profile } from '../identity/index.ts';
import { emptyHeads } from '../identity/testing/account.ts';
import {
  encodeCbor,
  generateKemKey,
  generateSigningKey,
  hpkeSeal,
  kemHash,
  keyIdBytes,
  signStatement,
  type CborValue,
  type SigningKey,
} from '../sealing/index.ts';
import { makeAnswer, type Answer } from './answer.ts';
import type { Approved } from './approvals.ts';
import { answer } from './approving.ts';
import type { Confirmed } from './join-state.ts';
import { onAnswer } from './joining.ts';
import {
  adds,
  ADMIN_ROLES,
  approvedWorld,
  as,
  asks,
  must,
  newWorld,
  NOON_SECONDS,
  withDevice,
  without,
  type World,
} from './testing/world.ts';
import { CONTEXTS } from './wire.ts';

let before: World;
let world: World;
let confirmed: Confirmed;
let approved: Approved;
let good: Answer;

beforeAll(async () => {
  const through = await approvedWorld(await newWorld());
  ({ confirmed, approved, world: before } = through);
  world = await adds(before, approved);
  good = answerOf(world);
});

/** What an honest admin device states of this world. */
const answerOf = (of: World): Answer => ({
  head: of.profile.head,
  heads: emptyHeads(of.profile),
  epochs: new Map([...of.profile.sequences].map(([id, { epochs }]) => [id, epochs.at(-1)!])),
});

/** The content of an answer with heads of these sequences, as far as its form goes. */
const contentWith = (sequences: readonly number[]): CborValue => {
  const hash = new Uint8Array(32);
  return [1, 2, hash, sequences.map((number) => [new Uint8Array(16).fill(number), 0, hash]), []];
};

const made = (
  stated: Answer,
  {
    admin = world.admin,
    requestId = confirmed.requestId,
  }: { admin?: SigningKey; requestId?: Confirmed['requestId'] } = {},
): Promise<Uint8Array> =>
  makeAnswer({ account: world.account, requestId, admin, kemKey: approved.kemKey, answer: stated });

const gets = (bytes: Uint8Array, profile: Profile = world.profile) => onAnswer(confirmed, profile, bytes);

async function endOf(bytes: Uint8Array, profile: Profile = world.profile): Promise<unknown> {
  const ended = as((await gets(bytes, profile)).state, 'ended');
  expect(ended).not.toHaveProperty('device');
  return ended.why;
}

/** The chain as it would be if its link for the new device said something else. */
const withLink = (change: object): Profile => ({
  ...world.profile,
  devices: new Map(
    [...world.profile.devices].map(([id, device]) => [id, id === approved.device ? { ...device, ...change } : device]),
  ),
});

describe('an answer', () => {
  it('of the device that approved is taken, whatever order its lists were in', async () => {
    const heads = new Map([...good.heads].reverse());
    expect((await gets(await made({ ...good, heads }))).state).toMatchObject({ kind: 'joined', head: good.head });
  });

  it('is the same however often it is asked for', async () => {
    const of = { requestId: confirmed.requestId, profile: world.profile, heads: good.heads, admin: world.admin };
    const first = must(await answer(before.approvals, of));
    const second = must(await answer(first.approvals, of));
    expect(second.approval.message).toBe(first.approval.message);
  });

  it('waits for the chain that it states', async () => {
    const bytes = await made(good);
    expect(await gets(bytes, before.profile)).toEqual({ state: confirmed, note: 'needs-chain' });
    expect((await gets(bytes)).state.kind).toBe('joined');
  });

  it('is taken long after, when the chain has gone on', async () => {
    const { world: later } = await withDevice(world, ORDINARY_ROLES);
    expect((await gets(await made(good), later.profile)).state).toMatchObject({ kind: 'joined', head: good.head });
  });

  it('is taken with the epochs of its own time, when newer ones have begun since', async () => {
    const { profile, admin, epochKeys, kemKeys } = world;
    const [sequence] = profile.sequences.keys();
    const rotated = await makeRotate({
      profile,
      admin,
      sequences: [sequence!],
      heads: emptyHeads(profile),
      epochKeys,
      kemKeys: new Map([...kemKeys, [approved.device, approved.kemKey]]),
      nowSeconds: NOON_SECONDS,
    });
    const { state } = await gets(await made(good), rotated.profile);
    expect(as(state, 'joined').epochs.get(sequence!)?.epoch).toBe(1);
    const { epochs } = answerOf({ ...world, profile: rotated.profile });
    expect(await endOf(await made({ ...good, epochs }), rotated.profile)).toBe('false-answer');
  });

  it('is refused of S, of another admin, and of a device that is none [SEC-92]', async () => {
    expect(await endOf(await made(good, { admin: await generateSigningKey() }))).toBe('not-admin');
    const admin = await withDevice(world, ADMIN_ROLES);
    expect(await endOf(await made(good, { admin: admin.device }), admin.world.profile)).toBe('not-admin');
    const plain = await withDevice(world, ORDINARY_ROLES);
    expect(await endOf(await made(good, { admin: plain.device }), plain.world.profile)).toBe('not-admin');
  });

  it('is refused when it is sealed and not signed [SEC-92]', async () => {
    const { account, admin } = world;
    const info = CONTEXTS.sealedAnswer(account, confirmed.requestId, keyIdBytes(admin.id));
    const sealed = await hpkeSeal(approved.kemKey, info, new Uint8Array(), encodeCbor([1]));
    expect(await endOf(sealed)).toBe('malformed');
  });

  it('is refused when it was made for another request [SEC-92]', async () => {
    const { requestId } = await asks(world);
    expect(await endOf(await made(good, { requestId }))).toBe('malformed');
  });

  it('is refused when it is sealed for another request, and signed for this one', async () => {
    const { account, admin } = world;
    const { requestId } = await asks(world);
    const info = CONTEXTS.sealedAnswer(account, requestId, keyIdBytes(admin.id));
    const payload = await hpkeSeal(approved.kemKey, info, new Uint8Array(), encodeCbor([1]));
    const context = CONTEXTS.step('answer', account, confirmed.requestId);
    expect(await endOf(await signStatement({ type: 'answer', key: admin, context, payload }))).toBe('malformed');
  });

  it.each([
    ['of a newer version', [2], 'newer'],
    ['that is none', [1, 2, 3], 'malformed'],
    ['in order, with a head that is not the chain’s', contentWith([1, 2]), 'false-chain'],
    ['whose list is not in order', contentWith([2, 1]), 'malformed'],
    ['that names a sequence twice', contentWith([1, 1]), 'malformed'],
  ])('is refused with a content %s', async (_what, content, why) => {
    const { account, admin } = world;
    const { requestId } = confirmed;
    const info = CONTEXTS.sealedAnswer(account, requestId, keyIdBytes(admin.id));
    const payload = await hpkeSeal(approved.kemKey, info, new Uint8Array(), encodeCbor(content));
    const context = CONTEXTS.step('answer', account, requestId);
    expect(await endOf(await signStatement({ type: 'answer', key: admin, context, payload }))).toBe(why);
  });

  it('is refused when the chain is not the one of the offer [SEC-92]', async () => {
    const start = await newWorld();
    const [left, right] = [await withDevice(start, ORDINARY_ROLES), await withDevice(start, ORDINARY_ROLES)];
    const through = await approvedWorld(left.world);
    const real = await adds(through.world, through.approved);
    const bytes = await makeAnswer({
      account: start.account,
      requestId: through.confirmed.requestId,
      admin: start.admin,
      kemKey: through.approved.kemKey,
      answer: answerOf(real),
    });
    const { state } = await onAnswer(through.confirmed, right.world.profile, bytes);
    expect(as(state, 'ended').why).toBe('false-chain');
  });

  it('is refused when the device was removed again', async () => {
    expect(await endOf(await made(good), await without(world, approved.device))).toBe('removed');
  });

  it('is refused when its head is none of the chain, or does not lie behind the offer’s [SEC-92]', async () => {
    const { hash } = before.profile.head;
    expect(await endOf(await made({ ...good, head: { count: good.head.count, hash } }))).toBe('false-chain');
    expect(await endOf(await made({ ...good, head: before.profile.head }))).toBe('false-chain');
  });

  it('is refused when the link of the device lies behind its head, or is not there [SEC-92]', async () => {
    const early = await withDevice(before, ORDINARY_ROLES);
    expect(await endOf(await made(answerOf(early.world)), early.world.profile)).toBe('false-link');
    const late = await adds(early.world, approved);
    expect(await endOf(await made(answerOf(early.world)), late.profile)).toBe('false-link');
  });

  it('is refused when the link gives other roles than were accepted, or another key [SEC-92]', async () => {
    const bytes = await made(good);
    expect(await endOf(bytes, withLink({ roles: ADMIN_ROLES }))).toBe('false-link');
    expect(await endOf(bytes, withLink({ kem: kemHash((await generateKemKey()).publicKey) }))).toBe('false-link');
  });

  it('can not find other roles in a chain that verifies', async () => {
    await expect(adds(before, approved, ADMIN_ROLES)).rejects.toThrow('bad-reverse');
  });

  it('is refused without one of the sequences, or with another one [SEC-92]', async () => {
    const [first, ...others] = [...good.heads];
    expect(await endOf(await made({ ...good, heads: new Map(others) }))).toBe('false-answer');
    const strange = [...emptyHeads((await newWorld()).profile)][0]!;
    expect(await endOf(await made({ ...good, heads: new Map([strange, ...others]) }))).toBe('false-answer');
    expect(await endOf(await made({ ...good, heads: new Map([strange, ...good.heads]) }))).toBe('false-answer');
    const epochs = new Map([...good.epochs].filter(([id]) => id !== first![0]));
    expect(await endOf(await made({ ...good, epochs }))).toBe('false-answer');
  });

  it('is refused with another epoch or key check than the chain’s [SEC-92]', async () => {
    const [first, ...others] = [...good.epochs];
    const [id, stated] = first!;
    const changed = (change: object): Answer => {
      return { ...good, epochs: new Map([[id, { ...stated, ...change }], ...others]) };
    };
    expect(await endOf(await made(changed({ epoch: 2 })))).toBe('false-answer');
    expect(await endOf(await made(changed({ keyCheck: good.head.hash })))).toBe('false-answer');
  });
});
