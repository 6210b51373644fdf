#!/usr/bin/env node
/**
 * The command as npm links it: plain JavaScript, so that it is there and runs straight after `npm ci --ignore-scripts`.
 * It finds a Node that is new enough, builds the bundle when a source is newer, and hands over.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What `engines` in package.json says; node:sqlite and Error-free type stripping are there from here on. */
const NODE_MIN_MAJOR = 24;

/** Set for the process that this one starts, so that a Node that is still too old can not start itself for ever. */
const RESTARTED = 'ENDYMAIL_RESTARTED';

/** Only syntax that Node 20 reads may stand in this file. */
async function main() {
  if (Number(process.versions.node.split('.')[0]) < NODE_MIN_MAJOR) {
    restartUnderInstalledNode();
    return;
  }
  delete process.env[RESTARTED];
  const { upToDateBundle } = await import('./build.mjs');
  const bundle = await upToDateBundle();
  const { main: run } = await import(pathToFileURL(bundle).href);
  process.exitCode = await run(process.argv.slice(2));
}

/** npm installs a Node of its own for this platform beside us (optional dependencies of the root package). */
function restartUnderInstalledNode() {
  const node = process.env[RESTARTED] ? null : installedNode();
  if (node === null) {
    console.error(
      `Endymail needs Node ${NODE_MIN_MAJOR} or newer; this is ${process.versions.node}. Install it from https://nodejs.org, then run this again.`,
    );
    process.exitCode = 1;
    return;
  }
  const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RESTARTED]: '1' },
  });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
}

function installedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`);
    const node = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(node) ? node : null;
  } catch {
    return null;
  }
}

await main();
