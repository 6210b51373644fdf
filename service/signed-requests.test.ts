import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESH_API, parseServiceId, targetOf, type ServiceId } from '@endymail/shared/mesh-api';
import { firstSequenceHead } from '@endymail/shared/identity';
import { utf8 } from '@endymail/shared/sealing';
import {
  entriesOf,
  newDevice,
  NOW,
  openWorld,
  sequenceOf,
  settle,
  type Person,
  type RawRequest,
  type World,
} from './testing/world.ts';

const OTHER_SERVICE = ((): ServiceId => {
  const id = parseServiceId(new Uint8Array(16).fill(9));
  if (id === null) throw new Error('16 bytes');
  return id;
})();

describe('signed requests at the service', () => {
  let world: World;
  let alice: Person;
  let heads: RawRequest;
  beforeAll(async () => {
    world = await openWorld();
    alice = await settle(world, 'alice');
    heads = { method: 'GET', target: targetOf(MESH_API.readHeads, { account: alice.account }) };
  });
  afterAll(() => world.dispose());

  it('[SEC-71] takes what an active device signed, and nothing unsigned', async () => {
    expect(await world.code(await world.sign(heads, alice.key))).toBe(200);
    expect(await world.code(heads)).toBe('signature-missing');
  });

  it('[SEC-71] takes nothing that was signed by another key', async () => {
    const bob = await settle(world, 'bob');
    const { signing } = await newDevice();
    for (const key of [bob.key, signing, alice.root]) {
      expect(await world.code(await world.sign(heads, key))).toBe('device-refused');
    }
    const signed = await world.sign(heads, bob.key);
    const mine = await world.sign(heads, alice.key);
    const input = String(mine.headers?.['signature-input']);
    const mixed = { ...signed, headers: { ...signed.headers, 'signature-input': input } };
    expect(await world.code(mixed)).toBe('signature-invalid');
  });

  it('[SEC-71] takes root, which brings an account back, for reading and for links, and for nothing else', async () => {
    const { account, root } = alice;
    const [{ id: sequence } = { id: null }] = alice.made.profile.sequences.values();
    if (sequence === null) throw new Error('no sequence');
    const client = world.client(root);
    expect((await client.readBundles({ account, from: 0 })).ok).toBe(true);
    expect((await client.readEntries({ account, sequence, from: 0 })).ok).toBe(true);
    const expected = firstSequenceHead(account, sequence);
    const refused = [
      await client.readHeads({ account }),
      await client.readRequests({ account }),
      await client.appendEntries({ account, sequence, body: { expected, entries: [new Uint8Array([1])] } }),
    ];
    for (const answer of refused) expect(answer).toMatchObject({ error: { problem: { code: 'device-refused' } } });
  });

  it('[SEC-71] takes a signature for no other call, query, place or body', async () => {
    const { account } = alice;
    const chain = { method: 'GET', target: targetOf(MESH_API.readBundles, { account, from: 0 }) };
    const signed = await world.sign(chain, alice.key);
    const query = { ...signed, target: targetOf(MESH_API.readBundles, { account, from: 1 }) };
    expect(await world.code(query)).toBe('signature-invalid');
    expect(await world.code(signed)).toBe(200);
    expect(await world.code({ ...signed, target: heads.target })).toBe('signature-invalid');
    const elsewhere = await world.sign(heads, alice.key, { targetUri: `http://mesh.example.org${heads.target}` });
    expect(await world.code(elsewhere)).toBe('signature-invalid');
    const post: RawRequest = {
      method: 'POST',
      target: targetOf(MESH_API.appendLink, { account }),
      headers: { 'content-type': 'application/cbor' },
      body: utf8('a body'),
    };
    const posted = await world.sign(post, alice.key);
    expect(await world.code({ ...posted, body: utf8('A body') })).toBe('signature-invalid');
    const digest = String((await world.sign({ ...post, body: utf8('A body') }, alice.key)).headers?.['content-digest']);
    const swapped = { ...posted, body: utf8('A body'), headers: { ...posted.headers, 'content-digest': digest } };
    expect(await world.code(swapped)).toBe('signature-invalid');
    expect(await world.code(posted)).toBe('malformed');
  });

  it.each(['signature', 'signature-input', 'content-digest', 'endymail-service'])(
    '[SEC-71] takes none without %s',
    async (name) => {
      const signed = await world.sign(heads, alice.key);
      const headers = Object.fromEntries(Object.entries(signed.headers ?? {}).filter(([header]) => header !== name));
      expect(await world.code({ ...signed, headers })).toBe('signature-invalid');
    },
  );

  it('[SEC-71] takes none in which a part is left out of what is signed', async () => {
    const signed = await world.sign(heads, alice.key);
    const input = String(signed.headers?.['signature-input']).replace(' "content-digest"', '');
    expect(await world.code({ ...signed, headers: { ...signed.headers, 'signature-input': input } })).toBe(
      'signature-invalid',
    );
  });

  it('[SEC-71] takes none that was signed for another service', async () => {
    expect(await world.code(await world.sign(heads, alice.key, { service: OTHER_SERVICE }))).toBe('other-service');
    const signed = await world.sign(heads, alice.key, { service: OTHER_SERVICE });
    const here = String((await world.sign(heads, alice.key)).headers?.['endymail-service']);
    expect(await world.code({ ...signed, headers: { ...signed.headers, 'endymail-service': here } })).toBe(
      'signature-invalid',
    );
  });

  it('[SEC-71] takes none twice, also after a restart', async () => {
    const signed = await world.sign(heads, alice.key);
    expect(await world.code(signed)).toBe(200);
    expect(await world.code(signed)).toBe('replayed');
    const nonce = new Uint8Array(16).fill(3);
    expect(await world.code(await world.sign(heads, alice.key, { nonce }))).toBe(200);
    await world.restart();
    expect(await world.code(await world.sign(heads, alice.key, { nonce }))).not.toBe(200);
    const again = await world.sign(heads, alice.key, { nonce, createdSeconds: NOW + 299 });
    expect(await world.code(again)).toBe('replayed');
  });

  it('[SEC-115] takes none twice that it refused, or that wrote something', async () => {
    const { account } = alice;
    const sequence = sequenceOf(alice, 1);
    const append = { method: 'POST', target: targetOf(MESH_API.appendEntries, { account, sequence }) };
    const headers = { 'content-type': 'application/cbor' };
    const { expected, entries } = await entriesOf(alice, sequence, alice.key, [utf8('sealed')]);
    const body = MESH_API.appendEntries.body.write({ expected, entries: [utf8('none')] });
    const wrong = await world.sign({ ...append, headers, body }, alice.key);
    expect(await world.code(wrong)).toBe('entry-refused');
    expect(await world.code(wrong)).toBe('replayed');
    const malformed = await world.sign({ ...append, headers, body: utf8('none') }, alice.key);
    expect(await world.code(malformed)).toBe('malformed');
    expect(await world.code(malformed)).toBe('replayed');
    const both = MESH_API.appendEntries.body.write({ expected, entries });
    const right = await world.sign({ ...append, headers, body: both }, alice.key);
    const codes = await Promise.all([world.code(right), world.code(right)]);
    expect(new Set(codes)).toEqual(new Set([200, 'replayed']));
  });

  it('[SEC-71] takes none that is older or younger than 300 seconds, and tells its own time', async () => {
    for (const difference of [-301, 301]) {
      const late = await world.send(await world.sign(heads, alice.key, { createdSeconds: NOW + difference }));
      expect(late.status).toBe(401);
      expect(JSON.parse(Buffer.from(late.body).toString())).toMatchObject({ code: 'clock', time: NOW });
    }
    for (const difference of [-300, 300]) {
      expect(await world.code(await world.sign(heads, alice.key, { createdSeconds: NOW + difference }))).toBe(200);
    }
  });

  it('[SEC-71] forgets a number no sooner than its request is too old', async () => {
    const world2 = await openWorld();
    const carol = await settle(world2, 'carol');
    const target = targetOf(MESH_API.readHeads, { account: carol.account });
    const signed = await world2.sign({ method: 'GET', target }, carol.key, { createdSeconds: NOW + 300 });
    expect(await world2.code(signed)).toBe(200);
    world2.nowSeconds = NOW + 600;
    expect(await world2.code(await world2.sign({ method: 'GET', target }, carol.key))).toBe(200);
    expect(await world2.code(signed)).toBe('replayed');
    world2.nowSeconds = NOW + 601;
    expect(await world2.code(signed)).toBe('clock');
    await world2.dispose();
  });

  it('uses up no number of a device for another one', async () => {
    const nonce = new Uint8Array(16).fill(5);
    const bob = await settle(world, 'robert');
    const target = targetOf(MESH_API.readHeads, { account: bob.account });
    expect(await world.code(await world.sign({ method: 'GET', target }, bob.key, { nonce }))).toBe(200);
    expect(await world.code(await world.sign(heads, alice.key, { nonce }))).toBe(200);
  });
});
