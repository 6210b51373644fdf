/**
 * A program of ours that a person starts may find itself under a Node that is too old; it goes on under the one that npm
 * installed beside it. Only syntax that Node 18 reads may stand in this file.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `engines` in package.json says. */
const NODE_MIN = [24, 15];

/** Set for the process that this one starts, so that a Node that is still too old can not start itself for ever. */
const RESTARTED = 'ENDYMAIL_RESTARTED';

/**
 * Runs `main` where this Node is new enough. Else it starts the program anew under the installed Node and ends as that
 * one does; without one it says what to install.
 *
 * @param {string} program the file that was started
 * @param {() => Promise<void>} main
 */
export async function underNewEnoughNode(program, main) {
  if (isOld(process.versions.node)) {
    restartUnderInstalledNode(program);
    return;
  }
  delete process.env[RESTARTED];
  await main();
}

/** npm installs a Node for this platform beside us (optional dependencies of the root package). */
function restartUnderInstalledNode(program) {
  const node = process.env[RESTARTED] ? null : installedNode(program);
  if (node === null) {
    console.error(
      `Endymail needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}. Install it from https://nodejs.org, then run this again.`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RESTARTED]: '1' },
  });
  endAs(child);
}

/**
 * Hands the signals of this process on to a child that goes on in its place, and ends as that one does.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function endAs(child) {
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

function installedNode(program) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const place = join('node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  for (let folder = dirname(program); ; folder = dirname(folder)) {
    if (existsSync(join(folder, place))) return join(folder, place);
    if (folder === dirname(folder)) return null;
  }
}

function isOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1]);
}
