import { randomBytes } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { HINT, MESH_WATCH, signatureHeaders, targetOf } from '@endymail/shared/mesh-api';
import type { AccountId, SigningKey } from '@endymail/shared/sealing';
import { MESH_LIMITS } from './limits.ts';
import { holdsToPin } from './pin.ts';
import type { ServiceAddress } from './service-client.ts';
import { isLoopback } from './transport.ts';

export interface WatchOptions {
  readonly service: ServiceAddress;
  readonly account: AccountId;
  readonly key: SigningKey;
  readonly now: () => Date;
  /** Something is new, or may have been while nobody listened. Says nothing of what: the range read is the truth. */
  readonly onNews: () => void;
  readonly limits?: WatchLimits;
}

/** How long it is waited; those of `MESH_LIMITS` unless given. */
export interface WatchLimits {
  readonly connectMs: number;
  readonly watchAgainMinMs: number;
  readonly watchAgainMaxMs: number;
  readonly watchSilenceMs: number;
}

/** A number between 0 and 1; so that not everybody comes back in the same moment after a service was away. */
const jitter = (): number => randomBytes(1).readUInt8() / 256;

/**
 * Keeps a WebSocket to the service open, on which it tells that something is new. A connection that is cut, refused or
 * silent is made anew, after a second at first and a minute at the most. Whoever relies on it polls as well.
 * Returns what ends it.
 */
export function watchService(options: WatchOptions): () => void {
  const limits: WatchLimits = options.limits ?? MESH_LIMITS;
  let isEnded = false;
  let waitMs = limits.watchAgainMinMs;
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | undefined;

  function again(): void {
    socket = null;
    if (isEnded) return;
    timer = setTimeout(open, waitMs * (0.5 + jitter() / 2));
    // Nothing is kept running for the sake of being told.
    timer.unref();
    waitMs = Math.min(waitMs * 2, limits.watchAgainMaxMs);
  }

  function open(): void {
    connected(options, limits).then(
      (made) => {
        socket = made;
        follow(made);
        if (isEnded) made.terminate();
      },
      () => {
        again();
      },
    );
  }

  function follow(made: WebSocket): void {
    let silence: NodeJS.Timeout | undefined;
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        made.terminate();
      }, limits.watchSilenceMs);
      silence.unref();
    };
    made.on('open', () => {
      waitMs = limits.watchAgainMinMs;
      heard();
      options.onNews();
    });
    made.on('ping', heard);
    made.on('message', (message) => {
      heard();
      if (message instanceof Buffer && HINT.read(new Uint8Array(message)).ok) options.onNews();
    });
    made.on('error', () => {
      made.terminate();
    });
    made.once('close', () => {
      clearTimeout(silence);
      again();
    });
    heard();
  }

  open();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    socket?.terminate();
  };
}

/** A socket whose other end has proved itself, with the signed request on it. */
async function connected({ service, account, key, now }: WatchOptions, { connectMs }: WatchLimits): Promise<WebSocket> {
  const url = new URL(`${service.url}${targetOf(MESH_WATCH, { account })}`);
  const headers = await signatureHeaders(
    { method: MESH_WATCH.method, targetUri: url.href, body: new Uint8Array() },
    {
      service: service.id,
      key,
      createdSeconds: Math.floor(now().getTime() / 1_000),
      nonce: new Uint8Array(randomBytes(16)),
    },
  );
  const carrier = await carrierTo(url, service.pin, connectMs);
  return new WebSocket(url.href.replace(/^http/, 'ws'), {
    headers,
    createConnection: () => carrier,
    handshakeTimeout: connectMs,
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: 4_096,
  });
}

function carrierTo(url: URL, pin: string | null, timeout: number): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !isLoopback(url.hostname)) return Promise.reject(new Error('not protected on its way'));
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  return new Promise((resolve, reject) => {
    const socket = isSecure
      ? connectTls({
          host,
          port,
          timeout,
          servername: isIP(host) === 0 ? host : '',
          rejectUnauthorized: pin === null,
        })
      : connectTcp({ host, port, timeout });
    socket.once('timeout', () => socket.destroy(new Error('no connection')));
    socket.once('error', reject);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (!holdsToPin(socket, pin)) return;
      socket.setTimeout(0);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
