/**
 * Chromium can be given no scheme of ours, so an address of one (`app://endymail/x`) is shown to it as an https address
 * of a name that can not exist (RFC 6761, `.test`): also a secure context with an origin of its own, and answered by
 * the host before anything is looked up.
 */
const SUFFIX = 'endymail-host.test';

const OF_A_SCHEME = /^([a-z][a-z0-9-]*):\/\/([^/?#]*)(.*)$/;
const OF_THE_PAGE = new RegExp(`^https://(.*)\\.([a-z][a-z0-9-]*)\\.${SUFFIX.replace('.', '\\.')}(?=[/?#]|$)`);

/** The scheme of an address, without the colon; empty where it has none. */
export const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** What Chromium is shown for an address of the app; `schemes` are those that the app has registered. */
export function toPageAddress(url: string, schemes: ReadonlySet<string>): string {
  const [, scheme = '', host = '', rest = ''] = OF_A_SCHEME.exec(url) ?? [];
  return schemes.has(scheme) ? `https://${host}.${scheme}.${SUFFIX}${rest}` : url;
}

/** The address as the app knows it, for one that Chromium shows. */
export const toAppAddress = (url: string): string => url.replace(OF_THE_PAGE, '$2://$1');

/** The origin of an address of the app, as Electron writes it: "app://endymail"; "null" where there is none. */
export function originOf(url: string): string {
  const [, scheme = '', host = ''] = OF_A_SCHEME.exec(url) ?? [];
  return host === '' ? 'null' : `${scheme}://${host}`;
}
