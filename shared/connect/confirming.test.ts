import { beforeAll, describe, expect, it } from 'vitest';
import { firstSequenceHead, makeReverse, ORDINARY_ROLES, type Profile } from '../identity/index.ts';
import { emptyHeads } from '../identity/testing/account.ts';
import { generateSigningKey, signingKeyFromSeed, type SigningKey } from '../sealing/index.ts';
import type { Approvals, Offered } from './approvals.ts';
import { answer, offer, onConfirm, onDeviceReject } from './approving.ts';
import type { Requested } from './join-state.ts';
import { onOffer, takeBack } from './joining.ts';
import type { PendingRequest } from './request.ts';
import { forgedConfirm } from './testing/forging.ts';
import {
  adds,
  ADMIN_ROLES,
  after,
  approvedWorld,
  as,
  asks,
  confirms,
  must,
  newWorld,
  NOON_SECONDS,
  otherThan,
  received,
  shown,
  types,
  withDevice,
  without,
  type World,
} from './testing/world.ts';

let world: World;
let asked: Requested;
let request: PendingRequest;

beforeAll(async () => {
  world = await newWorld();
  asked = await asks(world);
  request = await received(world, asked.message);
});

const offers = (
  of: Partial<Parameters<typeof offer>[1]> = {},
  approvals: Approvals = world.approvals,
): ReturnType<typeof offer> =>
  offer(approvals, {
    request,
    proof: { kind: 'digits', digits: shown(asked), roles: ORDINARY_ROLES },
    profile: world.profile,
    admin: world.admin,
    certificate: null,
    nowSeconds: NOON_SECONDS,
    ...of,
  });

const refusedFor = async (of: Partial<Parameters<typeof offer>[1]>, approvals?: Approvals): Promise<unknown> => {
  const offered = await offers(of, approvals);
  return offered.ok ? 'offered' : offered.error;
};

describe('a confirmation', () => {
  let offering: World;
  let offered: Offered;

  beforeAll(async () => {
    const step = must(await types(world, request, shown(asked)));
    offering = after(world, step);
    offered = as(step.approval, 'offered');
  });

  const forged = (
    of: Partial<Parameters<typeof forgedConfirm>[0]>,
    instead: Parameters<typeof forgedConfirm>[1] = {},
  ): Promise<Uint8Array> => forgedConfirm({ state: asked, request, offered, head: world.profile.head, ...of }, instead);

  async function endOf(confirm: Uint8Array): Promise<unknown> {
    const { approvals, approval } = must(await confirms(offering, request.id, confirm));
    const end = as(approval, 'ended');
    expect(end).not.toHaveProperty('sharedKey');
    expect(end.unconfirmed).toBe(true);
    expect(await refusedFor({}, approvals)).toBe('ended');
    return end.why;
  }

  it('with everything right is approved, and so for good', async () => {
    const step = must(await confirms(offering, request.id, await forged({})));
    expect(step.approval.kind).toBe('approved');
    const again = must(await confirms(after(offering, step), request.id, new Uint8Array()));
    expect(again.approval).toBe(step.approval);
  });

  it('is refused without the proof [SEC-90]', async () => {
    expect(await endOf(await forged({}, { mac: new Uint8Array(64) }))).toBe('wrong-digits');
    const wrong = must(await types(world, request, otherThan(shown(asked))));
    expect(await endOf(await forged({ offered: as(wrong.approval, 'offered') }))).toBe('wrong-digits');
  });

  it('is refused with the admin device’s own proof come back [SEC-90]', async () => {
    const { state } = await onOffer(asked, world.profile, offered.message, NOON_SECONDS);
    expect(state.kind).toBe('confirmed');
    const { offerMac } = await macsOf(offered);
    expect(await endOf(await forged({}, { mac: offerMac }))).toBe('wrong-digits');
  });

  it('is refused when it is of another device, or for another request [SEC-90]', async () => {
    expect(await endOf(await forged({ signer: await generateSigningKey() }))).toBe('malformed');
    const other = await asks(world);
    const otherRequest = await received(world, other.message);
    const replayed = await forged({ state: other, request: otherRequest });
    expect(await endOf(replayed)).toBe('malformed');
    expect(await endOf(await forged({ request: { ...request, id: otherRequest.id } }))).toBe('malformed');
  });

  it('is refused when the device accepts other roles, or for another account, or does not say so itself', async () => {
    expect(await endOf(await forged({ roles: ADMIN_ROLES }))).toBe('false-reverse');
    const key = await signingKeyFromSeed(asked.device.signing);
    const { head } = world.profile;
    const accepts = async (by: SigningKey, account = world.account): Promise<Uint8Array> =>
      forged({}, { reverse: await makeReverse(by, { account, roles: ORDINARY_ROLES, head }) });
    expect(await endOf(await accepts(await generateSigningKey()))).toBe('false-reverse');
    expect(await endOf(await accepts(key, (await newWorld()).account))).toBe('false-reverse');
  });

  it('is refused when the device was shown another chain', async () => {
    const { hash } = (await newWorld()).profile.head;
    expect(await endOf(await forged({ head: { count: 1, hash } }))).toBe('false-reverse');
  });

  it('waits for the chain that the device knows', async () => {
    const longer = await withDevice(world, ORDINARY_ROLES);
    const confirm = await forged({ head: longer.world.profile.head });
    expect(await confirms(offering, request.id, confirm)).toEqual({ ok: false, error: 'needs-chain' });
    const step = await confirms({ ...offering, profile: longer.world.profile }, request.id, confirm);
    expect(must(step).approval.kind).toBe('approved');
  });

  it('is refused when what the device says it is does not open', async () => {
    expect(await endOf(await forged({}, { description: new Uint8Array(300) }))).toBe('malformed');
  });

  it('to a request that was never offered is unknown', async () => {
    const of = { requestId: request.id, profile: world.profile, confirm: new Uint8Array(), admin: world.admin };
    expect(await onConfirm(world.approvals, of)).toEqual({ ok: false, error: 'unknown-request' });
  });
});

/** The proof of the offer, taken out of the offer. */
async function macsOf(offered: Offered): Promise<{ offerMac: Uint8Array }> {
  const { openOffer } = await import('./offer.ts');
  const { account } = world;
  const of = { account, requestId: offered.requestId, keyOf: () => world.admin.publicKey };
  return { offerMac: must(await openOffer(offered.message, of)).mac };
}

describe('answering', () => {
  it('is done only when the chain holds the device as it was agreed', async () => {
    const { world: through, approved } = await approvedWorld(world);
    const { requestId } = approved;
    const answers = (of: Partial<Parameters<typeof answer>[1]>) =>
      answer(through.approvals, {
        requestId,
        profile: added.profile,
        heads: emptyHeads(added.profile),
        admin: through.admin,
        ...of,
      });
    const added = await adds(through, approved);
    expect((await answers({})).ok).toBe(true);
    expect(await answers({ profile: through.profile })).toEqual({ ok: false, error: 'not-added' });
    const removed = await without(added, approved.device);
    expect(await answers({ profile: removed })).toEqual({ ok: false, error: 'not-added' });
    const requests = new Set<never>();
    expect(await answers({ profile: { ...added.profile, requests } })).toEqual({ ok: false, error: 'not-added' });
    const { devices } = added.profile;
    const withLink = (change: object): Profile => {
      const device = { ...devices.get(approved.device)!, ...change };
      return { ...added.profile, devices: new Map([...devices, [approved.device, device]]) };
    };
    expect(await answers({ profile: withLink({ roles: ADMIN_ROLES }) })).toEqual({ ok: false, error: 'not-added' });
    expect(await answers({ profile: withLink({ kem: requestId }) })).toEqual({ ok: false, error: 'not-added' });
    const heads = new Map([...emptyHeads(added.profile)].slice(1));
    expect(await answers({ heads })).toEqual({ ok: false, error: 'other-sequences' });
    const [strange] = (await newWorld()).profile.sequences.keys();
    const swapped = new Map([...heads, [strange!, firstSequenceHead(world.account, strange!)] as const]);
    expect(await answers({ heads: swapped })).toEqual({ ok: false, error: 'other-sequences' });
    const more = new Map([...swapped, ...emptyHeads(added.profile)]);
    expect(await answers({ heads: more })).toEqual({ ok: false, error: 'other-sequences' });
    expect(await answers({ admin: await generateSigningKey() })).toEqual({ ok: false, error: 'other-admin' });
    expect(await answers({ requestId: request.id })).toEqual({ ok: false, error: 'unknown-request' });
  });

  it('is done for good: the new device can not take back what was answered', async () => {
    const { world: through, approved, asked: other, confirmed } = await approvedWorld(world);
    const { profile } = await adds(through, approved);
    const { requestId } = approved;
    const of = { requestId, profile, heads: emptyHeads(profile), admin: through.admin };
    const answered = must(await answer(through.approvals, of));
    const to = { request: await received(world, other.message), nowSeconds: NOON_SECONDS };
    const taken = as(await takeBack(confirmed), 'ended').message!;
    expect(await onDeviceReject(answered.approvals, { ...to, reject: taken })).toBeNull();
    expect((await onDeviceReject(through.approvals, { ...to, reject: taken }))?.approval.kind).toBe('ended');
  });
});
