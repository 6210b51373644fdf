import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { HINT, parseServiceId, readSignature } from '@endymail/shared/mesh-api';
import {
  generateSigningKey,
  parseAccountId,
  parseHash32,
  type Hash32,
  type SigningKey,
} from '@endymail/shared/sealing';
import { MESH_LIMITS } from './limits.ts';
import { httpServer, httpsServer, listeningEar, tcpServer, type Upgrade } from './testing/servers.ts';
import { watchService, type WatchLimits } from './watch-service.ts';

const SERVICE = parseServiceId(new Uint8Array(16).fill(7));
const ACCOUNT = parseAccountId(new Uint8Array(64).fill(1));
const NOW_SECONDS = 1_800_000_000;
const SOON: WatchLimits = { ...MESH_LIMITS, watchAgainMinMs: 5, watchAgainMaxMs: 10 };

let key: SigningKey;
let end: () => void = () => undefined;

beforeAll(async () => {
  key = await generateSigningKey();
});

afterEach(() => {
  end();
});

/** Watches, and counts how often there was news. */
function watched(url: string, { pin = null, limits = SOON }: { pin?: Hash32 | null; limits?: WatchLimits } = {}) {
  if (SERVICE === null || ACCOUNT === null) throw new Error('No ids');
  const counted = { news: 0 };
  end = watchService({
    service: { url, id: SERVICE, pin },
    account: ACCOUNT,
    key,
    now: () => new Date(NOW_SECONDS * 1_000),
    onNews: () => {
      counted.news += 1;
    },
    limits,
  });
  return counted;
}

/** Takes WebSockets; keeps them and the requests that opened them. The first `refusals` are refused. */
function sockets(refusals = 0) {
  const taken: WebSocket[] = [];
  const requests: IncomingMessage[] = [];
  const taking = new WebSocketServer({ noServer: true });
  const upgrade: Upgrade = (request, socket, head) => {
    requests.push(request);
    if (requests.length <= refusals) socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
    else taking.handleUpgrade(request, socket, head, (made) => taken.push(made));
  };
  return { taken, requests, upgrade };
}

const page = (): void => undefined;

it('tells at its opening, and at each hint, and at nothing else', async () => {
  const { taken, upgrade } = sockets();
  await using server = await httpServer(page, upgrade);
  const counted = watched(`http://127.0.0.1:${String(server.port)}`);
  await vi.waitFor(() => {
    expect(counted.news).toBe(1);
  });
  const hint = HINT.write({ kind: 'chain', count: 2 });
  for (const message of ['text', Buffer.from([1, 2]), Buffer.alloc(0)]) taken[0]?.send(message);
  taken[0]?.send(hint);
  taken[0]?.send(HINT.write({ kind: 'requests', count: 1 }));
  await vi.waitFor(() => {
    expect(counted.news).toBe(3);
  });
  expect(taken).toHaveLength(1);
});

it('signs the request that opens it, for this service', async () => {
  const { requests, upgrade } = sockets();
  await using server = await httpServer(page, upgrade);
  const counted = watched(`http://127.0.0.1:${String(server.port)}`);
  await vi.waitFor(() => {
    expect(counted.news).toBe(1);
  });
  const { headers, url = '' } = requests[0] ?? { headers: {} };
  const targetUri = `http://127.0.0.1:${String(server.port)}${url}`;
  const signed = readSignature({ method: 'GET', targetUri, body: new Uint8Array() }, headers);
  expect(signed).toMatchObject({ value: { service: SERVICE, key: key.id, createdSeconds: NOW_SECONDS } });
  expect(signed.ok && (await signed.value.isBy(key.publicKey))).toBe(true);
});

it('comes again after it was refused, cut off, or sent more than a hint', async () => {
  const { taken, requests, upgrade } = sockets(2);
  await using server = await httpServer(page, upgrade);
  const counted = watched(`http://127.0.0.1:${String(server.port)}`);
  const isThere = (times: number) =>
    vi.waitFor(() => {
      expect(counted.news).toBe(times);
    });
  await isThere(1);
  expect(requests).toHaveLength(3);
  taken[0]?.terminate();
  await isThere(2);
  taken[1]?.send(Buffer.alloc(5_000));
  await isThere(3);
  taken[2]?.close();
  await isThere(4);
});

it('comes again when nothing was heard for too long', async () => {
  const { requests, upgrade } = sockets();
  await using server = await httpServer(page, upgrade);
  watched(`http://127.0.0.1:${String(server.port)}`, { limits: { ...SOON, watchSilenceMs: 30 } });
  await vi.waitFor(() => {
    expect(requests.length).toBeGreaterThan(2);
  });
});

it('reaches a service by TLS whose key is the one agreed on', async () => {
  const { upgrade } = sockets();
  await using server = await httpsServer(page, upgrade);
  const counted = watched(`https://127.0.0.1:${String(server.port)}`, { pin: server.pin });
  await vi.waitFor(() => {
    expect(counted.news).toBe(1);
  });
});

it('[SEC-94] says nothing to a service of another key, nor to one that nobody vouches for', async () => {
  for (const pin of [parseHash32(new Uint8Array(32)), null]) {
    await using ear = await listeningEar();
    const counted = watched(`https://localhost:${String(ear.port)}`, { pin });
    // It has been there, and tries again.
    await vi.waitFor(() => {
      expect(ear.names.length).toBeGreaterThan(1);
    });
    end();
    expect(ear.heard).toEqual([]);
    expect(counted.news).toBe(0);
  }
});

it('ends at any moment: before it is there, while it opens, and when it is open', async () => {
  const { taken, upgrade } = sockets();
  await using server = await httpServer(page, upgrade);
  const url = `http://127.0.0.1:${String(server.port)}`;
  watched(url);
  end();
  const arrived = Promise.withResolvers<Socket>();
  await using mute = await tcpServer((socket) => {
    socket.once('data', () => {
      arrived.resolve(socket);
    });
  });
  watched(`http://127.0.0.1:${String(mute.port)}`);
  const opening = await arrived.promise;
  const isOver = once(opening, 'close');
  end();
  await isOver;
  const counted = watched(url);
  await vi.waitFor(() => {
    expect(counted.news).toBe(1);
  });
  const last = taken.at(-1);
  if (last === undefined) throw new Error('No socket');
  const isClosed = once(last, 'close');
  end();
  await isClosed;
  expect(counted.news).toBe(1);
});
