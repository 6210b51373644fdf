import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES, ROLES, type Profile } from '../identity/index.ts';
import { decodeApprovals, encodeApprovals } from './approvals-codec.ts';
import { withInvitation, type Approvals } from './approvals.ts';
import { offer } from './approving.ts';
import { makeInvitation, parseInvitation } from './invitation.ts';
import type { Requested } from './join-state.ts';
import type { PendingRequest } from './request.ts';
import { UNCONFIRMED_OFFERS_MAX } from './limits.ts';
import { asks, must, newWorld, NOON_SECONDS, received, shown, types, type World } from './testing/world.ts';

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

interface Invited {
  readonly approvals: Approvals;
  readonly request: PendingRequest;
}

/** An invitation made at noon, and a request that was made with it. */
async function invites(of: World): Promise<Invited> {
  const { account } = of;
  const made = makeInvitation({ account, name: 'alice@x', roles: ORDINARY_ROLES, pin: null, nowSeconds: NOON_SECONDS });
  const { message } = await asks(of, must(parseInvitation(made.link.reveal())));
  return { approvals: withInvitation(of.approvals, made.invitation), request: await received(of, message) };
}

const accepts = (
  { approvals, request: to }: Invited,
  { profile = world.profile, nowSeconds = NOON_SECONDS }: { profile?: Profile; nowSeconds?: number } = {},
) =>
  offer(approvals, {
    request: to,
    proof: { kind: 'invitation' },
    profile,
    admin: world.admin,
    certificate: null,
    nowSeconds,
  });

const whyNot = async (...of: Parameters<typeof accepts>): Promise<unknown> => {
  const accepted = await accepts(...of);
  return accepted.ok ? 'offered' : accepted.error;
};

describe('an invitation', () => {
  it('is accepted also after five offers of digits: its secret is not to be guessed', async () => {
    const invited = await invites(world);
    let { approvals } = invited;
    for (let count = 0; count < UNCONFIRMED_OFFERS_MAX; count += 1) {
      const other = await asks(world);
      const step = await types({ ...world, approvals }, await received(world, other.message), shown(other));
      ({ approvals } = must(step));
    }
    expect(await refusedFor({}, approvals)).toBe('limit');
    expect(await whyNot({ ...invited, approvals })).toBe('offered');
  });

  it('counts among no offers of digits: whoever knows its link could use them up', async () => {
    let { approvals } = world;
    for (let count = 0; count < UNCONFIRMED_OFFERS_MAX; count += 1)
      ({ approvals } = must(await accepts(await invites({ ...world, approvals }))));
    expect(await refusedFor({}, approvals)).toBe('offered');
  });

  it('is accepted within ten minutes of this device’s clock [SEC-93]', async () => {
    const invited = await invites(world);
    expect(await whyNot(invited, { nowSeconds: NOON_SECONDS + 599 })).toBe('offered');
    expect(await whyNot(invited, { nowSeconds: NOON_SECONDS + 600 })).toBe('invitation-expired');
    expect(await whyNot(invited, { nowSeconds: NOON_SECONDS - 1 })).toBe('invitation-expired');
  });

  it('is accepted once [SEC-93]', async () => {
    const invited = await invites(world);
    const { approvals } = must(await accepts(invited));
    const { message } = await asks(world);
    const second = { ...(await received(world, message)), invitation: invited.request.invitation };
    expect(await whyNot({ approvals, request: second })).toBe('invitation-used');
    expect(await whyNot({ approvals: decodeApprovals(encodeApprovals(approvals))!, request: second })).toBe(
      'invitation-used',
    );
  });

  it('is not accepted where the chain says that it was used on another device [SEC-93]', async () => {
    const invited = await invites(world);
    const profile = { ...world.profile, invitations: new Set([invited.request.invitation!]) };
    expect(await whyNot(invited, { profile })).toBe('invitation-used');
  });

  it('is not accepted by a device that did not make it', async () => {
    const { request: to } = await invites(world);
    expect(await whyNot({ approvals: world.approvals, request: to })).toBe('invitation-unknown');
  });

  it('never gives the admin’s rights [SEC-93]', async () => {
    const { approvals, request: to } = await invites(world);
    const invitation = { ...approvals.invitations.get(to.invitation!)!, roles: ROLES.admin };
    expect(await whyNot({ approvals: withInvitation(approvals, invitation), request: to })).toBe('bad-roles');
  });

  it('is no answer to a request without one, and digits are none to a request with one', async () => {
    const { approvals, request: to } = await invites(world);
    expect(await whyNot({ approvals, request })).toBe('other-proof');
    expect(await refusedFor({ request: to }, approvals)).toBe('other-proof');
  });
});
