import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { err, ok, type Result } from '@endymail/shared/result';
import { createPlaces, isLoopback } from '../http/places.ts';
import { systemCodeOf, type Gauges } from '../start-service.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsListener {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const PATH = '/metrics';
const CONNECTIONS_MAX = 16;
const REQUEST_MAX_MS = 10_000;

/**
 * Tells metrics at an address of their own, which is never the one that clients reach. Errors: the code of the system
 * that says why nothing can listen there.
 */
export async function listenForMetrics(
  metrics: Metrics,
  gauges: () => Promise<Gauges>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Result<MetricsListener, string>> {
  const server = createServer({ requestTimeout: REQUEST_MAX_MS }, (request, response) => {
    // A browser on this computer may be led here; beyond loopback the operator says who reaches it, and by which name.
    if (isLoopback(host) && !isAskedHere(request, { host, port: portOf(server) })) {
      response.writeHead(421).end();
      return;
    }
    if (request.method !== 'GET' || request.url !== PATH) {
      response.writeHead(404).end();
      return;
    }
    gauges()
      .then((now) => metrics.text(now))
      .then(
        (text) => response.writeHead(200, { 'content-type': metrics.mediaType, 'cache-control': 'no-store' }).end(text),
        () => response.writeHead(500).end(),
      );
  });
  server.maxConnections = CONNECTIONS_MAX;
  const fault = await new Promise<string | null>((resolve) => {
    server.once('error', (error) => {
      resolve(systemCodeOf(error));
    });
    server.listen({ host, port }, () => {
      resolve(null);
    });
  });
  if (fault !== null) return err(fault);
  return ok({ port: portOf(server), stop: () => stopped(server) });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function isAskedHere({ headers }: IncomingMessage, at: { readonly host: string; readonly port: number }): boolean {
  const places = createPlaces({ scheme: 'http', publicOrigin: null, ...at });
  const origin = places.originOf(headers.host);
  return origin !== null && places.isOwnPage(headers, origin);
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
