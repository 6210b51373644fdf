import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { upToDateWindow } from '../../app/build/window.mjs';
import { launch, type Application } from '../../e2e/app/launch.ts';

/** The name of the mark that is set when a person can begin: a mailbox is there, and its tick can be set. */
export const USABLE_MARK = 'usable';

const PLAIN_APP = fileURLToPath(new URL('./plain-app', import.meta.url));

/** Something must be painted, else there is no first paint. */
const EMPTY_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><p>Empty</p></html>\n';

/** Set after the frame in which the first tick that can be set was drawn: a message comes after the painting. */
const MARK_USABLE = `const seen = new MutationObserver(() => {
  if (document.querySelector('input[type=checkbox]:not(:disabled)') === null) return;
  seen.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark('${USABLE_MARK}');
    port2.postMessage(null);
  });
});
seen.observe(document, { childList: true, subtree: true });
`;

/** A running app, with its page, and when its start was asked for (milliseconds since 1970). */
export interface Launched extends AsyncDisposable {
  readonly app: Application;
  readonly page: Page;
  readonly askedAt: number;
}

export interface LaunchedOptions {
  readonly appFolder: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Starts an app on the host. */
export async function launched({ appFolder, args = [], env }: LaunchedOptions): Promise<Launched> {
  const askedAt = performance.timeOrigin + performance.now();
  const app = await launch({ appFolder, args, env, runtime: 'host' });
  return {
    app,
    page: await app.firstWindow(),
    askedAt,
    [Symbol.asyncDispose]: () => app.close(),
  };
}

/** Starts the plain app with a page of a folder. */
export const launchedPlain = (folder: string, path: string, env: Readonly<Record<string, string>>): Promise<Launched> =>
  launched({ appFolder: PLAIN_APP, args: [folder, path], env });

/** The window as it is built, with a script more in its page that sets the mark. Returns the app's folder. */
export async function markedWindow(into: string): Promise<string> {
  const folder = join(into, 'window');
  cpSync(await upToDateWindow(), folder, { recursive: true });
  const index = join(folder, 'renderer', 'index.html');
  const html = readFileSync(index, 'utf8');
  if (!html.includes('<head>')) throw new Error('The page has no head for the mark.');
  writeFileSync(index, html.replace('<head>', '<head><script src="./mark.js"></script>'));
  writeFileSync(join(folder, 'renderer', 'mark.js'), MARK_USABLE);
  return folder;
}

/** A folder with nothing but an empty page. */
export function emptyPage(into: string): string {
  const folder = join(into, 'empty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.html'), EMPTY_PAGE);
  return folder;
}
