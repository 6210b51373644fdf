import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { meshClientOf, type AccountName, type MeshApi, type AnswerOf } from '@endymail/shared/mesh-api';
import { parseHash32, fromHex, type Hash32 } from '@endymail/shared/sealing';
import { MESH_LIMITS } from './limits.ts';
import { meshFailure } from './mesh-failure.ts';
import { SYSTEM_NAMES, type Names } from './names.ts';
import { originsOf } from './origins.ts';
import { pinOf } from './pin.ts';
import { isPublicAddress } from './public-address.ts';
import type { CarryFault, ServiceAddress, ServiceFault } from './service-client.ts';
import { exchange, isLoopback, type TransportLimits } from './transport.ts';

export interface FoundService {
  readonly service: ServiceAddress;
  /** Nobody vouches for its certificate but itself: the pin was taken at this first use. */
  readonly isPinnedNow: boolean;
}

type WellKnown = AnswerOf<MeshApi['wellKnown']>;

/** What is asked for names, and how long it is waited. */
export interface Surroundings {
  readonly names: Names;
  readonly limits: TransportLimits;
}

const HERE: Surroundings = Object.freeze({ names: SYSTEM_NAMES, limits: MESH_LIMITS });

/**
 * Finds the service of an account's name, at the first of its places that answers. A certificate that nobody vouches for
 * is pinned; `pin`: the one that an invitation has named. A service is believed that it is elsewhere where that is on
 * public addresses (R18), and as well protected.
 * Errors: `mesh-offline`, `mesh-certificate`, `mesh-malformed`, `mesh-version`, `mesh-refused`.
 */
export async function findService(
  name: AccountName,
  pin: Hash32 | null = null,
  around = HERE,
): Promise<Result<FoundService, Failure>> {
  let last: Failure = failure('mesh-offline');
  for (const origin of await originsOf(name, around.names)) {
    const found = await askAt(origin, pin, around);
    if (found.ok) return found;
    // What was reached and refused says more than what was not reached.
    if (found.error.code !== 'mesh-offline') last = found.error;
  }
  return err(last);
}

async function askAt(
  origin: URL,
  pin: Hash32 | null,
  { names, limits }: Surroundings,
): Promise<Result<FoundService, Failure>> {
  const trusted = await wellKnownAt(origin, pin, limits);
  if (trusted.ok) return located(origin, trusted.value, { pin, isPinnedNow: false }, names);
  const isUnknown = trusted.error.kind === 'carry' && trusted.error.fault.kind === 'certificate';
  if (pin !== null || origin.protocol !== 'https:' || !isUnknown) return err(meshFailure(trusted.error));
  const own = await presentedPin(origin, limits);
  if (own === null) return err(meshFailure(trusted.error));
  const pinned = await wellKnownAt(origin, own, limits);
  return pinned.ok
    ? located(origin, pinned.value, { pin: own, isPinnedNow: true }, names)
    : err(meshFailure(pinned.error));
}

function wellKnownAt(
  origin: URL,
  pin: Hash32 | null,
  limits: TransportLimits,
): Promise<Result<WellKnown, ServiceFault>> {
  return meshClientOf<CarryFault>(async ({ method, target, body: sent, answerMaxBytes }) => {
    const url = new URL(target, origin);
    const answer = await exchange({ method, url, headers: {}, body: sent, answerMaxBytes, pin }, limits);
    if (!answer.ok) return answer;
    const { status, contentType, body } = answer.value;
    return ok({ status, mediaType: contentType, body });
  }).wellKnown({});
}

/** Where the service says that it is: by its own name for itself, as far as that may be believed. */
async function located(
  origin: URL,
  { service, api }: WellKnown,
  { pin, isPinnedNow }: { readonly pin: Hash32 | null; readonly isPinnedNow: boolean },
  names: Names,
): Promise<Result<FoundService, Failure>> {
  const url = new URL(api);
  const isElsewhere = url.hostname !== origin.hostname;
  const isWeaker = url.protocol === 'http:' && (origin.protocol !== 'http:' || !isLoopback(url.hostname));
  if (isWeaker || (isElsewhere && !(await isPublicAddress(url.hostname, names)))) {
    return err(failure('mesh-malformed', `The mesh service at ${origin.host} sends you to ${url.host}.`));
  }
  return ok({ service: { url: api, id: service, pin: url.protocol === 'http:' ? null : pin }, isPinnedNow });
}

/** The key of the certificate that is shown there, whoever vouches for it; null: nobody shows one. */
function presentedPin(origin: URL, { connectMs }: TransportLimits): Promise<Hash32 | null> {
  return new Promise((resolve) => {
    const port = origin.port === '' ? 443 : Number(origin.port);
    const host = origin.hostname.replace(/^\[|\]$/g, '');
    // One address may have a certificate for each of its names, and shows that of the name it is asked for (RFC 6066).
    const servername = isIP(host) === 0 ? host : '';
    const socket = connect({ host, port, servername, rejectUnauthorized: false });
    const limit = setTimeout(() => socket.destroy(), connectMs);
    let shown: Hash32 | null = null;
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      shown = certificate === undefined ? null : parseHash32(fromHex(pinOf(certificate)));
      socket.destroy();
    });
    socket.on('error', () => {
      socket.destroy();
    });
    socket.once('close', () => {
      clearTimeout(limit);
      resolve(shown);
    });
  });
}
