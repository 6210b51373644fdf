import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES, ROLES, type Profile } from '../identity/index.ts';
import { generateSigningKey, randomBytes, type SigningKey } from '../sealing/index.ts';
import { makeInvitation, parseInvitation } from './invitation.ts';
import type { JoinState, Requested } from './join-state.ts';
import { beginJoin, onOffer, onReject, onTimeout, takeBack } from './joining.ts';
import { makeReject, openReject } from './reject.ts';
import type { PendingRequest } from './request.ts';
import { forgedOffer } from './testing/forging.ts';
import {
  ADMIN_ROLES,
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
  THIS_LAPTOP,
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

const offersTo = async (
  to: PendingRequest,
  digits: Parameters<typeof types>[2],
  admin: World = world,
): Promise<Uint8Array> => as(must(await types(admin, to, digits)).approval, 'offered').message;

const gets = (state: JoinState, offer: Uint8Array, profile: Profile = world.profile) =>
  onOffer(state, profile, offer, NOON_SECONDS + 1);

/** Why it ended, with its keys gone. */
async function endOf(offer: Uint8Array, profile: Profile = world.profile): Promise<unknown> {
  const { state } = await gets(asked, offer, profile);
  const ended = as(state, 'ended');
  expect(ended).not.toHaveProperty('device');
  return ended.why;
}

const forged = (of: Partial<Parameters<typeof forgedOffer>[0]>): Promise<Uint8Array> =>
  forgedOffer({
    request,
    digits: shown(asked),
    signer: world.admin,
    roles: ORDINARY_ROLES,
    head: world.profile.head,
    ...of,
  });

describe('asking to join', () => {
  const begin = (of: Partial<Parameters<typeof beginJoin>[0]>) =>
    beginJoin({
      account: world.account,
      serviceId: SERVICE_ID,
      profile: world.profile,
      description: THIS_LAPTOP,
      invitation: null,
      certificate: null,
      nowSeconds: NOON_SECONDS,
      ...of,
    });

  it('is done with keys and digits of its own each time', async () => {
    const again = await asks(world);
    expect(again.requestId).not.toBe(asked.requestId);
    expect((await received(world, again.message)).device).not.toBe(request.device);
  });

  it('sends neither the digits nor what the device calls itself', () => {
    const text = Array.from(asked.message, (byte) => String.fromCharCode(byte)).join('');
    expect(text).not.toContain(shown(asked).reveal());
    expect(text).not.toContain(THIS_LAPTOP.name);
  });

  it('is refused for the chain of another account', async () => {
    const { profile } = await newWorld();
    expect(await begin({ profile })).toEqual({ ok: false, error: 'other-account' });
  });

  it('is refused with an invitation into another account', async () => {
    const { account } = await newWorld();
    const { link } = makeInvitation({
      account,
      name: 'bob@x',
      roles: ORDINARY_ROLES,
      pin: null,
      nowSeconds: NOON_SECONDS,
    });
    const invitation = must(parseInvitation(link.reveal()));
    expect(await begin({ invitation })).toEqual({ ok: false, error: 'other-account' });
  });

  it('is refused at an account that was closed', async () => {
    expect(await begin({ profile: await closed(world) })).toEqual({ ok: false, error: 'closed' });
  });

  it.each(['', 'x'.repeat(201), 'a\u001b[2Jb', 'a\nb', 'a\u202eb', '\ud800'])(
    'is refused with the name %j',
    async (name) => {
      expect(await begin({ description: { name, platform: 'linux' } })).toEqual({
        ok: false,
        error: 'bad-description',
      });
    },
  );
});

describe('an offer', () => {
  it('is refused when S shows an account of its own and guesses the digits [SEC-90]', async () => {
    const evil = await newWorld();
    const misled = await asks(evil);
    const offer = await offersTo(await received(evil, misled.message), otherThan(shown(misled)), evil);
    const { state } = await gets(misled, offer, evil.profile);
    expect(as(state, 'ended').why).toBe('wrong-digits');
  });

  it('is refused when nobody of the account has signed it, also not in the chain fetched for it [SEC-90]', async () => {
    const offer = await forged({ signer: await generateSigningKey() });
    const first = await gets(asked, offer);
    expect(first.note).toBe('needs-chain');
    const second = await gets(first.state, offer);
    expect(as(second.state, 'ended').why).toBe('not-admin');
  });

  it('is taken of an admin device that was added since the request', async () => {
    const { world: longer, device } = await withDevice(world, ADMIN_ROLES);
    const offer = await forged({ signer: device, head: longer.profile.head });
    const first = await gets(asked, offer);
    expect(first.note).toBe('needs-chain');
    const second = await gets(first.state, offer, longer.profile);
    expect(second.state.kind).toBe('confirmed');
  });

  it('is refused with wrong digits, and the other side is told so [SEC-90]', async () => {
    const offer = await offersTo(request, otherThan(shown(asked)));
    const ended = as((await gets(asked, offer)).state, 'ended');
    expect(ended.why).toBe('wrong-digits');
    const keyOf = (): Uint8Array => request.publicKey;
    const { account, id: requestId } = request;
    expect(await openReject(ended.message!, { account, requestId, keyOf })).toBe('wrong-digits');
  });

  it('is refused when the digits were typed for another request [SEC-90]', async () => {
    const other = await asks(world);
    const offer = await offersTo(await received(world, other.message), shown(asked));
    expect(as((await gets(other, offer)).state, 'ended').why).toBe('wrong-digits');
    expect(await endOf(offer)).toBe('malformed');
  });

  it('counts once: another one is not looked at, before and after the first was taken [SEC-91]', async () => {
    const { world: longer, device } = await withDevice(world, ADMIN_ROLES);
    const first = await forged({ signer: device, head: longer.profile.head });
    const second = await offersTo(request, shown(asked));
    const waiting = await gets(asked, first);
    expect(await gets(waiting.state, second)).toEqual({ state: waiting.state, note: 'ignored' });
    const taken = await gets(waiting.state, first, longer.profile);
    expect(await gets(taken.state, second)).toEqual({ state: taken.state, note: 'ignored' });
    const ended = await gets(asked, await offersTo(request, otherThan(shown(asked))));
    expect(await gets(ended.state, second)).toEqual({ state: ended.state, note: 'ignored' });
  });

  it('is refused when it was made for another request', async () => {
    const other = await asks(world);
    const replayed = await offersTo(await received(world, other.message), shown(other));
    expect(await endOf(replayed)).toBe('malformed');
  });

  it('is refused of a device that may not approve', async () => {
    const { world: longer, device } = await withDevice(world, ORDINARY_ROLES);
    const offer = await forged({ signer: device, head: longer.profile.head });
    expect(await endOf(offer, longer.profile)).toBe('not-admin');
  });

  it('is refused of an admin device that was removed', async () => {
    const { world: longer, device } = await withDevice(world, ADMIN_ROLES);
    const state = await asks(longer);
    const to = await received(longer, state.message);
    const removed = await without(longer, device.id);
    const offer = await forgedOffer({
      request: to,
      digits: shown(state),
      signer: device,
      roles: ORDINARY_ROLES,
      head: longer.profile.head,
    });
    expect(as((await gets(state, offer, removed)).state, 'ended').why).toBe('not-admin');
  });

  it('is refused of an admin device that the head it states does not know yet', async () => {
    const { world: longer, device } = await withDevice(world, ADMIN_ROLES);
    const offer = await forged({ signer: device, head: world.profile.head });
    expect(await endOf(offer, longer.profile)).toBe('not-admin');
  });

  it('is refused when its head lies before the one in the request [SEC-90]', async () => {
    const { world: longer } = await withDevice(world, ORDINARY_ROLES);
    const state = await asks(longer);
    const to = await received(longer, state.message);
    const offer = await forged({ request: to, digits: shown(state) });
    expect(as((await gets(state, offer, longer.profile)).state, 'ended').why).toBe('false-chain');
  });

  it('is refused when its head is none of the chain [SEC-90]', async () => {
    const { hash } = (await newWorld()).profile.head;
    expect(await endOf(await forged({ head: { count: 1, hash } }))).toBe('false-chain');
  });

  it('is refused when the chain shown now is not the one shown before the request', async () => {
    const { world: left } = await withDevice(world, ORDINARY_ROLES);
    const { world: right } = await withDevice(world, ORDINARY_ROLES);
    const state = await asks(left);
    const to = await received(left, state.message);
    const offer = await forged({ request: to, digits: shown(state), head: right.profile.head });
    expect(as((await gets(state, offer, right.profile)).state, 'ended').why).toBe('false-chain');
  });

  it('waits for the chain that it states', async () => {
    const { world: longer } = await withDevice(world, ORDINARY_ROLES);
    const offer = await forged({ head: longer.profile.head });
    const first = await gets(asked, offer);
    expect(first.note).toBe('needs-chain');
    expect((await gets(first.state, offer, longer.profile)).state.kind).toBe('confirmed');
  });

  it.each([0, 8, ORDINARY_ROLES | 16])('is refused with the roles %i', async (roles) => {
    expect(await endOf(await forged({ roles }))).toBe('bad-roles');
  });

  it('is refused when its roles, its head or its signer are not those of the proof', async () => {
    expect(await endOf(await forged({ sentRoles: ADMIN_ROLES }))).toBe('wrong-digits');
    const { world: longer, device } = await withDevice(world, ADMIN_ROLES);
    const { head } = longer.profile;
    expect(await endOf(await forged({ sentHead: head }), longer.profile)).toBe('wrong-digits');
    expect(await endOf(await forged({ head, sentBy: device }), longer.profile)).toBe('wrong-digits');
  });

  it('is refused when it gives the admin’s rights by invitation [SEC-93]', async () => {
    const offer = await forged({ roles: ROLES.admin });
    const { state } = await gets({ ...asked, digits: null, invited: true }, offer);
    expect(as(state, 'ended').why).toBe('bad-roles');
  });

  it('is refused at an account that was closed since', async () => {
    const offer = await offersTo(request, shown(asked));
    expect(await endOf(offer, await closed(world))).toBe('closed');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['noise', randomBytes(200)],
  ])('is refused when it is %s', async (_what, bytes) => {
    expect(await endOf(bytes)).toBe('malformed');
  });

  it('is not taken of another account’s chain at all', async () => {
    const other = await newWorld();
    const offer = await offersTo(request, shown(asked));
    await expect(gets(asked, offer, other.profile)).rejects.toThrow(TypeError);
  });
});

describe('the hour of a request', () => {
  it('ends it, and its offer comes too late [SEC-91]', async () => {
    expect(await onTimeout(asked, NOON_SECONDS + 3_599)).toBe(asked);
    expect(as(await onTimeout(asked, NOON_SECONDS + 3_600), 'ended').why).toBe('too-late');
    const offer = await offersTo(request, shown(asked));
    const late = await onOffer(asked, world.profile, offer, NOON_SECONDS + 3_600);
    expect(as(late.state, 'ended').why).toBe('too-late');
  });

  it('does not end what is confirmed: the device may be in the account by now', async () => {
    const { state } = await gets(asked, await offersTo(request, shown(asked)));
    expect(await onTimeout(state, NOON_SECONDS + 1_000_000)).toBe(as(state, 'confirmed'));
  });
});

describe('a no', () => {
  const says = (key: SigningKey, requestId = asked.requestId) =>
    makeReject({ account: world.account, requestId, key, reason: 'not-me' });

  it('of an admin device ends it', async () => {
    const { state } = await onReject(asked, world.profile, await says(world.admin));
    expect(as(state, 'ended')).toMatchObject({ why: { rejected: 'not-me' }, message: null });
  });

  it('of anybody else does nothing', async () => {
    const { world: longer, device } = await withDevice(world, ORDINARY_ROLES);
    const step = await onReject(asked, longer.profile, await says(device));
    expect(step).toEqual({ state: asked, note: 'ignored' });
    expect((await onReject(asked, world.profile, await says(await generateSigningKey()))).note).toBe('ignored');
  });

  it('to another request does nothing', async () => {
    const other = await asks(world);
    expect((await onReject(asked, world.profile, await says(world.admin, other.requestId))).note).toBe('ignored');
  });

  it('does nothing once it is over', async () => {
    const ended = await takeBack(asked);
    expect((await onReject(ended, world.profile, await says(world.admin))).state).toBe(ended);
  });

  it('of the person here is told to the other side', async () => {
    const ended = as(await takeBack(asked), 'ended');
    const { account, id: requestId, publicKey } = request;
    expect(ended.why).toBe('taken-back');
    expect(await openReject(ended.message!, { account, requestId, keyOf: () => publicKey })).toBe('taken-back');
  });
});
