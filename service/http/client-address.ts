import type { IncomingMessage } from 'node:http';

/**
 * The address of the client: of the connection, or what our own proxies say of theirs. `X-Forwarded-For` grows to the
 * right, so what stands left of the first that is no proxy of ours was written by the client.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const direct = bare(request.socket.remoteAddress ?? '');
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const path = [...forwarded.map((part) => bare(part.trim())).filter((part) => part !== ''), direct];
  return path.findLast((address) => !trustedProxies.includes(address)) ?? direct;
}

/** IPv4 as itself, also where the socket is one of IPv6. */
const bare = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
