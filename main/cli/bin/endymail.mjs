#!/usr/bin/env node
/**
 * The command as npm links it: plain JavaScript, so that it is there and runs straight after `npm ci --ignore-scripts`.
 * It finds a Node that is new enough, builds the bundle when a source has changed, and hands over.
 * Only syntax that Node 18 reads may stand in this file.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { underNewEnoughNode } from './new-enough-node.mjs';

async function main() {
  const bundle = await bundlePath();
  if (bundle === null) return;
  const { main: run } = await import(pathToFileURL(bundle).href);
  process.exitCode = await run(process.argv.slice(2));
}

async function bundlePath() {
  try {
    const { upToDateCommandLine } = await import('../../../app/build/command-line.mjs');
    return await upToDateCommandLine();
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND';
    console.error(
      missing ? 'Endymail is not installed completely. Run npm ci in its folder, then try again.' : error.message,
    );
    process.exitCode = 1;
    return null;
  }
}

await underNewEnoughNode(realpathSync(fileURLToPath(import.meta.url)), main);
