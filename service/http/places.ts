import { networkInterfaces } from 'node:os';

/** By which names the service is reached, and which pages may use it. */
export interface Places {
  /**
   * The origin (RFC 6454) that a request was sent to, by its Host; null: the service is not known by this name. A name
   * that somebody else points at this address (DNS rebinding) is none of its names.
   */
  readonly originOf: (host: string | undefined) => string | null;
  /** Whether a request that says from which page it comes may be one: from none, or from the service's own place. */
  readonly isOwnPage: (headers: PageHeaders, origin: string) => boolean;
}

interface PageHeaders {
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

interface Listening {
  readonly scheme: 'http' | 'https';
  /** An address. */
  readonly host: string;
  readonly port: number;
  /** How it is reached from outside; null: as it listens. */
  readonly publicOrigin: string | null;
}

const DEFAULT_PORTS = Object.freeze({ http: 80, https: 443 });
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** `addresses`: those of this computer. Asked for again and again, as a computer that moves gets others. */
export function createPlaces(listening: Listening, addresses = ownAddresses): Places {
  const { scheme, host, port, publicOrigin } = listening;
  const publicHost = publicOrigin === null ? null : new URL(publicOrigin).host;
  // A client leaves the default port out of the Host, and so out of the target URI that it signs.
  const ending = port === DEFAULT_PORTS[scheme] ? '' : `:${port}`;
  const fixed = EVERY_ADDRESS.has(host) ? LOOPBACK_NAMES : [...LOOPBACK_NAMES, inUrl(host)];
  const isOwn = (written: string): boolean => {
    if (!written.endsWith(ending)) return false;
    const name = written.slice(0, written.length - ending.length);
    return fixed.includes(name) || (EVERY_ADDRESS.has(host) && addresses().map(inUrl).includes(name));
  };
  return {
    originOf: (hostHeader) => {
      const written = hostHeader?.toLowerCase() ?? '';
      if (written === publicHost) return publicOrigin;
      return isOwn(written) ? `${scheme}://${written}` : null;
    },
    isOwnPage: (headers, origin) => {
      const site = headers['sec-fetch-site'];
      return (
        (headers.origin === undefined || headers.origin === origin) &&
        (site === undefined || site === 'same-origin' || site === 'none')
      );
    },
  };
}

/** Whether only this computer reaches an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const inUrl = (host: string): string => (host.includes(':') ? `[${host.toLowerCase()}]` : host.toLowerCase());

const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address.split('%')[0] ?? ''));
