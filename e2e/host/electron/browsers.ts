import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { removeLeftProfiles, startChromium, type Chromium, type WindowShape } from '../chromium/launch.ts';
import { prepareContext } from './requests.ts';
import { complain, hostSettings } from './host.ts';

/** A page of the host's, and the browser that it is in. */
export interface OpenedPage {
  readonly page: Page;
  close(): Promise<void>;
}

const running = new Set<Promise<Chromium>>();
let shared: Promise<Chromium> | null = null;
let firstIsTaken = false;

/**
 * Opens an empty page for a window. Windows that a person sees have a browser each, which ends with its window; those
 * of tests are pages of one.
 */
export async function openPage(userData: string, shape: WindowShape): Promise<OpenedPage> {
  const folder = join(userData, 'host');
  if (hostSettings().visible) {
    const browser = await start(folder, shape);
    return { page: await firstPage(browser.context), close: () => browser.close() };
  }
  const { context } = await sharedBrowser(userData);
  // Chromium comes with an empty page.
  const page = firstIsTaken ? await context.newPage() : await takeFirst(context);
  await page.setViewportSize({ width: shape.width, height: shape.height });
  return { page, close: () => page.close() };
}

/** The one browser of a host without windows to see. */
export function sharedBrowser(userData: string): Promise<Chromium> {
  shared ??= start(join(userData, 'host'), null);
  return shared;
}

/** Removes what browsers left that were killed with their host. Only where no other host is on the folder. */
export function removeLeftBrowsers(userData: string): void {
  if (running.size === 0) removeLeftProfiles(join(userData, 'host'));
}

/** Ends every browser that was started. */
export async function endBrowsers(): Promise<void> {
  await Promise.all([...running].map(async (browser) => (await browser).close()));
}

function start(folder: string, window: WindowShape | null): Promise<Chromium> {
  const starting = startChromium({ folder, window }).then(async (browser) => {
    await prepareContext(browser.context);
    // Also where the person closed it: its profile goes before this process does.
    browser.context.on('close', () => {
      void browser
        .close()
        .catch((error: unknown) => {
          complain('the profile of a window', error);
        })
        .finally(() => running.delete(starting));
    });
    return browser;
  });
  running.add(starting);
  return starting;
}

function takeFirst(context: BrowserContext): Promise<Page> {
  firstIsTaken = true;
  return firstPage(context);
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}
