import type { BrowserContext, Page, Request as PageRequest, Route } from 'playwright';
import { schemeOf, toAppAddress } from '../addresses.ts';
import { record } from '../records.ts';
import { complain } from './host.ts';
import { schemes } from './protocol.ts';
import { asksBeforeRequest } from './session.ts';

/** What the host knows of the pages of its windows. */
export interface PageOwner {
  /** Whether a page may go to this address (of the app), which it was not sent to by the app. */
  mayNavigate(page: Page, url: string, isMainFrame: boolean): boolean;
  isOwn(page: Page): boolean;
}

let owner: PageOwner | null = null;

/** The windows say so once, before the first is opened. */
export function ownPages(pages: PageOwner): void {
  owner = pages;
}

/** Has every request of a browser answered by the host or asked for. */
export async function prepareContext(context: BrowserContext): Promise<void> {
  await context.route('**/*', (route) => answer(route));
}

async function answer(route: Route): Promise<void> {
  const request = route.request();
  const url = toAppAddress(request.url());
  try {
    if (request.isNavigationRequest() && !mayGo(route, url)) {
      await route.abort('aborted');
      return;
    }
    const cancelled = await asksBeforeRequest(request.method(), url, resourceTypeOf(request));
    const handler = schemes.get(schemeOf(url));
    if (handler === undefined) record({ kind: 'request', url, cancelled });
    if (cancelled) await route.abort('blockedbyclient');
    else if (handler !== undefined) await fulfil(route, await handler(requestOf(route, url)));
    // Nothing is looked up (see chromium/launch.ts), but that the page tried is known.
    else await route.continue();
  } catch (error) {
    complain(url, error);
    await route.abort('failed').catch(() => undefined);
  }
}

function mayGo(route: Route, url: string): boolean {
  const request = route.request();
  const page = pageOf(route);
  if (page === null || owner?.isOwn(page) !== true) return false;
  return owner.mayNavigate(page, url, request.frame() === page.mainFrame());
}

/** A page that has just been opened has no frame that could be asked for. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}

function requestOf(route: Route, url: string): Request {
  const request = route.request();
  const body = request.postDataBuffer();
  const init = { method: request.method(), headers: request.headers() };
  return new Request(url, body === null ? init : { ...init, body: new Uint8Array(body) });
}

async function fulfil(route: Route, response: Response): Promise<void> {
  // Chromium would follow it to where the host does not look.
  if (response.status >= 300 && response.status < 400) throw new Error('The host offers no redirection of a scheme.');
  const body = Buffer.from(await response.arrayBuffer());
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
}

/** Electron's names, where they differ from Playwright's. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = Object.freeze({ fetch: 'xhr', websocket: 'webSocket' });

function resourceTypeOf(request: PageRequest): string {
  const type = request.resourceType();
  if (type !== 'document') return RESOURCE_TYPES[type] ?? type;
  return request.frame().parentFrame() === null ? 'mainFrame' : 'subFrame';
}
