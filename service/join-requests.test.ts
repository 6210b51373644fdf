import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES } from '@endymail/shared/identity';
import {
  accountIdBytes,
  encodeCbor,
  generateSigningKey,
  hash32Bytes,
  hash32Of,
  signStatement,
  utf8,
  type Hash32,
  type SigningKey,
} from '@endymail/shared/sealing';
import type { Step } from '@endymail/shared/mesh-api';
import { addDevice, NOW, openWorld, requestBy, settle, type Person, type World } from './testing/world.ts';

const no = (code: string) => ({ ok: false, error: { kind: 'problem', problem: { code } } });
const done = { ok: true, value: null };

describe('requests to join at the service', () => {
  let world: World;
  let alice: Person;
  let joiner: SigningKey;
  let request: Hash32;
  let bytes: Uint8Array;
  const opened = async (options: Parameters<typeof openWorld>[0] = {}) => {
    world = await openWorld(options);
    alice = await settle(world, 'alice');
    joiner = await generateSigningKey();
    bytes = await requestBy(joiner, alice.account);
    request = hash32Of(bytes);
  };
  beforeEach(() => opened());
  afterEach(() => world.dispose());

  const said = (step: Step, key: SigningKey, text = 'said', of = request) =>
    signStatement({
      type: step,
      key,
      context: encodeCbor([`endymail/${step}`, 1, accountIdBytes(alice.account), hash32Bytes(of)]),
      payload: utf8(text),
    });
  const post = (body = bytes) => world.client(null).postRequest({ account: alice.account, body });
  const place = () => ({ account: alice.account, request });

  it('passes all that is said between the two, and lists it for an admin device', async () => {
    expect(await post()).toEqual({ ok: true, value: request });
    expect(await post()).toEqual({ ok: true, value: request });
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    const [offer, confirm, answer] = [
      await said('offer', alice.key),
      await said('confirm', joiner),
      await said('answer', alice.key),
    ];
    expect(await admin.postOffer({ ...place(), body: offer })).toEqual(done);
    expect(await admin.postOffer({ ...place(), body: offer })).toEqual(done);
    expect(await stranger.postConfirm({ ...place(), body: confirm })).toEqual(done);
    expect(await admin.postAnswer({ ...place(), body: answer })).toEqual(done);
    const steps = new Map([
      ['offer', offer],
      ['confirm', confirm],
      ['answer', answer],
    ]);
    expect(await stranger.readRequest(place())).toEqual({ ok: true, value: steps });
    expect(await admin.readRequests({ account: alice.account })).toEqual({
      ok: true,
      value: [{ request: bytes, steps }],
    });
  });

  it('[SEC-79] takes a request only with the signature of the key in it, for this account', async () => {
    const bob = await settle(world, 'bob');
    expect(await post(await requestBy(joiner, bob.account))).toMatchObject(no('statement-refused'));
    const other = await generateSigningKey();
    const stolen = encodeCbor([
      1,
      other.publicKey,
      new Uint8Array(1_216),
      await signStatement({
        type: 'request',
        key: joiner,
        context: encodeCbor(['endymail/request', 1, accountIdBytes(alice.account)]),
        payload: utf8('asks'),
      }),
    ]);
    expect(await post(stolen)).toMatchObject(no('statement-refused'));
    expect(await post(encodeCbor([2, 'later']))).toMatchObject(no('version-unknown'));
  });

  it('[SEC-79] takes a step only from who it is of', async () => {
    await post();
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    const mallory = await generateSigningKey();
    const device = await addDevice(world, alice, ROLES.mail);
    const ordinary = world.client(device.signing);
    expect(await stranger.postConfirm({ ...place(), body: await said('confirm', mallory) })).toMatchObject(
      no('statement-refused'),
    );
    expect(await stranger.postReject({ ...place(), body: await said('reject', mallory) })).toMatchObject(
      no('statement-refused'),
    );
    expect(await stranger.postReject({ ...place(), body: await said('reject', alice.key) })).toMatchObject(
      no('statement-refused'),
    );
    expect(await stranger.postOffer({ ...place(), body: await said('offer', alice.key) })).toMatchObject(
      no('signature-missing'),
    );
    expect(await ordinary.postOffer({ ...place(), body: await said('offer', device.signing) })).toMatchObject(
      no('role-missing'),
    );
    expect(await admin.postOffer({ ...place(), body: await said('offer', device.signing) })).toMatchObject(
      no('statement-refused'),
    );
    expect(await admin.postOffer({ ...place(), body: await said('answer', alice.key) })).toMatchObject(
      no('statement-refused'),
    );
    const elsewhere = await said('offer', alice.key, 'said', hash32Of(utf8('another request')));
    expect(await admin.postOffer({ ...place(), body: elsewhere })).toMatchObject(no('statement-refused'));
    expect(await stranger.readRequest(place())).toEqual({ ok: true, value: new Map() });
  });

  it('[SEC-79] keeps the first of each step, in their order', async () => {
    await post();
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    expect(await stranger.postConfirm({ ...place(), body: await said('confirm', joiner) })).toMatchObject(
      no('step-taken'),
    );
    expect(await admin.postAnswer({ ...place(), body: await said('answer', alice.key) })).toMatchObject(
      no('step-taken'),
    );
    expect(await admin.postOffer({ ...place(), body: await said('offer', alice.key, 'first') })).toEqual(done);
    expect(await admin.postOffer({ ...place(), body: await said('offer', alice.key, 'second') })).toMatchObject(
      no('step-taken'),
    );
  });

  it('ends with a rejection, by either of the two', async () => {
    await post();
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    expect(await stranger.postReject({ ...place(), body: await said('reject', joiner) })).toEqual(done);
    expect(await admin.postOffer({ ...place(), body: await said('offer', alice.key) })).toMatchObject(no('step-taken'));
    bytes = await requestBy(await generateSigningKey(), alice.account);
    request = hash32Of(bytes);
    await post();
    expect(await admin.postReject({ ...place(), body: await said('reject', alice.key) })).toEqual(done);
  });

  it('forgets a request some time after its hour', async () => {
    await post();
    world.nowSeconds = NOW + 3_600;
    expect((await world.client(null).readRequest(place())).ok).toBe(true);
    world.nowSeconds = NOW + 3_901;
    expect(await world.client(null).readRequest(place())).toMatchObject(no('request-unknown'));
  });

  it('lets one that was confirmed wait longer for its answer', async () => {
    await post();
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    await admin.postOffer({ ...place(), body: await said('offer', alice.key) });
    await stranger.postConfirm({ ...place(), body: await said('confirm', joiner) });
    world.nowSeconds = NOW + 86_400;
    expect(await admin.postAnswer({ ...place(), body: await said('answer', alice.key) })).toEqual(done);
    world.nowSeconds = NOW + 86_400 + 604_799;
    expect((await stranger.readRequest(place())).ok).toBe(true);
    world.nowSeconds = NOW + 86_400 + 604_800;
    expect(await stranger.readRequest(place())).toMatchObject(no('request-unknown'));
  });

  it('[SEC-76] lets only so many wait, and an address ask only so often', async () => {
    const ask = async () => post(await requestBy(await generateSigningKey(), alice.account));
    for (let count = 0; count < 6; count += 1) expect((await ask()).ok).toBe(true);
    expect(await ask()).toMatchObject(no('too-many'));
    await world.dispose();
    await opened({ limits: { addressJoinRequestsPerMinute: 100, accountMaxPendingRequests: 3 } });
    for (let count = 0; count < 3; count += 1) expect((await ask()).ok).toBe(true);
    expect(await ask()).toMatchObject(no('requests-full'));
    expect((await world.client(alice.key).readRequests({ account: alice.account })).ok).toBe(true);
  });

  it('[SEC-76] gives the place of a rejected request to the next, and of no other', async () => {
    await world.dispose();
    await opened({ limits: { addressJoinRequestsPerMinute: 100, accountMaxPendingRequests: 2 } });
    await post();
    const rejected = place();
    const next = async () => post(await requestBy(await generateSigningKey(), alice.account));
    expect((await next()).ok).toBe(true);
    expect(await next()).toMatchObject(no('requests-full'));
    const [stranger, admin] = [world.client(null), world.client(alice.key)];
    expect(await admin.postReject({ ...rejected, body: await said('reject', alice.key) })).toEqual(done);
    // Until somebody needs the place, the device is told.
    expect((await stranger.readRequest(rejected)).ok).toBe(true);
    expect((await next()).ok).toBe(true);
    expect(await stranger.readRequest(rejected)).toMatchObject(no('request-unknown'));
    expect(await next()).toMatchObject(no('requests-full'));
    expect(await admin.readRequests({ account: alice.account })).toMatchObject({ ok: true, value: { length: 2 } });
  });
});
