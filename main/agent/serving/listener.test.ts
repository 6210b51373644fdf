import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { ok } from '@endymail/shared/result';
import { valueOf } from '../testing/world.ts';
import type { Channel } from './channel.ts';
import { dial } from './dial.ts';
import type { Endpoint } from './endpoint.ts';
import { frameOf } from './frames.ts';
import { Challenge } from './handshake.ts';
import { SERVING_LIMITS } from './limits.ts';
import { listen, type Listener, type ListenOptions } from './listener.ts';
import { isProofOf, newNonce, newToken, proofOf } from './proof.ts';
import { rawClient, type RawClient } from './testing/raw-client.ts';

let folder: string;
let endpoint: Endpoint;
const listeners: Listener[] = [];
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-listener-'));
  endpoint = { socket: join(folder, 'socket'), token: newToken() };
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  rmSync(folder, { recursive: true });
});

async function listening(more: Partial<ListenOptions> = {}): Promise<Listener> {
  const answer: ListenOptions['answer'] = ({ name, args }) => Promise.resolve(ok([name, ...args]));
  const listener = valueOf(await listen({ endpoint, answer, ...more }));
  listeners.push(listener);
  return listener;
}

const raw = (): Promise<RawClient> => rawClient(endpoint.socket);

async function dialled(received: unknown[] = []): Promise<Channel | null> {
  return dial({
    endpoint,
    command: 'endymail test',
    onMessage: (message) => received.push(message),
    onEnd: () => received.push('end'),
  });
}

/** Says hello and gets the agent's challenge. */
async function challenged(client: RawClient) {
  const nonce = newNonce();
  client.send({ endymail: 1, nonce });
  const challenge = v.parse(Challenge, await client.next());
  return { challenge, nonces: { serving: challenge.nonce, client: nonce } };
}

describe('a client with the token', () => {
  it('[SEC-34] sees the proof of the agent, gives its own, and is answered', async () => {
    const listener = await listening();
    const client = await raw();
    const { challenge, nonces } = await challenged(client);
    expect(isProofOf('serving', endpoint.token, nonces, challenge.proof)).toBe(true);
    client.send({ proof: proofOf('client', endpoint.token, nonces), command: 'endymail test' });
    expect(await client.next()).toEqual({ welcome: true });
    expect(listener.peers().map(({ command }) => command)).toEqual(['endymail test']);
    client.send({ id: 1, call: 'echo', args: [Uint8Array.of(1, 2)] });
    expect(await client.next()).toEqual({ id: 1, ok: true, value: ['echo', Uint8Array.of(1, 2)] });
    client.socket.destroy();
  });

  it('[SEC-35] finds a socket that is its owner’s alone', async () => {
    await listening();
    expect(statSync(endpoint.socket).mode & 0o777).toBe(0o600);
  });
});

describe('[SEC-34] who has not the token', () => {
  it('is told nothing but a number and what it proves', async () => {
    await listening();
    const client = await raw();
    const { nonces } = await challenged(client);
    client.send({ proof: proofOf('client', newToken(), nonces), command: 'x' });
    expect(await client.next()).toBeNull();
    expect(client.received().includes(endpoint.token.reveal())).toBe(false);
    expect(client.received().includes(endpoint.token.reveal().toString('base64'))).toBe(false);
  });

  it('can not give back the proof of the agent, nor one that served before', async () => {
    await listening();
    const reflecting = await raw();
    const { challenge } = await challenged(reflecting);
    reflecting.send({ proof: challenge.proof, command: 'x' });
    expect(await reflecting.next()).toBeNull();

    const first = await raw();
    const { nonces } = await challenged(first);
    const proof = proofOf('client', endpoint.token, nonces);
    first.send({ proof, command: 'x' });
    expect(await first.next()).toEqual({ welcome: true });
    const replaying = await raw();
    replaying.send({ endymail: 1, nonce: nonces.client });
    await replaying.next();
    replaying.send({ proof, command: 'x' });
    expect(await replaying.next()).toBeNull();
    first.socket.destroy();
  });

  it.each([
    ['a call', { id: 1, call: 'mailboxes', args: [] }],
    ['nothing of ours', { hello: 1 }],
    ['a hello of another version', { endymail: 2, nonce: new Uint8Array(32) }],
    ['a short number', { endymail: 1, nonce: new Uint8Array(31) }],
    ['more than a hello has', { endymail: 1, nonce: new Uint8Array(32), more: true }],
  ])('%s at first ends the connection', async (_what, message) => {
    const calls: string[] = [];
    await listening({
      answer: ({ name }) => {
        calls.push(name);
        return Promise.resolve(ok(null));
      },
    });
    const client = await raw();
    client.send(message);
    expect(await client.next()).toBeNull();
    expect(calls).toEqual([]);
  });

  it('a call in the place of the proof, or right behind a wrong one, is not answered', async () => {
    const calls: string[] = [];
    const answer: ListenOptions['answer'] = ({ name }) => {
      calls.push(name);
      return Promise.resolve(ok(null));
    };
    await listening({ answer });
    const call = { id: 1, call: 'mailboxes', args: [] };
    const client = await raw();
    await challenged(client);
    client.socket.write(Buffer.concat([frameOf({ proof: new Uint8Array(32), command: 'x' }), frameOf(call)]));
    expect(await client.next()).toBeNull();
    expect(calls).toEqual([]);
  });
});

describe('[SEC-36] a peer that does not behave', () => {
  it('garbage ends its own connection and no other', async () => {
    await listening();
    const received: unknown[] = [];
    const other = await dialled(received);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (garbage) => {
        const client = await raw();
        client.socket.end(garbage);
        expect(await client.next()).toBeNull();
      }),
      { numRuns: 50 },
    );
    other?.send({ id: 1, call: 'still', args: [] });
    await expect.poll(() => received).toEqual([{ id: 1, ok: true, value: ['still'] }]);
    other?.drop();
  });

  it('half a message, and none, is waited for as long as the proof may take', async () => {
    await listening({ limits: { proofTimeMs: 20 } });
    const silent = await raw();
    const half = await raw();
    half.socket.write(frameOf({ endymail: 1, nonce: newNonce() }).subarray(0, 20));
    expect(await silent.next()).toBeNull();
    expect(await half.next()).toBeNull();
  });

  it('half a call is waited for as long as a message may take', async () => {
    await listening({ limits: { messageTimeMs: 20 } });
    const received: unknown[] = [];
    const client = await raw();
    const { nonces } = await challenged(client);
    client.send({ proof: proofOf('client', endpoint.token, nonces), command: 'x' });
    await client.next();
    client.socket.write(frameOf({ id: 1, call: 'mailboxes', args: [] }).subarray(0, 20));
    expect(await client.next()).toBeNull();
    expect(received).toEqual([]);
  });

  it('a message longer than a proof has is not taken from one who has proved nothing', async () => {
    await listening();
    const client = await raw();
    const head = Buffer.alloc(4);
    head.writeUInt32BE(SERVING_LIMITS.unprovedMessageMaxBytes + 1);
    client.socket.write(head);
    expect(await client.next()).toBeNull();
  });

  it('calls beyond the number that may wait end the connection', async () => {
    await listening({ answer: () => new Promise(() => undefined), limits: { callsWaitingMax: 3 } });
    const received: unknown[] = [];
    const client = await dialled(received);
    for (let id = 1; id <= 4; id += 1) client?.send({ id, call: 'slow', args: [] });
    await expect.poll(() => received).toEqual(['end']);
  });

  it('one that does not read is let go', async () => {
    const listener = await listening({ limits: { unreadMaxBytes: 100_000 } });
    const client = await raw();
    const { nonces } = await challenged(client);
    client.send({ proof: proofOf('client', endpoint.token, nonces), command: 'x' });
    await client.next();
    client.socket.pause();
    const [peer] = listener.peers();
    await expect
      .poll(() => {
        peer?.tell('progress', 'x'.repeat(200_000), null);
        return peer?.isGone();
      })
      .toBe(true);
    client.socket.destroy();
  });

  it('a thousand connections leave room for the one who has the token', async () => {
    const listener = await listening({ limits: { proofTimeMs: 100 } });
    const crowd = await Promise.all(Array.from({ length: 1_000 }, raw));
    await expect.poll(async () => (await dialled()) !== null, { timeout: 10_000 }).toBe(true);
    for (const { socket } of crowd) socket.destroy();
    await expect.poll(() => listener.peers().length).toBe(1);
  });

  it('those who have proved themselves are bounded, too', async () => {
    await listening({ limits: { peersMax: 2 } });
    expect(await dialled()).not.toBeNull();
    expect(await dialled()).not.toBeNull();
    expect(await dialled()).toBeNull();
  });
});

describe('[SEC-34] an impostor’s socket', () => {
  /** Listens in the agent's place and does this with each connection. */
  async function impostor(onClient: (client: Socket) => void): Promise<Buffer[]> {
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('data', (piece: Buffer) => heard.push(piece));
      socket.on('error', () => undefined);
      onClient(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(endpoint.socket, resolve);
    });
    return heard;
  }

  it('gets a number and nothing else', async () => {
    const heard = await impostor((socket) => {
      socket.once('data', () => socket.write(frameOf({ nonce: newNonce(), proof: new Uint8Array(32) })));
    });
    expect(await dialled()).toBeNull();
    const all = Buffer.concat(heard);
    expect(all.length).toBe(frameOf({ endymail: 1, nonce: new Uint8Array(32) }).length);
    expect(all.includes('endymail test')).toBe(false);
  });

  it.each([
    ['is silent', () => undefined],
    ['welcomes without a proof', (socket: Socket) => socket.write(frameOf({ welcome: true }))],
    ['says garbage', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n')],
    ['hangs up', (socket: Socket) => socket.destroy()],
  ])('is left when it %s', async (_what, onClient) => {
    await impostor(onClient);
    const options = { endpoint, command: 'x', onMessage: () => undefined, onEnd: () => undefined, proofTimeMs: 50 };
    expect(await dial(options)).toBeNull();
  });
});
