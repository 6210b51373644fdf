import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The page's own origin: a secure context without a server, and without what `file:` may do. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://endymail`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready. */
export const PAGE_PRIVILEGES = Object.freeze({
  scheme: PAGE_SCHEME,
  privileges: Object.freeze({ standard: true, secure: true, supportFetchAPI: true }),
});

/** The page runs its own files, and reaches nothing: what it wants of the world it asks of the shell. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What every answer carries, also a refusal. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
});

const MEDIA_TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
});

/**
 * Answers the page's requests from the files that lie in `folder` now, and with nothing else: what is not in the list
 * that is made here does not exist, however its path is written.
 */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  const files = new Map(filesBelow(folder, ''));
  return async (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== PAGE_ORIGIN) return refusal(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const path = files.get(url.pathname);
    const mediaType = MEDIA_TYPES[extname(url.pathname)];
    if (path === undefined || mediaType === undefined) return refusal(404);
    const content = request.method === 'HEAD' ? null : new Uint8Array(await readFile(path));
    return new Response(content, { headers: { ...PAGE_HEADERS, 'content-type': mediaType } });
  };
}

const refusal = (status: number): Response => new Response(null, { status, headers: PAGE_HEADERS });

function filesBelow(folder: string, prefix: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    const name = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path, name);
    return entry.isFile() ? [[name, path]] : [];
  });
}
