import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServiceId } from '@endymail/shared/mesh-api';
import { err, ok, type Result } from '@endymail/shared/result';
import type { FastifyInstance } from 'fastify';
import { createProfiles } from './accounts/profiles.ts';
import { createAdmission } from './admission/admission.ts';
import { SERVICE_LIMITS, type ServiceLimits } from './admission/limits.ts';
import type { Ground } from './http/ground.ts';
import type { Journal } from './http/journal.ts';
import type { TlsFiles } from './http/listener.ts';
import { createPlaces, isLoopback, type Places } from './http/places.ts';
import { clientAddress } from './http/client-address.ts';
import { createServer } from './http/server.ts';
import { createWatchers, type Watchers } from './http/watch.ts';
import { openServiceId } from './service-id-file.ts';
import { openSqliteStore, type CommitRecord } from './store/sqlite/sqlite-store.ts';
import type { Store, Totals } from './store/store.ts';

/** What a service is started with. */
export interface ServiceOptions {
  /** Where everything is kept; it is made where it is missing. */
  readonly dataFolder: string;
  /** An address, and a port; 0: any that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Null: plain HTTP, which only loopback or a proxy may reach. */
  readonly tls?: TlsFiles | null;
  /** How clients reach it where that is not how it listens: `https://mesh.example.org`. */
  readonly publicOrigin?: string | null;
  /** Addresses of the proxies in front of it. */
  readonly trustedProxies?: readonly string[];
  readonly limits?: Partial<ServiceLimits>;
  readonly journal?: Journal;
  /** Told of each commit of the store. */
  readonly onCommit?: (commit: CommitRecord) => void;
  /** The clock, in milliseconds since 1970. */
  readonly nowMs?: () => number;
}

export interface RunningService {
  readonly service: ServiceId;
  readonly address: { readonly host: string; readonly port: number };
  /** Where clients reach it, without a slash at its end. */
  readonly url: string;
  /** How it stands now, in numbers. */
  readonly gauges: () => Promise<Gauges>;
  /** Takes nothing more, finishes what is being answered, and closes the store. The same promise at every call. */
  readonly stop: () => Promise<void>;
}

export interface Gauges {
  /** Devices that listen. */
  readonly watches: number;
  /** Calls that wait for the store. */
  readonly waiting: number;
  /** Null: the store does not answer. */
  readonly totals: Totals | null;
}

/**
 * `exposed`: plain HTTP for others than this computer, and no proxy that would protect it · `folder`, `unwritable`: the
 * data can not be written · `newer`, `foreign`, `damaged`: what is kept there can not be used, and is as it was ·
 * `port-taken`, `port-forbidden`, `no-such-address`: nothing can listen there · `tls`: certificate and key are not a pair.
 */
export interface StartFault {
  readonly kind:
    | 'exposed'
    | 'folder'
    | 'unwritable'
    | 'newer'
    | 'foreign'
    | 'damaged'
    | 'port-taken'
    | 'port-forbidden'
    | 'no-such-address'
    | 'tls'
    | 'failed';
  /** The code of the system, where there is one. */
  readonly detail: string;
}

const FOLDER_MODE = 0o700;
/** The database, in the folder of the data. */
export const STORE_FILE = 'mesh.sqlite';

/** Starts a mesh service. Resolves when it answers. */
export async function startService(options: ServiceOptions): Promise<Result<RunningService, StartFault>> {
  const { dataFolder, listen, tls = null, trustedProxies = [] } = options;
  if (tls === null && trustedProxies.length === 0 && !isLoopback(listen.host))
    return err({ kind: 'exposed', detail: '' });
  let service: ServiceId | null;
  try {
    await mkdir(dataFolder, { recursive: true, mode: FOLDER_MODE });
    service = await openServiceId(dataFolder);
  } catch (error) {
    return err({ kind: 'folder', detail: systemCodeOf(error) });
  }
  if (service === null) return err({ kind: 'damaged', detail: '' });
  const store = await openSqliteStore(join(dataFolder, STORE_FILE), options.onCommit);
  if (!store.ok) return err({ kind: store.error, detail: '' });
  return listening(store.value, service, options);
}

async function listening(
  store: Store,
  service: ServiceId,
  options: ServiceOptions,
): Promise<Result<RunningService, StartFault>> {
  const { listen, tls = null, publicOrigin = null, trustedProxies = [] } = options;
  const limits: ServiceLimits = { ...SERVICE_LIMITS, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const journal: Journal = options.journal ?? (() => undefined);
  let places: Places = { originOf: () => null, isOwnPage: () => false };
  const ground: Ground = {
    service,
    store,
    profiles: createProfiles(store, limits.maxKeptProfiles),
    admission: createAdmission(limits, nowMs),
    limits,
    journal,
    places: () => places,
    nowSeconds: () => Math.floor(nowMs() / 1_000),
  };
  const watchers = createWatchers(ground);
  try {
    const server = createServer(ground, { tls, trustedProxies });
    server.server.on('upgrade', (request, socket, head) => {
      watchers.upgrade(request, socket, head, clientAddress(request, trustedProxies));
    });
    await server.listen({ host: listen.host, port: listen.port });
    const { port } = server.server.address() as AddressInfo;
    const scheme = tls === null ? 'http' : 'https';
    places = createPlaces({ scheme, host: listen.host, port, publicOrigin });
    const stop = stopping(server, watchers, ground);
    journal({ event: 'started' });
    const url = publicOrigin ?? `${scheme}://${inUrl(listen.host)}:${port}`;
    const gauges = async (): Promise<Gauges> => {
      const [watches, waiting] = [watchers.count(), store.waiting()];
      const totals = await store.totals();
      return { watches, waiting, totals: totals.ok ? totals.value : null };
    };
    return ok({ service, address: { host: listen.host, port }, url, gauges, stop });
  } catch (error) {
    watchers.close();
    await store.close();
    return err({ kind: listenFaultOf(systemCodeOf(error)), detail: systemCodeOf(error) });
  }
}

function stopping(
  server: FastifyInstance,
  watchers: Watchers,
  { store, limits, journal }: Ground,
): () => Promise<void> {
  async function stop(): Promise<void> {
    journal({ event: 'stopping' });
    watchers.close();
    const cutOff = setTimeout(() => {
      server.server.closeAllConnections();
      watchers.cutOff();
    }, limits.stopMaxSeconds * 1_000);
    await server.close();
    clearTimeout(cutOff);
    await store.close();
    journal({ event: 'stopped' });
  }
  let stopped: Promise<void> | null = null;
  return () => (stopped ??= stop());
}

const LISTEN_KINDS: Readonly<Record<string, StartFault['kind']>> = Object.freeze({
  EADDRINUSE: 'port-taken',
  EACCES: 'port-forbidden',
  EADDRNOTAVAIL: 'no-such-address',
  ENOTFOUND: 'no-such-address',
});

/** What it means that nothing can listen, by the code of the system. */
export const listenFaultOf = (code: string): StartFault['kind'] =>
  LISTEN_KINDS[code] ?? (/^ERR_(OSSL|TLS)/.test(code) ? 'tls' : 'failed');

/** The code of the system in an error; empty: it has none. */
export const systemCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
