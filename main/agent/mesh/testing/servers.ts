import { X509Certificate } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTls } from 'node:tls';
import { parseHash32, fromHex, type Hash32 } from '@endymail/shared/sealing';
import { pinOf } from '../pin.ts';
import { selfSigned } from '../../../../service/own-certificate.ts';

const LOOPBACK = '127.0.0.1';

/** A server on a port of its own, until `dispose`. */
export interface Listening extends AsyncDisposable {
  readonly port: number;
}

/** One that speaks TLS, with the certificate of nobody but itself. */
export interface ListeningTls extends Listening {
  readonly certificate: string;
  readonly pin: Hash32;
}

/** Takes a request to go on with another protocol. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const noUpgrade: Upgrade = (_request, socket) => socket.destroy();

/** Speaks HTTP. */
export const httpServer = (answer: RequestListener, upgrade = noUpgrade): Promise<Listening> =>
  listening(createHttp(answer).on('upgrade', upgrade));

/** Speaks HTTPS. */
export async function httpsServer(answer: RequestListener, upgrade = noUpgrade): Promise<ListeningTls> {
  const own = selfSigned();
  const server = createHttps({ key: own.key, cert: own.certificate }, answer).on('upgrade', upgrade);
  return { ...(await listening(server)), ...known(own) };
}

/**
 * Speaks TLS, keeps by which names it was asked for and whatever comes through it, and hangs up. `ended` resolves when
 * the first connection is over.
 */
export async function listeningEar(host = LOOPBACK): Promise<
  ListeningTls & {
    readonly heard: readonly Buffer[];
    readonly names: readonly string[];
    readonly ended: Promise<void>;
  }
> {
  const own = selfSigned();
  const heard: Buffer[] = [];
  const names: string[] = [];
  const server = createTls({
    key: own.key,
    cert: own.certificate,
    SNICallback: (name, withContext) => {
      names.push(name);
      withContext(null);
    },
  });
  const ended = new Promise<void>((resolve) => {
    server.on('connection', (socket: Socket) => socket.once('close', resolve));
  });
  server.on('secureConnection', (socket) => {
    socket.on('data', (data: Buffer) => {
      heard.push(data);
      socket.end();
    });
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  return { ...(await listening(server, host)), ...known(own), heard, names, ended };
}

/** Takes connections and does with them whatever is wanted. */
export const tcpServer = (take: (socket: Socket) => void, port = 0): Promise<Listening> =>
  listening(createTcp(take), LOOPBACK, port);

function known({ certificate }: { readonly certificate: string }): {
  readonly certificate: string;
  readonly pin: Hash32;
} {
  const pin = parseHash32(fromHex(pinOf(new X509Certificate(certificate))));
  if (pin === null) throw new Error('No hash');
  return { certificate, pin };
}

async function listening(server: Server, host = LOOPBACK, wantedPort = 0): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(wantedPort, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
