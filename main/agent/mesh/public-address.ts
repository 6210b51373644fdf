import { BlockList, isIP } from 'node:net';
import type { Names } from './names.ts';

/** Addresses of this computer and of networks that are not the internet (RFC 6890, RFC 4291, RFC 4193). */
const NOT_PUBLIC = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 23],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv6');
}

/**
 * Whether a host has only addresses of the internet: what a name in DNS, which anybody may have written, is followed to.
 * False where it has none.
 */
export async function isPublicAddress(hostname: string, names: Pick<Names, 'addresses'>): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await names.addresses(host) : [host];
  return addresses.length > 0 && addresses.every((address) => !isBlocked(address));
}

function isBlocked(address: string): boolean {
  if (isIP(address) === 4) return NOT_PUBLIC.check(address, 'ipv4');
  const behind = translated(address);
  return NOT_PUBLIC.check(address, 'ipv6') || (behind !== null && NOT_PUBLIC.check(behind, 'ipv4'));
}

/** The IPv4 address that a network's translator makes an address of: 64:ff9b::/96 (RFC 6052). Null: it is none of these. */
function translated(address: string): string | null {
  const written = URL.parse(`http://[${address.split('%')[0] ?? ''}]`)?.hostname ?? '';
  const [, high, low] = /^\[64:ff9b::(?:([0-9a-f]+):)?([0-9a-f]+)\]$/.exec(written) ?? [];
  if (low === undefined) return null;
  const bits = [Number.parseInt(high ?? '0', 16), Number.parseInt(low, 16)];
  return bits.flatMap((group) => [group >> 8, group & 0xff]).join('.');
}
