import { describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { emptyHeads } from '../identity/testing/account.ts';
import { keyIdOf, signingKeyFromSeed } from '../sealing/index.ts';
import { decodeApprovals, encodeApprovals } from './approvals-codec.ts';
import { withInvitation } from './approvals.ts';
import { answer, offer } from './approving.ts';
import { makeInvitation, parseInvitation } from './invitation.ts';
import { decodeJoinState, encodeJoinState } from './join-state-codec.ts';
import type { JoinState, Joined, Requested } from './join-state.ts';
import { onAnswer, onOffer } from './joining.ts';
import {
  adds,
  ADMIN_ROLES,
  after,
  as,
  asks,
  confirms,
  must,
  newWorld,
  NOON_SECONDS,
  received,
  shown,
  THIS_LAPTOP,
  types,
  withDevice,
  type World,
} from './testing/world.ts';

/** What the new device knows after a restart. */
function restarted(state: JoinState): JoinState {
  const bytes = encodeJoinState(state);
  const read = decodeJoinState(bytes);
  expect(encodeJoinState(read!).reveal()).toEqual(bytes.reveal());
  return read!;
}

/** What the admin device knows after a restart. */
function afterRestart(world: World): World {
  const bytes = encodeApprovals(world.approvals);
  const read = decodeApprovals(bytes);
  expect(encodeApprovals(read!).reveal()).toEqual(bytes.reveal());
  return { ...world, approvals: read! };
}

/** Everything behind the request, with a restart of both sides after each step. */
async function connects(
  world: World,
  asked: Requested,
  offers: (world: World) => ReturnType<typeof types>,
): Promise<{ world: World; joined: Joined }> {
  let admin = afterRestart(world);
  const offered = must(await offers(admin));
  admin = afterRestart(after(admin, offered));
  const message = as(offered.approval, 'offered').message;

  const step = await onOffer(restarted(asked), admin.profile, message, NOON_SECONDS + 60);
  const confirmed = as(restarted(step.state), 'confirmed');

  const { approvals, approval } = must(await confirms(admin, asked.requestId, confirmed.message));
  const approved = as(approval, 'approved');
  expect(approved.description).toEqual(THIS_LAPTOP);
  admin = afterRestart({ ...admin, approvals });

  admin = await adds(admin, approved);
  const heads = emptyHeads(admin.profile);
  const { requestId } = asked;
  const answered = must(
    await answer(admin.approvals, { requestId, profile: admin.profile, heads, admin: admin.admin }),
  );
  admin = afterRestart(after(admin, answered));

  const end = await onAnswer(confirmed, admin.profile, answered.approval.message);
  return { world: admin, joined: as(restarted(end.state), 'joined') };
}

describe('connecting a device', () => {
  it('ends with the device in the chain, and its knowledge of the heads of everything', async () => {
    const before = await newWorld();
    const asked = await asks(before);
    const request = await received(before, asked.message);
    expect(request).toMatchObject({ id: asked.requestId, created: NOON_SECONDS, invitation: null });
    expect(request.fingerprint).toMatch(/^M[A-Z2-7]{3}(-[A-Z2-7]{4}){6}$/);

    const { world, joined } = await connects(before, asked, (admin) => types(admin, request, shown(asked)));

    const { publicKey } = await signingKeyFromSeed(joined.device.signing);
    const added = world.profile.devices.get(keyIdOf(publicKey));
    expect(added).toMatchObject({ roles: ORDINARY_ROLES, removed: null });
    expect(joined.head).toEqual(world.profile.head);
    expect(joined.heads).toEqual(emptyHeads(world.profile));
    expect([...joined.epochs.keys()].sort()).toEqual([...world.profile.sequences.keys()].sort());
    for (const [id, { epoch, keyCheck }] of joined.epochs)
      expect(world.profile.sequences.get(id)?.epochs.at(-1)).toMatchObject({ epoch, keyCheck });
  });

  it('gives the rights that were chosen, the admin’s too', async () => {
    const before = await newWorld();
    const asked = await asks(before);
    const request = await received(before, asked.message);
    const { joined } = await connects(before, asked, (admin) => types(admin, request, shown(asked), ADMIN_ROLES));
    expect(joined.roles).toBe(ADMIN_ROLES);
  });

  it('goes on when the chain has grown since the request', async () => {
    const before = await newWorld();
    const asked = await asks(before);
    const { world: longer } = await withDevice(before, ORDINARY_ROLES);
    const request = await received(longer, asked.message);
    const { joined } = await connects(longer, asked, (admin) => types(admin, request, shown(asked)));
    expect(joined.head.count).toBe(longer.profile.head.count + 1);
  });

  it('works with an invitation in place of digits, once', async () => {
    const plain = await newWorld();
    const made = makeInvitation({
      account: plain.account,
      name: 'alice@mesh.example.org',
      roles: ORDINARY_ROLES,
      pin: null,
      nowSeconds: NOON_SECONDS,
    });
    const before = { ...plain, approvals: withInvitation(plain.approvals, made.invitation) };
    const asked = await asks(before, must(parseInvitation(made.link.reveal())));
    expect(asked.digits).toBeNull();
    const request = await received(before, asked.message);
    const { world, joined } = await connects(before, asked, (admin) =>
      offer(admin.approvals, {
        request,
        proof: { kind: 'invitation' },
        profile: admin.profile,
        admin: admin.admin,
        certificate: null,
        nowSeconds: NOON_SECONDS,
      }),
    );
    expect(joined.roles).toBe(ORDINARY_ROLES);
    expect(world.profile.invitations).toContain(made.invitation.id);
    expect(world.approvals.invitations.get(made.invitation.id)).toMatchObject({
      secret: null,
      usedBy: asked.requestId,
    });
  });
});
