import { X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { ServiceId } from '@endymail/shared/mesh-api';
import { err, ok, type Result } from '@endymail/shared/result';
import { sha256, toHex } from '@endymail/shared/sealing/public';
import { isLoopback } from '../http/places.ts';
import { readServiceId, SERVICE_ID_FILE } from '../service-id-file.ts';
import { listenFaultOf, STORE_FILE, systemCodeOf } from '../start-service.ts';
import { databaseFault } from '../store/sqlite/schema.ts';
import { readTls, type Settings } from './settings.ts';
import { startFaultWords } from './start-fault-words.ts';
import { serviceAt } from './service-here.ts';

/** One thing that was looked at. */
export interface Check {
  readonly isRight: boolean;
  /** What a person reads of it. */
  readonly sentence: string;
}

const right = (sentence: string): Check => ({ isRight: true, sentence });
const wrong = (sentence: string): Check => ({ isRight: false, sentence });

/**
 * Looks at everything that a start needs, and changes nothing: protection, certificate and key, the folder and what is in
 * it, the port. It may run beside the service itself.
 */
export async function checkSettings(settings: Settings): Promise<readonly Check[]> {
  const { listen, dataFolder } = settings;
  const kept = await keptIn(dataFolder);
  const words = (fault: Parameters<typeof startFaultWords>[0]): Check =>
    wrong(startFaultWords(fault, dataFolder, listen));
  const isProtected = settings.tls !== null || settings.trustedProxies.length > 0 || isLoopback(listen.host);
  return [
    ...(isProtected ? [] : [words({ kind: 'exposed', detail: '' })]),
    ...(settings.tls === null ? [] : [await tlsCheck(settings.tls)]),
    kept.ok ? right(kept.value === null ? `${dataFolder} can be made.` : `${dataFolder} can be written.`) : kept.error,
    ...(kept.ok && kept.value !== null ? [storeCheck(dataFolder)] : []),
    ...(await portChecks(kept.ok ? kept.value : null)),
  ];

  function storeCheck(folder: string): Check {
    const fault = databaseFault(join(folder, STORE_FILE));
    return fault === null ? right('What is kept there can be opened.') : words({ kind: fault, detail: '' });
  }

  async function portChecks(own: ServiceId | null): Promise<readonly Check[]> {
    const { host, port } = listen;
    const code = await probe(listen);
    if (code !== null && listenFaultOf(code) === 'port-taken' && own !== null) {
      const isOwn = own === (await serviceAt({ ...listen, isTls: settings.tls !== null }));
      // Its metrics are told by it too.
      if (isOwn) return [right(`The service of this folder runs at ${host}, port ${port}.`)];
    }
    const check = code === null ? right(freeWords(listen)) : words({ kind: listenFaultOf(code), detail: code });
    return settings.metrics === null ? [check] : [check, await metricsCheck(settings.metrics)];
  }
}

const freeWords = ({ host, port }: Settings['listen']): string =>
  port === 0 ? 'The port is any that is free.' : `Port ${port} at ${host} is free.`;

async function metricsCheck(place: NonNullable<Settings['metrics']>): Promise<Check> {
  const code = await probe(place);
  if (code === null) return right(`Metrics: ${freeWords(place)}`);
  return wrong(`Metrics: ${startFaultWords({ kind: listenFaultOf(code), detail: code }, '', place)}`);
}

async function tlsCheck(files: NonNullable<Settings['tls']>): Promise<Check> {
  const texts = await readTls(files);
  if (!texts.ok) return wrong(texts.error);
  const { certificate, key } = texts.value;
  try {
    createSecureContext({ cert: certificate, key });
    const { validTo, publicKey } = new X509Certificate(certificate);
    const pin = toHex(sha256(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))));
    return right(`Certificate and key fit: valid until ${validTo}, SHA-256 of its key ${pin}.`);
  } catch (error) {
    return wrong(`Certificate and key of the service can not be used (${systemCodeOf(error)}).`);
  }
}

/** The id of the service whose data is in a folder that can be written; null: nothing is there yet. */
async function keptIn(folder: string): Promise<Result<ServiceId | null, Check>> {
  try {
    if (!(await stat(folder)).isDirectory()) return err(wrong(`${folder} is no folder.`));
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') return err(wrong(unwritable(folder, error)));
    return makeable(dirname(folder), folder);
  }
  try {
    const id = await readServiceId(folder);
    return id === null ? err(wrong(`${join(folder, SERVICE_ID_FILE)} is damaged. Put it back from a backup.`)) : ok(id);
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT' ? ok(null) : err(wrong(unwritable(folder, error)));
  }
}

/** Whether the nearest folder that is there lets one be made in it. */
async function makeable(parent: string, folder: string): Promise<Result<null, Check>> {
  try {
    await access(parent, constants.W_OK | constants.X_OK);
    return ok(null);
  } catch (error) {
    const isMissing = systemCodeOf(error) === 'ENOENT' && dirname(parent) !== parent;
    return isMissing ? makeable(dirname(parent), folder) : err(wrong(unwritable(folder, error)));
  }
}

const unwritable = (folder: string, error: unknown): string =>
  startFaultWords({ kind: 'folder', detail: systemCodeOf(error) }, folder, { host: '', port: 0 });

/** The system's code for why nothing can listen there; null: it can. */
function probe({ host, port }: Settings['listen']): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(systemCodeOf(error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}
