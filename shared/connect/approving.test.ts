import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { generateSigningKey, kemKeyFromSeed, signingKeyFromSeed } from '../sealing/index.ts';
import { decodeApprovals, encodeApprovals } from './approvals-codec.ts';
import { noApprovals, unconfirmedOffers, type Approvals } from './approvals.ts';
import { offer, onDeviceReject, reject, type Proof } from './approving.ts';
import type { Requested } from './join-state.ts';
import { onOffer, takeBack } from './joining.ts';
import { makeRequest, type PendingRequest } from './request.ts';
import { Redacted } from '../result/index.ts';
import {
  adds,
  ADMIN_ROLES,
  approvedWorld,
  as,
  asks,
  closed,
  must,
  newWorld,
  NOON_SECONDS,
  otherThan,
  received,
  SERVICE_ID,
  shown,
  types,
  withDevice,
  without,
  type World,
} from './testing/world.ts';

const DAY_SECONDS = 86_400;

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

describe('what a person typed', () => {
  it('is offered once: again, and after a restart, it is the same offer, whatever was typed then [SEC-91]', async () => {
    const first = must(await offers());
    const again = decodeApprovals(encodeApprovals(first.approvals));
    const proof: Proof = { kind: 'digits', digits: otherThan(shown(asked)), roles: ADMIN_ROLES };
    const second = must(await offers({ proof, nowSeconds: NOON_SECONDS + 5 }, again!));
    expect(as(second.approval, 'offered').message).toEqual(as(first.approval, 'offered').message);
    expect(second.approvals).toBe(again);
  });

  it('is offered by an active admin device only', async () => {
    const plain = await withDevice(world, ORDINARY_ROLES);
    expect(await refusedFor({ profile: plain.world.profile, admin: plain.device })).toBe('not-admin');
    const admin = await withDevice(world, ADMIN_ROLES);
    const profile = await without(admin.world, admin.device.id);
    expect(await refusedFor({ profile, admin: admin.device })).toBe('not-admin');
    expect(await refusedFor({ admin: await generateSigningKey() })).toBe('not-admin');
  });

  it('is not offered at an account that was closed', async () => {
    expect(await refusedFor({ profile: await closed(world) })).toBe('closed');
  });

  it('is not offered to a device that knows a longer chain, or another one', async () => {
    const left = await withDevice(world, ORDINARY_ROLES);
    const right = await withDevice(world, ORDINARY_ROLES);
    const ahead = await received(left.world, (await asks(left.world)).message);
    expect(await refusedFor({ request: ahead })).toBe('needs-chain');
    expect(await refusedFor({ request: ahead, profile: right.world.profile })).toBe('false-chain');
  });

  it.each([0, 8, ADMIN_ROLES | 32])('is not offered with the roles %i', async (roles) => {
    expect(await refusedFor({ proof: { kind: 'digits', digits: shown(asked), roles } })).toBe('bad-roles');
  });

  it('is not offered to a share that is none', async () => {
    expect(await refusedFor({ request: { ...request, share: new Uint8Array(32) } })).toBe('bad-share');
  });

  it('is not offered to a device that is in the account', async () => {
    const through = await approvedWorld(world);
    const added = await adds(through.world, through.approved);
    const again = await received(world, through.asked.message);
    expect(await refusedFor({ request: again, profile: added.profile })).toBe('known-device');
  });

  it('is not taken for another account’s request at all', async () => {
    const other = await newWorld();
    await expect(offers({ profile: other.profile })).rejects.toThrow(TypeError);
    await expect(offers({}, noApprovals(other.account))).rejects.toThrow(TypeError);
  });
});

describe('five offers a day', () => {
  /** An admin device that has made so many offers, a second apart from noon on, which nobody confirmed. */
  async function unconfirmed(count: number): Promise<World> {
    let admin = world;
    for (let second = 0; second < count; second += 1) {
      const other = await asks(admin);
      const to = await received(admin, other.message);
      const { approvals } = must(await types(admin, to, shown(other), ORDINARY_ROLES, NOON_SECONDS + second));
      admin = { ...admin, approvals };
    }
    return admin;
  }

  it('may stay without a confirmation, the sixth is not made [SEC-91]', async () => {
    const { approvals } = await unconfirmed(5);
    expect(unconfirmedOffers(approvals, NOON_SECONDS + 60)).toBe(5);
    expect(await refusedFor({ nowSeconds: NOON_SECONDS + 60 }, approvals)).toBe('limit');
    const again = decodeApprovals(encodeApprovals(approvals));
    expect(await refusedFor({ nowSeconds: NOON_SECONDS + DAY_SECONDS - 1 }, again!)).toBe('limit');
  });

  it('are counted until a day has passed, also by a clock that was put back [SEC-91]', async () => {
    const { approvals } = await unconfirmed(5);
    expect(await refusedFor({ nowSeconds: NOON_SECONDS - DAY_SECONDS }, approvals)).toBe('limit');
    expect(await refusedFor({ nowSeconds: NOON_SECONDS + DAY_SECONDS }, approvals)).toBe('offered');
  });

  it('are counted also when the new device, or the person, has said no [SEC-91]', async () => {
    const { approvals: four } = await unconfirmed(4);
    const { approvals: five } = must(await offers({}, four));
    const taken = as(await takeBack(asked), 'ended').message!;
    const saidNo = (await onDeviceReject(five, { request, reject: taken, nowSeconds: NOON_SECONDS }))!;
    expect(unconfirmedOffers(saidNo.approvals, NOON_SECONDS + 60)).toBe(5);
    const refused = await reject(five, { request, reason: 'taken-back', admin: world.admin, nowSeconds: NOON_SECONDS });
    expect(unconfirmedOffers(refused.approvals, NOON_SECONDS + 60)).toBe(5);
  });

  it('are not those that were confirmed, nor requests that were never offered', async () => {
    const { world: through } = await approvedWorld(world);
    expect(unconfirmedOffers(through.approvals, NOON_SECONDS)).toBe(0);
    const { approvals } = await reject(world.approvals, {
      request,
      reason: 'not-me',
      admin: world.admin,
      nowSeconds: NOON_SECONDS,
    });
    expect(unconfirmedOffers(approvals, NOON_SECONDS)).toBe(0);
  });
});

/** Another request of the same device's key. */
async function secondRequest(): Promise<PendingRequest> {
  const made = await makeRequest({
    account: world.account,
    serviceId: SERVICE_ID,
    signing: await signingKeyFromSeed(asked.device.signing),
    kem: await kemKeyFromSeed(asked.device.kem),
    head: world.profile.head,
    invitation: null,
    certificate: null,
    password: new Redacted(new Uint8Array(6)),
    nowSeconds: NOON_SECONDS,
  });
  return received(world, made.message);
}

describe('saying no', () => {
  const says = (approvals: Approvals, reason: 'not-me' | 'taken-back') =>
    reject(approvals, { request, reason, admin: world.admin, nowSeconds: NOON_SECONDS });

  it('ends a request, and blocks its key when it was not me, also after a restart', async () => {
    const said = await says(world.approvals, 'not-me');
    expect(await refusedFor({}, said.approvals)).toBe('ended');
    const again = decodeApprovals(encodeApprovals(said.approvals));
    const second = await secondRequest();
    expect(await refusedFor({ request: second }, again!)).toBe('blocked');
    const other = await received(world, (await asks(world)).message);
    expect(await refusedFor({ request: other }, again!)).toBe('offered');
    const kinder = await says(world.approvals, 'taken-back');
    expect(await refusedFor({ request: second }, kinder.approvals)).toBe('offered');
  });

  it('changes nothing once a device was approved', async () => {
    const { world: through, asked: other } = await approvedWorld(world);
    const to = await received(world, other.message);
    const of = { request: to, reason: 'not-me', admin: world.admin, nowSeconds: NOON_SECONDS } as const;
    expect((await reject(through.approvals, of)).approvals).toBe(through.approvals);
  });

  it('counts of the new device for its own request only', async () => {
    const message = as(await takeBack(asked), 'ended').message!;
    const other = await received(world, (await asks(world)).message);
    const of = { reject: message, nowSeconds: NOON_SECONDS };
    expect(await onDeviceReject(world.approvals, { ...of, request: other })).toBeNull();
    const said = await onDeviceReject(world.approvals, { ...of, request });
    expect(as(said!.approval, 'ended').why).toEqual({ rejected: 'taken-back' });
    expect(await onDeviceReject(said!.approvals, { ...of, request })).toBeNull();
  });

  it('of a new device that shows other digits tells so', async () => {
    const wrong = must(await types(world, request, otherThan(shown(asked))));
    const { message } = as(wrong.approval, 'offered');
    const { state } = await onOffer(asked, world.profile, message, NOON_SECONDS);
    const of = { request, reject: as(state, 'ended').message!, nowSeconds: NOON_SECONDS };
    const said = await onDeviceReject(wrong.approvals, of);
    expect(as(said!.approval, 'ended').why).toEqual({ rejected: 'wrong-digits' });
  });
});
