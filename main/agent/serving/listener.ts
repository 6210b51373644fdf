import { chmod } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { whereOf } from '@endymail/shared/ipc';
import { PRIVATE_FILE_MODE } from '../../files/durable-write.ts';
import { messageOf } from '../../files/system-error.ts';
import { createChannel, type Channel, type ChannelLimits } from './channel.ts';
import type { Endpoint } from './endpoint.ts';
import { CallMessage, Hello, Proof } from './handshake.ts';
import { SERVING_LIMITS, type ServingLimits } from './limits.ts';
import { isProofOf, newNonce, proofOf, type Nonces } from './proof.ts';

/** A client that has proved to be one. */
export interface Peer {
  /** What it says it is: "endymail enable". */
  readonly command: string;
  isGone(): boolean;
  /** `of`: the call that it belongs to, of this peer's own; null: of nobody here. */
  tell(event: string, payload: unknown, of: number | null): void;
}

export interface PeerCall {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface ListenOptions {
  readonly endpoint: Endpoint;
  /** Answers one call. Called in the order in which they came. */
  readonly answer: (call: PeerCall, peer: Peer) => Promise<Result<unknown, Failure>>;
  readonly limits?: Partial<ServingLimits>;
}

export interface Listener {
  readonly peers: () => readonly Peer[];
  /** Takes no more connections, and ends those that are there once what was sent to them is delivered. */
  close(): Promise<void>;
}

/** Listens on the endpoint. Errors: `home-unwritable` (no socket can be made there). */
export async function listen(options: ListenOptions): Promise<Result<Listener, Failure>> {
  const limits: ServingLimits = { ...SERVING_LIMITS, ...options.limits };
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const unproved = [...connections].filter(({ peer }) => peer() === null).length;
    if (unproved >= limits.unprovedMax || connections.size - unproved >= limits.peersMax) {
      socket.destroy();
      return;
    }
    const connection = welcome(socket, { ...options, limits, onEnd: () => connections.delete(connection) });
    connections.add(connection);
  });
  const begun = await begin(server, options.endpoint.socket);
  if (!begun.ok) return begun;
  return ok({
    peers: () => [...connections].flatMap((connection) => connection.peer() ?? []),
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      for (const { peer, channel } of connections) {
        if (peer() === null) channel.drop();
        else channel.end();
      }
      // One that does not read what it was sent is not waited for.
      const late = setTimeout(() => {
        for (const { channel } of connections) channel.drop();
      }, limits.proofTimeMs);
      await closed;
      clearTimeout(late);
    },
  });
}

async function begin(server: Server, socket: string): Promise<Result<void, Failure>> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socket, resolve);
    });
    // Until here the folder, which is its owner's alone, is what keeps others out.
    if (process.platform !== 'win32') await chmod(socket, PRIVATE_FILE_MODE);
    return ok();
  } catch (error) {
    server.close();
    return err(failure('home-unwritable', `Endymail can not listen on ${socket}.`, messageOf(error)));
  }
}

interface Connection {
  readonly channel: Channel;
  readonly peer: () => Peer | null;
}

interface WelcomeOptions extends ListenOptions {
  readonly limits: ServingLimits;
  readonly onEnd: () => void;
}

/** Asks for the proof, and gives calls to `answer` once it was given. Nothing is said of why somebody is let go. */
function welcome(socket: Socket, { endpoint, answer, limits, onEnd }: WelcomeOptions): Connection {
  let nonces: Nonces | null = null;
  let peer: Peer | null = null;
  let isGone = false;
  let waiting = 0;

  const channelLimits: ChannelLimits = {
    maxBytes: () => (peer === null ? limits.unprovedMessageMaxBytes : limits.messageMaxBytes),
    messageTimeMs: limits.messageTimeMs,
    unreadMaxBytes: limits.unreadMaxBytes,
  };
  const channel = createChannel(
    socket,
    {
      onMessage(message) {
        if (peer !== null) takeCall(message, peer);
        else if (nonces === null) takeHello(message);
        else takeProof(message, nonces);
      },
      onEnd() {
        isGone = true;
        clearTimeout(tooLate);
        onEnd();
      },
    },
    channelLimits,
  );
  const tooLate = setTimeout(() => {
    channel.drop();
  }, limits.proofTimeMs);

  function takeHello(message: unknown): void {
    const hello = v.safeParse(Hello, message);
    if (!hello.success) {
      channel.drop();
      return;
    }
    nonces = { serving: newNonce(), client: hello.output.nonce };
    channel.send({ nonce: nonces.serving, proof: proofOf('serving', endpoint.token, nonces) });
  }

  function takeProof(message: unknown, drawn: Nonces): void {
    const given = v.safeParse(Proof, message);
    if (!given.success || !isProofOf('client', endpoint.token, drawn, given.output.proof)) {
      channel.drop();
      return;
    }
    clearTimeout(tooLate);
    peer = {
      command: given.output.command,
      isGone: () => isGone,
      tell: (event, payload, of) => {
        channel.send({ event, payload, of });
      },
    };
    channel.send({ welcome: true });
  }

  function takeCall(message: unknown, from: Peer): void {
    const call = v.safeParse(CallMessage, message);
    if (!call.success || waiting >= limits.callsWaitingMax) {
      channel.drop();
      return;
    }
    const { id, call: name, args } = call.output;
    waiting += 1;
    void answer({ id, name, args }, from)
      .catch((error: unknown) => err(failure('internal', undefined, whereOf(error))))
      .then((result) => {
        waiting -= 1;
        channel.send({ id, ...result });
      });
  }

  return { channel, peer: () => peer };
}
