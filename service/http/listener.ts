import { createServer as createPlainServer, type Server as HttpServer, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { RequestListener } from 'node:http';
import { addressGroup } from '../admission/address-group.ts';
import type { ServiceLimits } from '../admission/limits.ts';

export type Listener = HttpServer | HttpsServer;

/** Certificate chain and key, PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/**
 * The server of HTTP under everything else, with its bounds in sizes, times and connections. `countsAddresses`: whether
 * the address of a connection is that of a client, which it is not behind a proxy.
 */
export function createListener(
  onRequest: RequestListener,
  tls: TlsFiles | null,
  limits: ServiceLimits,
  countsAddresses: boolean,
): Listener {
  const options: ServerOptions = {
    maxHeaderSize: limits.headersMaxBytes,
    headersTimeout: limits.headersMaxSeconds * 1_000,
    requestTimeout: limits.requestMaxSeconds * 1_000,
    keepAliveTimeout: limits.idleMaxSeconds * 1_000,
    connectionsCheckingInterval: 1_000,
    // Two requests in one, as a proxy and we would read them differently.
    insecureHTTPParser: false,
    requireHostHeader: true,
  };
  const listener =
    tls === null
      ? createPlainServer(options, onRequest)
      : createTlsServer({ ...options, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.3' }, onRequest);
  listener.maxConnections = limits.maxConnections;
  if (countsAddresses) listener.on('connection', counting(limits.addressMaxConnections));
  return listener;
}

/** Ends connections of an address that has as many as it may. */
function counting(maxConnections: number): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const group = addressGroup(socket.remoteAddress ?? '');
    const count = (open.get(group) ?? 0) + 1;
    if (count > maxConnections) {
      socket.destroy();
      return;
    }
    open.set(group, count);
    socket.once('close', () => {
      const left = (open.get(group) ?? 1) - 1;
      if (left === 0) open.delete(group);
      else open.set(group, left);
    });
  };
}
