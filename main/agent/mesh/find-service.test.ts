import { setDefaultCACertificates } from 'node:tls';
import type { RequestListener } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { MESH_API, parseAccountName, parseServiceId, type AccountName } from '@endymail/shared/mesh-api';
import { findService } from './find-service.ts';
import { MESH_LIMITS } from './limits.ts';
import type { Names } from './names.ts';
import { httpServer, httpsServer, listeningEar } from './testing/servers.ts';

const SERVICE = parseServiceId(new Uint8Array(16).fill(7));

afterEach(() => {
  setDefaultCACertificates([]);
});

const nameAt = (place: string): AccountName => {
  const name = parseAccountName(`alice@${place}`);
  if (!name.ok) throw new Error(place);
  return name.value;
};

const wellKnown =
  (api: (host: string) => string): RequestListener =>
  (request, response) => {
    if (SERVICE === null) throw new Error('No id');
    const isIt = request.method === 'GET' && request.url === '/.well-known/mesh';
    response.writeHead(isIt ? 200 : 404, { 'content-type': 'application/json' });
    response.end(MESH_API.wellKnown.answer.write({ service: SERVICE, api: api(request.headers.host ?? '') }));
  };

/** Names that lead where the test says; nothing is announced. */
const around = (addresses: readonly string[] = []) => ({
  names: { services: () => Promise.resolve([]), addresses: () => Promise.resolve(addresses) } satisfies Names,
  limits: MESH_LIMITS,
});

const find = (place: string, pin: Parameters<typeof findService>[1] = null, addresses: readonly string[] = []) =>
  findService(nameAt(place), pin, around(addresses));

it('finds a service on this computer, in plain HTTP', async () => {
  await using server = await httpServer(wellKnown((host) => `http://${host}`));
  const place = `127.0.0.1:${String(server.port)}`;
  expect(await find(place)).toEqual({
    ok: true,
    value: { service: { url: `http://${place}`, id: SERVICE, pin: null }, isPinnedNow: false },
  });
});

it('needs no pin where this computer trusts the certificate', async () => {
  await using server = await httpsServer(wellKnown((host) => `https://${host}`));
  setDefaultCACertificates([server.certificate]);
  const place = `localhost:${String(server.port)}`;
  expect(await find(place)).toMatchObject({
    value: { service: { url: `https://${place}`, pin: null }, isPinnedNow: false },
  });
});

it('takes the pin of a certificate that nobody vouches for, and says so', async () => {
  await using server = await httpsServer(wellKnown((host) => `https://${host}`));
  const place = `127.0.0.1:${String(server.port)}`;
  expect(await find(place)).toMatchObject({ value: { service: { pin: server.pin }, isPinnedNow: true } });
});

it('asks for the certificate of the name', async () => {
  await using ear = await listeningEar();
  expect(await find(`localhost:${String(ear.port)}`)).toMatchObject({ ok: false });
  // Once as one that is trusted, once to see its key, once as one that is pinned.
  expect(ear.names).toEqual(['localhost', 'localhost', 'localhost']);
});

it('[SEC-94] holds to the pin that an invitation named', async () => {
  await using server = await httpsServer(wellKnown((host) => `https://${host}`));
  await using other = await listeningEar();
  const found = await find(`127.0.0.1:${String(server.port)}`, server.pin);
  expect(found).toMatchObject({ value: { service: { pin: server.pin }, isPinnedNow: false } });
  const wrong = await find(`127.0.0.1:${String(other.port)}`, server.pin);
  expect(wrong).toMatchObject({ ok: false, error: { code: 'service-certificate-changed' } });
  expect(other.heard).toEqual([]);
});

it('[SEC-96] believes a service that it is elsewhere only on public addresses, and as well protected', async () => {
  const said: readonly (readonly [api: string, addresses: readonly string[], isBelieved: boolean])[] = [
    ['https://mesh.example.net', ['93.184.215.14'], true],
    ['https://mesh.example.net/behind/here', ['93.184.215.14'], true],
    ['https://mesh.example.net', ['192.168.1.1'], false],
    ['https://mesh.example.net', [], false],
    ['https://10.0.0.1', ['93.184.215.14'], false],
    ['https://127.0.0.2', ['93.184.215.14'], false],
    ['http://mesh.example.net', ['93.184.215.14'], false],
    ['http://93.184.215.14', [], false],
  ];
  for (const [api, addresses, isBelieved] of said) {
    await using server = await httpServer(wellKnown(() => api));
    const found = await find(`127.0.0.1:${String(server.port)}`, null, addresses);
    expect(found, api).toMatchObject(
      isBelieved ? { ok: true, value: { service: { url: api } } } : { ok: false, error: { code: 'mesh-malformed' } },
    );
  }
});

it('[SEC-96] follows a service that was reached by TLS to no plain HTTP, on this computer neither', async () => {
  await using server = await httpsServer(wellKnown((host) => `http://${host}`));
  const found = await find(`127.0.0.1:${String(server.port)}`, server.pin);
  expect(found).toMatchObject({ ok: false, error: { code: 'mesh-malformed' } });
});

it('tells nobody there from somebody else', async () => {
  const gone = await httpServer(() => undefined);
  await gone[Symbol.asyncDispose]();
  expect(await find(`127.0.0.1:${String(gone.port)}`)).toMatchObject({ error: { code: 'mesh-offline' } });
  await using page = await httpServer((_, response) => {
    response.end('<html>');
  });
  expect(await find(`127.0.0.1:${String(page.port)}`)).toMatchObject({ error: { code: 'mesh-malformed' } });
  await using newer = await httpServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"v":2}');
  });
  expect(await find(`127.0.0.1:${String(newer.port)}`)).toMatchObject({ error: { code: 'mesh-version' } });
});
