import { createConnection, type Socket } from 'node:net';
import * as v from 'valibot';
import { createChannel, type Channel } from './channel.ts';
import type { Endpoint } from './endpoint.ts';
import { Challenge, Welcome } from './handshake.ts';
import { SERVING_LIMITS } from './limits.ts';
import { isProofOf, newNonce, proofOf, type Nonces } from './proof.ts';

export interface DialOptions {
  readonly endpoint: Endpoint;
  /** What this client is, to be named in what it does. */
  readonly command: string;
  readonly onMessage: (message: unknown) => void;
  /** Once, after it was connected. */
  readonly onEnd: () => void;
  readonly proofTimeMs?: number;
}

/**
 * Connects to a serving agent, when it has proved to be one: until then it is told a number and nothing else. Null where
 * nobody answers there, or somebody else does.
 */
export function dial(options: DialOptions): Promise<Channel | null> {
  const { endpoint, command, proofTimeMs = SERVING_LIMITS.proofTimeMs } = options;
  const connected = Promise.withResolvers<Channel | null>();
  const socket: Socket = createConnection(endpoint.socket);
  const clientNonce = newNonce();
  let nonces: Nonces | null = null;
  let isWelcome = false;

  const channel = createChannel(
    socket,
    {
      onMessage(message) {
        if (isWelcome) options.onMessage(message);
        else if (nonces === null) takeChallenge(message);
        else if (v.is(Welcome, message)) {
          isWelcome = true;
          clearTimeout(tooLate);
          connected.resolve(channel);
        } else channel.drop();
      },
      onEnd() {
        clearTimeout(tooLate);
        if (isWelcome) options.onEnd();
        else connected.resolve(null);
      },
    },
    {
      maxBytes: () => (nonces === null ? SERVING_LIMITS.unprovedMessageMaxBytes : SERVING_LIMITS.messageMaxBytes),
    },
  );
  const tooLate = setTimeout(() => {
    channel.drop();
  }, proofTimeMs);

  function takeChallenge(message: unknown): void {
    const challenge = v.safeParse(Challenge, message);
    if (!challenge.success) {
      channel.drop();
      return;
    }
    const drawn = { serving: challenge.output.nonce, client: clientNonce };
    if (!isProofOf('serving', endpoint.token, drawn, challenge.output.proof)) {
      channel.drop();
      return;
    }
    nonces = drawn;
    channel.send({
      proof: proofOf('client', endpoint.token, drawn),
      command: command.slice(0, SERVING_LIMITS.commandMaxChars),
    });
  }

  socket.once('connect', () => {
    channel.send({ endymail: 1, nonce: clientNonce });
  });
  return connected.promise;
}
