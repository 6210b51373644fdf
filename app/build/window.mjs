/** The bundles of the window: Electron's main process, the preload, the agent's process, the page. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_ENTRIES, bundleForNode } from './node-bundle.mjs';
import { ROOT, upToDateFolder } from './up-to-date.mjs';

const SHELL = join(ROOT, 'main', 'shell');

/** The pictures that the shell shows; the others are for the installers. */
const PICTURES = ['icon.png', 'tray'];

/** The folder of the app for the sources as they are now, as `electron <folder>` takes it. */
export function upToDateWindow() {
  return upToDateFolder({
    name: 'window',
    sources: ['shared', 'main', 'service', 'renderer', 'assets', 'app/package.json', 'package.json'],
    entry: 'package.json',
    build: buildWindow,
  });
}

/** Builds the app into a folder, whatever is there already. */
export async function buildWindow(folder) {
  const shell = join(folder, 'shell');
  // One after the other: each takes what the machine has.
  await bundleForNode({
    entries: {
      main: join(SHELL, 'main.ts'),
      'agent-process': join(SHELL, 'agent-process.ts'),
      ...SERVICE_ENTRIES,
    },
    folder: shell,
  });
  await bundleForNode({ entries: { preload: join(SHELL, 'preload.ts') }, folder: shell, format: 'cjs' });
  await bundlePage(join(folder, 'renderer'));
  for (const name of PICTURES) cpSync(join(ROOT, 'assets', name), join(folder, 'assets', name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

async function bundlePage(folder) {
  const { build } = await import('vite');
  await build({
    configFile: join(ROOT, 'renderer', 'vite.config.mjs'),
    mode: 'production',
    logLevel: 'silent',
    build: { outDir: folder, sourcemap: false },
  });
}

/** What Electron reads of the app. */
function manifest() {
  const { version } = readJson('package.json');
  return { ...readJson('app/package.json'), version };
}

const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
