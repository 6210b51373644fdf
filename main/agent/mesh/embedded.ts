import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { MESH_PORT } from '@endymail/shared/mesh-api';
import { fromHex, parseHash32, type Hash32 } from '@endymail/shared/sealing';
import type { RunningService, StartFault } from '@endymail/service';
import { parseJson } from '../../files/decode.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { replaceFile } from '../own-files/replace-file.ts';
import type { Hosting } from './hosting.ts';
import { pinOf } from './pin.ts';
import type { ServiceAddress } from './service-client.ts';

/** What is kept beside the service's own data, readable by its owner alone. */
interface Kept {
  readonly port: number;
  readonly isReachable: boolean;
  /** PEM. */
  readonly certificate: string;
  /** PEM. It opens nothing of the account; who has it can pretend to be this service. */
  readonly key: string;
}

const KeptSchema = v.strictObject({
  v: v.literal(1),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  isReachable: v.boolean(),
  certificate: v.pipe(v.string(), v.maxLength(8_192)),
  key: v.pipe(v.string(), v.maxLength(8_192)),
});

const FILE = 'hosting.json';
const FILE_MAX_BYTES = 32_768;

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';
/** How many ports are tried, from the one that a mesh service has, before any that is free is taken. */
const PORTS_TRIED = 10;
/** What is being answered ends within this; who waits for the home waits longer. */
const STOP_MAX_SECONDS = 2;

/**
 * The service of this computer with its data in `folder`. It runs from when it is first needed until `stop`, at the port
 * that it found when it was made, always under TLS with its own certificate.
 */
export function createEmbedded(folder: string): Hosting {
  let running: { readonly service: RunningService; readonly address: ServiceAddress } | null = null;
  let atWork = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another: what starts and what stops it meet nowhere. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    atWork += 1;
    const done = last.then(work).finally(() => {
      atWork -= 1;
    });
    last = done.catch(() => undefined);
    return done;
  }

  async function start(): Promise<Result<ServiceAddress, Failure>> {
    if (running !== null) return ok(running.address);
    const kept = await keptIn(folder);
    if (!kept.ok) return kept;
    const started = kept.value === null ? await startFirst(folder) : await startWith(folder, kept.value);
    if (!started.ok) return started;
    const { service, certificate } = started.value;
    const url = `https://${LOOPBACK}:${String(service.address.port)}`;
    running = { service, address: { url, id: service.service, pin: keyOf(certificate) } };
    return ok(running.address);
  }

  async function end(): Promise<void> {
    const before = running;
    running = null;
    await before?.service.stop();
  }

  return {
    run: () => inTurn(start),

    runFor: (service) =>
      inTurn(async () => {
        if (running !== null || service.pin === null) return ok();
        const kept = await keptIn(folder);
        if (!kept.ok) return kept;
        if (kept.value === null || keyOf(kept.value.certificate) !== service.pin) return ok();
        const started = await start();
        return started.ok ? ok() : started;
      }),

    places: () =>
      inTurn(async () => {
        const kept = await keptIn(folder);
        if (!kept.ok || kept.value?.isReachable !== true) return [];
        const { port } = kept.value;
        return ownAddresses().map((address) => `${address}:${String(port)}`);
      }),

    setReachable: (isReachable) =>
      inTurn(async () => {
        const kept = await keptIn(folder);
        if (!kept.ok) return kept;
        if (kept.value === null) return err(failure('account-not-here'));
        const written = await keep(folder, { ...kept.value, isReachable });
        if (!written.ok) return written;
        await end();
        const started = await start();
        return started.ok ? ok() : started;
      }),

    isIdle: () => running === null && atWork === 0,

    stop: () => inTurn(end),
  };
}

interface Started {
  readonly service: RunningService;
  readonly certificate: string;
}

/** Finds a port, and keeps it once the service listens there. */
async function startFirst(folder: string): Promise<Result<Started, Failure>> {
  const made = await makePrivateFolder(folder);
  if (!made.ok) return made;
  const { selfSigned } = await theService();
  const own = selfSigned();
  const ports = [...Array.from({ length: PORTS_TRIED }, (_, index) => MESH_PORT + index), 0];
  for (const port of ports) {
    const started = await startAt(folder, { ...own, port, isReachable: false });
    if (!started.ok && started.error.kind === 'port-taken') continue;
    if (!started.ok) return err(hereFailed(started.error));
    const kept = await keep(folder, { ...own, port: started.value.address.port, isReachable: false });
    if (kept.ok) return ok({ service: started.value, certificate: own.certificate });
    await started.value.stop();
    return kept;
  }
  return err(failure('here-failed'));
}

async function startWith(folder: string, kept: Kept): Promise<Result<Started, Failure>> {
  const started = await startAt(folder, kept);
  return started.ok
    ? ok({ service: started.value, certificate: kept.certificate })
    : err(hereFailed(started.error, kept.port));
}

/** Loaded when it is first needed: it is as large as the rest of the agent, and most people keep their account elsewhere. */
const theService = () => import('@endymail/service');

async function startAt(folder: string, { port, isReachable, certificate, key }: Kept) {
  const { startService } = await theService();
  return startService({
    dataFolder: folder,
    listen: { host: isReachable ? EVERYWHERE : LOOPBACK, port },
    tls: { certificate, key },
    limits: { stopMaxSeconds: STOP_MAX_SECONDS },
  });
}

function hereFailed({ kind, detail }: StartFault, port?: number): Failure {
  if (kind !== 'port-taken') return failure('here-failed', undefined, `${kind} ${detail}`.trim());
  return failure('here-failed', undefined, `another program uses port ${String(port)} of this computer`);
}

/** Null: there is no service here. */
async function keptIn(folder: string): Promise<Result<Kept | null, Failure>> {
  const read = await readOwnFile(join(folder, FILE), FILE_MAX_BYTES);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const parsed = v.safeParse(KeptSchema, parseJson(read.value));
  return parsed.success ? ok(parsed.output) : err(failure('here-failed', undefined, `${FILE} is damaged`));
}

const keep = (folder: string, kept: Kept): Promise<Result<void, Failure>> =>
  replaceFile(join(folder, FILE), new TextEncoder().encode(JSON.stringify({ v: 1, ...kept })));

function keyOf(certificate: string): Hash32 {
  const key = parseHash32(fromHex(pinOf(new X509Certificate(certificate))));
  if (key === null) throw new TypeError('A hash has 32 bytes');
  return key;
}

/** Of this computer in its networks: IPv4, as people can type that. Itself, where it is in none. */
function ownAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return found.length === 0 ? [LOOPBACK] : found;
}
