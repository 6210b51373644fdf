import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import { makeClose } from '@endymail/shared/identity';
import { HINT, MESH_WATCH, targetOf, type Hint } from '@endymail/shared/mesh-api';
import { generateSigningKey, utf8, type SigningKey } from '@endymail/shared/sealing';
import {
  addDevice,
  entriesOf,
  NOW,
  openWorld,
  removeDevice,
  requestBy,
  sequenceOf,
  settle,
  type Person,
  type World,
} from './testing/world.ts';

/** Hints as they come: each call waits for the next one. */
function hintsOn(socket: WebSocket): () => Promise<Hint> {
  const come: Hint[] = [];
  let wake = (): void => undefined;
  socket.on('message', (data: RawData) => {
    const read = HINT.read(new Uint8Array(data as Buffer));
    if (!read.ok) throw new Error('No hint');
    come.push(read.value);
    wake();
  });
  return async () => {
    for (;;) {
      const hint = come.shift();
      if (hint !== undefined) return hint;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}

describe('the WebSocket of the service', () => {
  let world: World;
  let alice: Person;
  const opened = async (options: Parameters<typeof openWorld>[0] = {}) => {
    world = await openWorld(options);
    alice = await settle(world, 'alice');
  };
  beforeEach(() => opened());
  afterEach(() => world.dispose());

  const again = async (options: Parameters<typeof openWorld>[0]) => {
    await world.dispose();
    await opened(options);
  };

  async function connecting(key: SigningKey | null, headers: Record<string, string> = {}): Promise<WebSocket> {
    const target = targetOf(MESH_WATCH, { account: alice.account });
    const request = { method: 'GET', target };
    const signed = key === null ? {} : (await world.sign(request, key)).headers;
    return new WebSocket(`${world.service.url.replace('http', 'ws')}${target}`, { headers: { ...signed, ...headers } });
  }

  async function watching(key: SigningKey): Promise<WebSocket> {
    const socket = await connecting(key);
    await once(socket, 'open');
    return socket;
  }

  /** The status with which the service says no. */
  const refusal = (socket: WebSocket): Promise<number> =>
    new Promise((resolve, reject) => {
      socket.on('unexpected-response', (_, response: IncomingMessage) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.on('open', () => {
        reject(new Error('It was let in'));
      });
      socket.on('error', () => undefined);
    });

  it('tells of what is new in chain, sequences and requests', async () => {
    const socket = await watching(alice.key);
    const nextHint = hintsOn(socket);
    const sequence = sequenceOf(alice, 1);
    const { expected, entries } = await entriesOf(alice, sequence, alice.key, [utf8('one'), utf8('two')]);
    await world.client(alice.key).appendEntries({ account: alice.account, sequence, body: { expected, entries } });
    expect(await nextHint()).toEqual({ kind: 'sequence', sequence, count: 2 });
    await addDevice(world, alice);
    expect(await nextHint()).toEqual({ kind: 'chain', count: 2 });
    const body = await requestBy(await generateSigningKey(), alice.account);
    await world.client(null).postRequest({ account: alice.account, body });
    expect(await nextHint()).toEqual({ kind: 'requests', count: 1 });
    socket.terminate();
  });

  it('tells nothing of other accounts', async () => {
    const bob = await settle(world, 'bob');
    const socket = await watching(alice.key);
    const nextHint = hintsOn(socket);
    await addDevice(world, bob);
    await addDevice(world, alice);
    await addDevice(world, alice);
    expect([await nextHint(), await nextHint()]).toEqual([
      { kind: 'chain', count: 2 },
      { kind: 'chain', count: 3 },
    ]);
    socket.terminate();
  });

  it('[SEC-71] opens only to a device that signs, once', async () => {
    const bob = await settle(world, 'bob');
    expect(await refusal(await connecting(null))).toBe(401);
    expect(await refusal(await connecting(bob.key))).toBe(403);
    const target = targetOf(MESH_WATCH, { account: alice.account });
    const { headers } = await world.sign({ method: 'GET', target }, alice.key);
    const address = `${world.service.url.replace('http', 'ws')}${target}`;
    const first = new WebSocket(address, { headers: { ...headers } });
    await once(first, 'open');
    expect(await refusal(new WebSocket(address, { headers: { ...headers } }))).toBe(401);
    first.terminate();
  });

  it('[SEC-74] opens to no page of another place, and under none but its own names', async () => {
    expect(await refusal(await connecting(alice.key, { origin: 'https://evil.example' }))).toBe(403);
    expect(await refusal(await connecting(alice.key, { host: 'evil.example' }))).toBe(421);
  });

  it('[SEC-73] sends away a device that was removed, and nobody else', async () => {
    const device = await addDevice(world, alice);
    const removed = await watching(device.signing);
    const stays = await watching(alice.key);
    const gone = once(removed, 'close');
    await removeDevice(world, alice, device);
    expect((await gone)[0]).toBe(1_008);
    expect(stays.readyState).toBe(WebSocket.OPEN);
    stays.terminate();
  });

  it('[SEC-73] sends everybody away when the account is deleted', async () => {
    const socket = await watching(alice.key);
    const gone = once(socket, 'close');
    const close = await makeClose({ profile: alice.made.profile, root: alice.root, nowSeconds: NOW });
    const deleted = await world.client(alice.key).deleteAccount({ account: alice.account, body: close.link });
    expect(deleted.ok).toBe(true);
    expect((await gone)[0]).toBe(1_008);
  });

  it('cuts off who says something', async () => {
    for (const message of ['', 'x'.repeat(1_000)]) {
      const socket = await watching(alice.key);
      socket.send(message);
      expect([1_008, 1_009]).toContain((await once(socket, 'close'))[0]);
    }
  });

  it('[SEC-76] cuts off who does not answer the heartbeat', async () => {
    await again({ limits: { heartbeatSeconds: 1 } });
    const target = targetOf(MESH_WATCH, { account: alice.account });
    const { headers } = await world.sign({ method: 'GET', target }, alice.key);
    const silent = new WebSocket(`${world.service.url.replace('http', 'ws')}${target}`, {
      headers: { ...headers },
      autoPong: false,
    });
    const alive = await watching(alice.key);
    await once(silent, 'close');
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.terminate();
  });

  it('[SEC-76] holds only so many for an account', async () => {
    await again({ limits: { accountMaxWatchers: 1 } });
    const socket = await watching(alice.key);
    expect(await refusal(await connecting(alice.key))).toBe(429);
    const closed = once(socket, 'close');
    socket.close();
    await closed;
    const next = await watching(alice.key);
    expect(next.readyState).toBe(WebSocket.OPEN);
    next.terminate();
  });

  it('says goodbye when it stops, and waits only so long for an answer to that', async () => {
    await again({ limits: { stopMaxSeconds: 1 } });
    const socket = await watching(alice.key);
    const gone = once(socket, 'close');
    const deaf = await watching(alice.key);
    // It hears nothing any more, so it never says goodbye itself.
    deaf.pause();
    await world.service.stop();
    expect((await gone)[0]).toBe(1_001);
    deaf.terminate();
  });
});
