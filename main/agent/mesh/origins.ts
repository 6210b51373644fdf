import { MESH_PORT, type AccountName } from '@endymail/shared/mesh-api';
import { MESH_LIMITS } from './limits.ts';
import type { Names } from './names.ts';
import { isPublicAddress } from './public-address.ts';
import { isLoopback } from './transport.ts';

/**
 * Where the service of a name may be, in the order in which it is asked: where DNS says (`_mesh._tcp`), at the name
 * itself, and at the name on the service's own port; or at the port that the name says. What DNS says is followed to
 * public addresses only (R18).
 */
export async function originsOf(
  { host, port }: Pick<AccountName, 'host' | 'port'>,
  names: Names,
): Promise<readonly URL[]> {
  if (port !== null) {
    const schemes = isLoopback(host) ? ['https', 'http'] : ['https'];
    return schemes.map((scheme) => new URL(`${scheme}://${host}:${String(port)}`));
  }
  const direct = [new URL(`https://${host}`), new URL(`https://${host}:${String(MESH_PORT)}`)];
  if (isLoopback(host)) return [new URL(`http://${host}:${String(MESH_PORT)}`), ...direct];
  return isAddress(host) ? direct : [...(await announced(host, names)), ...direct];
}

const isAddress = (host: string): boolean => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

async function announced(host: string, names: Names): Promise<readonly URL[]> {
  const records = await names.services(host);
  const sorted = records.toSorted((left, right) => left.priority - right.priority || right.weight - left.weight);
  // RFC 2782: the name "." says that there is no service, and makes no URL.
  const urls = sorted
    .slice(0, MESH_LIMITS.announcedMax)
    .flatMap(({ name, port }) => URL.parse(`https://${name}:${String(port)}`) ?? []);
  const isPublic = await Promise.all(urls.map(({ hostname }) => isPublicAddress(hostname, names)));
  return urls.filter((_, index) => isPublic[index] === true);
}
