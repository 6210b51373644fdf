import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Head } from '@endymail/shared/identity';
import { MESH_API, targetOf, WIRE_LIMITS } from '@endymail/shared/mesh-api';
import { encodeCbor, utf8 } from '@endymail/shared/sealing';
import {
  addDevice,
  entriesOf,
  newPerson,
  openWorld,
  sequenceOf,
  settle,
  type RawRequest,
  type World,
} from './testing/world.ts';

const HEALTH: RawRequest = { method: 'GET', target: '/health' };
const CBOR = { 'content-type': 'application/cbor' };

/** Sends bytes that need not be a request, and gives all that comes back until the other end closes. */
const bytesBack = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let back = '';
    socket.on('data', (part) => {
      back += part.toString();
    });
    socket.on('close', () => {
      resolve(back);
    });
    socket.on('error', reject);
    socket.write(text);
  });

describe('the borders of the service', () => {
  let world: World;
  const opened = async (options: Parameters<typeof openWorld>[0] = {}): Promise<World> => {
    await world.dispose();
    world = await openWorld(options);
    return world;
  };
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.dispose());

  it('[SEC-74] answers no page of another place', async () => {
    const { url, address } = world.service;
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${address.port + 1}`,
      `https://127.0.0.1:${address.port}`,
    ]) {
      expect(await world.code({ ...HEALTH, headers: { origin } })).toBe('origin-refused');
    }
    for (const site of ['cross-site', 'same-site']) {
      expect(await world.code({ ...HEALTH, headers: { 'sec-fetch-site': site } })).toBe('origin-refused');
    }
    expect(await world.code({ ...HEALTH, headers: { origin: url, 'sec-fetch-site': 'same-origin' } })).toBe(200);
  });

  it('[SEC-74] invites no page in', async () => {
    const preflight = { method: 'OPTIONS', target: '/health', headers: { origin: 'https://evil.example' } };
    const refused = await world.send(preflight);
    expect(refused.status).toBe(403);
    const answered = await world.send(HEALTH);
    for (const { headers } of [refused, answered]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(answered.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('[SEC-74] answers under none but its own names', async () => {
    const { port } = world.service.address;
    for (const host of [
      `evil.example:${port}`,
      'evil.example',
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `10.0.0.1:${port}`,
    ]) {
      expect(await world.code({ ...HEALTH, headers: { host } })).toBe('host-refused');
    }
    const nothing = { method: 'GET', target: '/nothing', headers: { host: 'evil.example' } };
    expect(await world.code(nothing)).toBe('host-refused');
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect(await world.code({ ...HEALTH, headers: { host } })).toBe(200);
    }
  });

  it('answers under its public name, and says so', async () => {
    await opened({ publicOrigin: 'https://mesh.example.org', trustedProxies: ['127.0.0.1'] });
    expect(await world.code({ ...HEALTH, headers: { host: 'mesh.example.org' } })).toBe(200);
    const known = await world.send({
      method: 'GET',
      target: '/.well-known/mesh',
      headers: { host: 'mesh.example.org' },
    });
    expect(JSON.parse(Buffer.from(known.body).toString())).toMatchObject({ api: 'https://mesh.example.org' });
  });

  it.each<[string, RawRequest, string]>([
    ['an unknown path', { method: 'GET', target: '/v1/nothing' }, 'route-unknown'],
    ['the root', { method: 'GET', target: '/' }, 'route-unknown'],
    ['another method', { method: 'PUT', target: '/health' }, 'method-unknown'],
    ['another method of a call with parameters', { method: 'POST', target: '/v1/names/alice' }, 'method-unknown'],
    ['a slash more', { method: 'GET', target: '/health/' }, 'route-unknown'],
    ['a name that is none', { method: 'GET', target: '/v1/names/Alice' }, 'malformed'],
    ['an account that is none', { method: 'GET', target: '/v1/accounts/abc/chain?from=0' }, 'malformed'],
    ['a path that is no text', { method: 'GET', target: '/v1/names/%E0%A4%A' }, 'malformed'],
    ['a very long parameter', { method: 'GET', target: `/v1/names/${'a'.repeat(200)}` }, 'malformed'],
    [
      'another type of body',
      { method: 'POST', target: '/v1/accounts', headers: { 'content-type': 'application/json' }, body: utf8('{}') },
      'media-type',
    ],
    ['no body', { method: 'POST', target: '/v1/accounts' }, 'malformed'],
    ['chance', { method: 'POST', target: '/v1/accounts', headers: CBOR, body: utf8('chance') }, 'malformed'],
    [
      'a version that is not known',
      { method: 'POST', target: '/v1/accounts', headers: CBOR, body: encodeCbor([2, 'later']) },
      'version-unknown',
    ],
  ])('answers %s with a problem document', async (_, request, code) => {
    expect(await world.code(request)).toBe(code);
  });

  it('reads the query in one form only', async () => {
    const { account } = await settle(world, 'alice');
    const target = targetOf(MESH_API.readChain, { account, from: 0 });
    expect(await world.code({ method: 'GET', target })).toBe(200);
    for (const other of ['?from=00', '?from=0&from=1', '?from=0&also=1', '?from=-1', '?', '?from=', '?__proto__=0']) {
      expect(await world.code({ method: 'GET', target: target.replace(/\?.*/, other) })).toBe('malformed');
    }
  });

  it('[SEC-76] refuses what is larger than a call takes, before it is there', async () => {
    const large = {
      method: 'POST',
      target: '/v1/accounts',
      headers: CBOR,
      body: new Uint8Array(WIRE_LIMITS.bodyMaxBytes + 1),
    };
    expect(await world.code(large)).toBe('body-too-large');
    const { account } = await newPerson();
    const target = targetOf(MESH_API.postRequest, { account });
    const request = { method: 'POST', target, headers: CBOR, body: new Uint8Array(WIRE_LIMITS.requestMaxBytes + 1) };
    expect(await world.code(request)).toBe('body-too-large');
    const announced = await bytesBack(
      world.service.address.port,
      `POST /v1/accounts HTTP/1.1\r\nHost: 127.0.0.1:${world.service.address.port}\r\nContent-Type: application/cbor\r\n` +
        'Content-Length: 9999999999\r\nConnection: close\r\n\r\n',
    );
    expect(announced).toContain('413');
    expect(await world.code({ ...HEALTH, headers: { 'x-large': 'a'.repeat(20_000) } })).toBe('headers-too-large');
  });

  it('answers what is no request with a problem, and goes on', async () => {
    const { port } = world.service.address;
    const host = `Host: 127.0.0.1:${port}\r\n`;
    for (const bytes of [
      'chance\r\n\r\n',
      'GET /health HTTP/1.1\r\n\r\n',
      `GET /health HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`,
    ]) {
      expect(await bytesBack(port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(await world.code(HEALTH)).toBe(200);
  });

  it('[SEC-76] waits for a slow request as long as it may, and no longer', async () => {
    await opened({ limits: { headersMaxSeconds: 1, requestMaxSeconds: 1 } });
    const { port } = world.service.address;
    expect(await bytesBack(port, 'GET /health HTTP/1.1\r\nHost: ')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('[SEC-76] answers an address only so often, says when again, and then does', async () => {
    await opened({ limits: { addressRequestsPerMinute: 60 } });
    const strangers = Array.from({ length: 1_000 }, () => world.send(HEALTH));
    const answers = await Promise.all(strangers);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(refused).toHaveLength(940);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    world.nowSeconds += 1;
    expect(await world.code(HEALTH)).toBe(200);
    expect(await world.code(HEALTH)).toBe('too-many');
  });

  it('[SEC-76] counts the clients behind a proxy one by one, and believes nobody else about them', async () => {
    await opened({ limits: { addressRequestsPerMinute: 1 }, trustedProxies: ['127.0.0.1'] });
    const from = (address: string) => world.code({ ...HEALTH, headers: { 'x-forwarded-for': address } });
    expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]).toEqual([200, 200, 'too-many']);
    expect(await from('203.0.113.9, 192.0.2.1')).toBe('too-many');
    await opened({ limits: { addressRequestsPerMinute: 1 } });
    expect([await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([200, 'too-many']);
  });

  it('[SEC-76] gives an address only so many new accounts a day', async () => {
    await opened({ limits: { addressNewAccountsPerDay: 2 } });
    const first = await settle(world, 'a');
    await settle(world, 'b');
    const { made } = await newPerson();
    const third = () => world.client(null).createAccount({ body: { name: 'c', link: made.link, bundle: made.bundle } });
    expect(await third()).toMatchObject({ error: { problem: { code: 'too-many' } } });
    const again = { name: 'a', link: first.made.link, bundle: first.made.bundle };
    expect((await world.client(null).createAccount({ body: again })).ok).toBe(true);
    world.nowSeconds += 43_200;
    expect((await third()).ok).toBe(true);
  });

  it('[SEC-76] answers the devices of an account only so often, and strangers use up nothing of that', async () => {
    await opened({ limits: { accountRequestsPerMinute: 2 } });
    const person = await settle(world, 'alice');
    const mesh = world.client(person.key);
    const { account } = person;
    const answers = [
      await mesh.readHeads({ account }),
      await mesh.readHeads({ account }),
      await mesh.readHeads({ account }),
    ];
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect((await world.client(null).readChain({ account, from: 0 })).ok).toBe(true);
  });

  it('[SEC-76] gives an account only so many entries and devices, and so much room', async () => {
    await opened({ limits: { accountMaxEntries: 1, accountMaxDevices: 2, accountMaxBytes: 40_000 } });
    const person = await settle(world, 'alice');
    const { account, key } = person;
    const sequence = sequenceOf(person, 1);
    const append = async (contents: readonly Uint8Array[], from?: Head) => {
      const { expected, entries, head } = await entriesOf(person, sequence, key, contents, from);
      const answer = await world.client(key).appendEntries({ account, sequence, body: { expected, entries } });
      return answer.ok ? head : answer.error;
    };
    const full = { kind: 'problem', problem: { code: 'account-full' } };
    expect(await append([new Uint8Array(40_000)])).toEqual(full);
    const head = await append([utf8('one')]);
    expect(await append([utf8('two')], 'count' in head ? head : undefined)).toEqual(full);
    await addDevice(world, person);
    await expect(addDevice(world, person)).rejects.toThrow('account-full');
  });

  it('[SEC-76] holds only so many connections of an address', async () => {
    await opened({ limits: { addressMaxConnections: 2 } });
    const { port } = world.service.address;
    const open = () =>
      new Promise<{ end: () => void; closed: Promise<void> }>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          resolve({ end: () => socket.destroy(), closed });
        });
        const closed = new Promise<void>((done) => {
          socket.once('close', () => {
            done();
          });
          socket.on('error', () => undefined);
        });
      });
    const [first, second] = [await open(), await open()];
    const third = await open();
    await third.closed;
    first.end();
    second.end();
    await Promise.all([first.closed, second.closed]);
    expect(await world.code(HEALTH)).toBe(200);
  });
});
