import { test as base, expect, type Page } from '@playwright/test';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { AppChange } from '@endymail/shared/ipc';
import { PAGE_HEADERS } from '../../../main/shell/page-protocol.ts';
import type { FakeWindow } from '../../../renderer/testing/fake-window.ts';
import { chromiumLaunch } from '../../harness/chromium.ts';

/**
 * The page without a shell: its named scenes in a plain browser, under the same headers as in the window. They are built
 * once for all the specs of a worker.
 */

declare global {
  interface Window {
    fake?: FakeWindow;
  }
}

/** One call that the page made of the shell. */
export interface SceneCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface Scene {
  readonly page: Page;
  /** What the page wrote to its console that is an error or a warning: refused by its policy, or a mistake. */
  readonly complaints: readonly string[];
  /** The calls that the page made, without the snapshot at the start. */
  readonly calls: () => Promise<readonly SceneCall[]>;
  /** The shell says that something has changed. */
  readonly change: (change: AppChange) => Promise<void>;
}

interface Fixtures {
  /** Opens a scene and waits until it stands. */
  readonly openScene: (name: string) => Promise<Scene>;
}

interface WorkerFixtures {
  /** Where the scenes are. */
  readonly scenesUrl: string;
}

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
});

export const test = base.extend<Fixtures, WorkerFixtures>({
  // The browser is the system's, as for every test here.
  launchOptions: [{ ...chromiumLaunch(), args: [...chromiumLaunch().args] }, { scope: 'worker' }],
  viewport: { width: 960, height: 640 },

  scenesUrl: [
    // Playwright reads from the pattern which fixtures this one needs: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'scenes-'));
      await build({
        configFile: fileURLToPath(new URL('../../../renderer/vite.config.mjs', import.meta.url)),
        mode: 'scenes',
        logLevel: 'error',
        build: { outDir: folder },
      });
      const server = serve(folder);
      await use(await addressOf(server));
      server.close();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  openScene: async ({ page, scenesUrl }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(async (name) => {
      await page.goto(`${scenesUrl}/testing/scenes.html?scene=${name}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      return {
        page,
        complaints,
        calls: async () => {
          const calls = await page.evaluate(() => window.fake?.calls ?? []);
          return calls.filter((call) => call.name !== 'snapshot');
        },
        change: async (change) => {
          await page.evaluate((changed) => window.fake?.change(changed), change);
        },
      };
    });
  },
});

export { expect };

function serve(folder: string): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(folder, path)).then(
      (content) => {
        response.writeHead(200, { ...PAGE_HEADERS, 'content-type': TYPES[extname(path)] ?? 'text/plain' });
        response.end(content);
      },
      // The browser asks for a favicon by itself; nothing there is no complaint.
      () => response.writeHead(204).end(),
    );
  });
}

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The scenes are served at no port.');
  return `http://127.0.0.1:${address.port}`;
}
