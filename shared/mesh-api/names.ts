import { err, failure, ok, type Failure, type Result } from '../result/index.ts';

/** Where an account is kept, as a person writes it: `alice@mesh.example.org`, `alice@192.0.2.7:4433`. */
export interface AccountName {
  /** Before the @: what the service knows the account by. */
  readonly local: string;
  /** A domain, an IPv4 address, or an IPv6 address in brackets: as it stands in a URL. */
  readonly host: string;
  /** Null: that of HTTPS. */
  readonly port: number | null;
  /** All of it, in the one way in which it is written. */
  readonly text: string;
}

/** The port of a mesh service whose name says no other. */
export const MESH_PORT = 4_433;

const LOCAL_MAX_CHARS = 64;
/** RFC 1035 §2.3.4, without the root's dot. */
const DOMAIN_MAX_CHARS = 253;
/** The longest name: 64, @, a domain, and a port. */
const NAME_MAX_CHARS = LOCAL_MAX_CHARS + DOMAIN_MAX_CHARS + 7;

// Only what looks like itself: letters of other scripts that look like these are other people's names.
const LOCAL = /^[a-z0-9]([a-z0-9_-]|\.(?!\.))*$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const PLACE = /^(.+?|\[.+\])(?::([1-9][0-9]{0,4}))?$/;
const PORT_MAX = 65_535;

/** Whether a service may know an account by this: small letters, digits, dot, dash, underscore. */
export function isLocalName(text: string): boolean {
  return text.length <= LOCAL_MAX_CHARS && LOCAL.test(text) && !text.endsWith('.');
}

/** Parses what a person typed. Capital letters are taken as small ones. Errors: `account-name-invalid`. */
export function parseAccountName(input: string): Result<AccountName, Failure> {
  const invalid = err(failure('account-name-invalid'));
  const written = input.trim();
  // Before lower case is made: that turns the Kelvin sign (U+212A) into a k.
  if (written.length > NAME_MAX_CHARS || !/^[\x21-\x7e]+$/.test(written)) return invalid;
  const text = written.toLowerCase();
  const at = text.indexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const [, host = '', digits] = PLACE.exec(text.slice(at + 1)) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (!isLocalName(local) || !isHost(host) || (port !== null && port > PORT_MAX)) return invalid;
  return ok({ local, host, port, text });
}

/** Where the service of a name says what it is (docs/protocol.md §8). */
export function wellKnownUrl({ host, port }: Pick<AccountName, 'host' | 'port'>): string {
  return `https://${host}${port === null ? '' : `:${port}`}/.well-known/mesh`;
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return host.endsWith(']') && isIpv6(host.slice(1, -1));
  // A last label of digits is an address to every browser (WHATWG URL, "ends in a number"), so it must be a whole one.
  if (/(^|\.)(\d+|0x[0-9a-f]*)$/.test(host)) return isIpv4(host);
  return host.length <= DOMAIN_MAX_CHARS && DOMAIN.test(host);
}

const isIpv4 = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
  text.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

const IPV6_GROUPS = 8;

/** RFC 4291 §2.2, without zone and without an IPv4 tail. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const enough = halves.length === 2 ? groups.length < IPV6_GROUPS : groups.length === IPV6_GROUPS;
  return enough && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group));
}
