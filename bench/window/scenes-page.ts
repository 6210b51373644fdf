import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { build } from 'vite';
import type { AppChange } from '@endymail/shared/ipc';
import type { FakeWindow } from '../../renderer/testing/fake-window.ts';
import { launchedPlain, type Launched } from './launches.ts';
import { installPageWatch } from './page-watch.ts';

declare global {
  interface Window {
    fake?: FakeWindow;
  }
}

const VITE_CONFIG = fileURLToPath(new URL('../../renderer/vite.config.mjs', import.meta.url));
const PAGE = 'testing/scenes.html';

/** Builds the scenes of the page below a folder. Returns where they are. */
export async function builtScenes(into: string): Promise<string> {
  const outDir = join(into, 'scenes');
  await build({ configFile: VITE_CONFIG, mode: 'scenes', logLevel: 'error', build: { outDir } });
  return outDir;
}

/** The scenes in a window, under the scheme and the headers of the app. */
export const launchedScenes = (folder: string, env: Readonly<Record<string, string>>): Promise<Launched> =>
  launchedPlain(folder, PAGE, env);

/** Opens a scene anew and watches it. */
export async function openScene(page: Page, name: string): Promise<void> {
  await page.goto(new URL(`?scene=${name}`, page.url()).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(installPageWatch);
}

/** The shell says that something has changed; until it is painted, in milliseconds. */
export async function change(page: Page, changed: AppChange): Promise<number> {
  return await page.evaluate(async (told) => {
    const { fake, watch } = window;
    if (fake === undefined || watch === undefined) throw new Error('No scene is open.');
    return watch.timePainted(() => {
      fake.change(told);
    });
  }, changed);
}
