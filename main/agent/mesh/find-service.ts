import { resolveSrv } from 'node:dns/promises';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { MESH_PORT, meshClientOf, type AccountName, type MeshApi, type AnswerOf } from '@endymail/shared/mesh-api';
import { parseHash32, fromHex, type Hash32 } from '@endymail/shared/sealing';
import { MESH_LIMITS } from './limits.ts';
import { meshFailure } from './mesh-failure.ts';
import { isPublicAddress } from './public-address.ts';
import type { CarryFault, ServiceAddress, ServiceFault } from './service-client.ts';
import { exchange, isLoopback, pinOf } from './transport.ts';

export interface FoundService {
  readonly service: ServiceAddress;
  /** Nobody vouches for its certificate but itself: the pin was taken at this first use. */
  readonly isPinnedNow: boolean;
}

type WellKnown = AnswerOf<MeshApi['wellKnown']>;

/**
 * Finds the service of an account's name: where DNS says (`_mesh._tcp`), at the name itself, and at the name on the
 * service's own port. A certificate that nobody vouches for is pinned; `pin`: the one that an invitation has named.
 * A name that leads elsewhere leads to public addresses only (R18).
 * Errors: `mesh-offline`, `mesh-certificate`, `mesh-malformed`, `mesh-version`.
 */
export async function findService(
  name: AccountName,
  pin: Hash32 | null = null,
): Promise<Result<FoundService, Failure>> {
  let last: Failure = failure('mesh-offline');
  for (const origin of await originsOf(name)) {
    const found = await askAt(origin, pin);
    if (found.ok) return found;
    // What was reached and refused says more than what was not reached.
    if (last.code === 'mesh-offline') last = found.error;
  }
  return err(last);
}

/** Where a service may be, in the order in which it is asked. */
async function originsOf({ host, port }: AccountName): Promise<readonly URL[]> {
  if (port !== null) {
    const schemes = isLoopback(host) ? ['https', 'http'] : ['https'];
    return schemes.map((scheme) => new URL(`${scheme}://${host}:${String(port)}`));
  }
  const direct = [new URL(`https://${host}`), new URL(`https://${host}:${String(MESH_PORT)}`)];
  if (isLoopback(host)) return [new URL(`http://${host}:${String(MESH_PORT)}`), ...direct];
  return isAddress(host) ? direct : [...(await announced(host)), ...direct];
}

const isAddress = (host: string): boolean => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

async function announced(host: string): Promise<readonly URL[]> {
  try {
    const records = await resolveSrv(`_mesh._tcp.${host}`);
    const sorted = records.toSorted((left, right) => left.priority - right.priority || right.weight - left.weight);
    const urls = sorted.map(({ name, port }) => new URL(`https://${name}:${String(port)}`));
    const isPublic = await Promise.all(urls.map(({ hostname }) => isPublicAddress(hostname)));
    return urls.filter((_, index) => isPublic[index] === true);
  } catch {
    return [];
  }
}

async function askAt(origin: URL, pin: Hash32 | null): Promise<Result<FoundService, Failure>> {
  const trusted = await wellKnownAt(origin, pin);
  if (trusted.ok) return located(origin, trusted.value, pin, false);
  const isUnknown = trusted.error.kind === 'carry' && trusted.error.fault.kind === 'certificate';
  if (pin !== null || origin.protocol !== 'https:' || !isUnknown) return err(meshFailure(trusted.error));
  const own = await presentedPin(origin);
  if (own === null) return err(meshFailure(trusted.error));
  const pinned = await wellKnownAt(origin, own);
  return pinned.ok ? located(origin, pinned.value, own, true) : err(meshFailure(pinned.error));
}

function wellKnownAt(origin: URL, pin: Hash32 | null): Promise<Result<WellKnown, ServiceFault>> {
  return meshClientOf<CarryFault>(async ({ method, target }) => {
    const answer = await exchange({ method, url: new URL(target, origin), headers: {}, body: new Uint8Array(), pin });
    if (!answer.ok) return answer;
    const { status, contentType, body } = answer.value;
    return ok({ status, mediaType: contentType, body });
  }).wellKnown({});
}

/** Where the service says that it is: by its own name for itself, as far as that may be believed. */
async function located(
  origin: URL,
  { service, api }: WellKnown,
  pin: Hash32 | null,
  isPinnedNow: boolean,
): Promise<Result<FoundService, Failure>> {
  const url = new URL(api);
  const isElsewhere = url.hostname !== origin.hostname;
  const isWeaker = url.protocol === 'http:' && !isLoopback(url.hostname);
  if (isWeaker || (isElsewhere && !(await isPublicAddress(url.hostname)))) {
    return err(failure('mesh-malformed', `The mesh service at ${origin.host} sends you to ${url.host}.`));
  }
  return ok({ service: { url: api, id: service, pin: url.protocol === 'http:' ? null : pin }, isPinnedNow });
}

/** The key of the certificate that is shown there, whoever vouches for it. */
function presentedPin(origin: URL): Promise<Hash32 | null> {
  return new Promise((resolve) => {
    const port = origin.port === '' ? 443 : Number(origin.port);
    const host = origin.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: MESH_LIMITS.connectMs });
    const end = (pin: Hash32 | null): void => {
      socket.destroy();
      resolve(pin);
    };
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      end(certificate instanceof X509Certificate ? parseHash32(fromHex(pinOf(certificate))) : null);
    });
    socket.once('timeout', () => {
      end(null);
    });
    socket.once('error', () => {
      end(null);
    });
  });
}
