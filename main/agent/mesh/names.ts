import { lookup, Resolver } from 'node:dns/promises';
import { MESH_LIMITS } from './limits.ts';

/** A place that DNS names for a service (RFC 2782). */
export interface Announced {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** What names lead to. */
export interface Names {
  /** The records of `_mesh._tcp` of a domain; none where there are none, or nobody could be asked. */
  readonly services: (domain: string) => Promise<readonly Announced[]>;
  /** The addresses of a host; none where there are none, or nobody could be asked. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
}

/** What the DNS of this computer says. */
export const SYSTEM_NAMES: Names = Object.freeze({
  services: async (domain: string) => {
    try {
      return await new Resolver({ timeout: MESH_LIMITS.resolveMs, tries: 2 }).resolveSrv(`_mesh._tcp.${domain}`);
    } catch {
      return [];
    }
  },
  addresses: async (host: string) => {
    try {
      return (await lookup(host, { all: true })).map(({ address }) => address);
    } catch {
      return [];
    }
  },
});
