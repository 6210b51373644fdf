#!/usr/bin/env node
/**
 * The command as npm links it: plain JavaScript, so that it is there and runs straight after `npm ci --ignore-scripts`.
 * It finds a Node that is new enough, builds the bundle when a source has changed, and hands over.
 * Only syntax that Node 18 reads may stand in this file.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What `engines` in package.json says. */
const NODE_MIN = [24, 15];

/** Set for the process that this one starts, so that a Node that is still too old can not start itself for ever. */
const RESTARTED = 'ENDYMAIL_RESTARTED';

const SELF = realpathSync(fileURLToPath(import.meta.url));

async function main() {
  if (isOld(process.versions.node)) {
    restartUnderInstalledNode();
    return;
  }
  delete process.env[RESTARTED];
  const bundle = await bundlePath();
  if (bundle === null) return;
  const { main: run } = await import(pathToFileURL(bundle).href);
  process.exitCode = await run(process.argv.slice(2));
}

async function bundlePath() {
  try {
    const { upToDateBundle } = await import('./build.mjs');
    return await upToDateBundle();
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND';
    console.error(
      missing ? 'Endymail is not installed completely. Run npm ci in its folder, then try again.' : error.message,
    );
    process.exitCode = 1;
    return null;
  }
}

/** npm installs a Node for this platform beside us (optional dependencies of the root package). */
function restartUnderInstalledNode() {
  const node = process.env[RESTARTED] ? null : installedNode();
  if (node === null) {
    console.error(
      `Endymail needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}. Install it from https://nodejs.org, then run this again.`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [SELF, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RESTARTED]: '1' },
  });
  // A terminal sends Ctrl+C to both; the child decides how to end, and this process ends with it.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    if (signal === null) {
      process.exitCode = status;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function installedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const place = join('node_modules', `node-${platform}-${process.arch}`, 'bin', program);
  for (let folder = dirname(SELF); ; folder = dirname(folder)) {
    if (existsSync(join(folder, place))) return join(folder, place);
    if (folder === dirname(folder)) return null;
  }
}

function isOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1]);
}

await main();
