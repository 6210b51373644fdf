/**
 * `npm start`: opens the window, on Electron where it can be had, else in the system's Chromium; where neither is, or no
 * display, it goes through the same steps in the terminal.
 * Only syntax that Node 18 reads may stand in this file.
 */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtOrSaid, runCommandLine } from '../../main/cli/bin/command-line.mjs';
import { endAs, underNewEnoughNode } from '../../main/cli/bin/new-enough-node.mjs';

const HELP = `Usage: npm start [-- OPTIONS]

Opens the window of Endymail. It needs Electron, which is fetched at the first start, or a Chromium, Chrome, Edge or
Brave on this computer. Without them, or without a display, it asks the same in the terminal.

Options:
  --home <folder>           Endymail's own folder
  --user-data-dir <folder>  the folder of what the window itself remembers
  mesh:…                    a link to open
  --help                    show this

The commands for scripts: npx --no-install endymail --help`;

const SELF = realpathSync(fileURLToPath(import.meta.url));
const HOST = fileURLToPath(new URL('../../e2e/host/run.ts', import.meta.url));

await underNewEnoughNode(SELF, async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) console.log(HELP);
  else if (hasDisplay()) await openWindow(args);
  else await walk(args);
});

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
}

async function openWindow(args) {
  const { electronAtHand } = await import('./electron-runtime.mjs');
  const electron = await electronAtHand();
  if (electron !== null) {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    await startWindow(electron, asRoot, args);
    return;
  }
  const { findChromium } = await import('../../e2e/host/chromium/program.ts');
  const chromium = findChromium();
  if (chromium === null) {
    say('There is neither Electron nor a Chromium, Chrome, Edge or Brave for the window, so it goes on here.');
    await walk(args);
    return;
  }
  say(`The window opens in ${chromium.name} (${chromium.path}), since Electron is not at hand.`);
  await startWindow(process.execPath, [HOST, '--visible'], args);
}

async function startWindow(program, before, args) {
  const folder = await builtOrSaid(async () => {
    const { upToDateWindow } = await import('../build/window.mjs');
    return upToDateWindow();
  });
  if (folder === null) {
    process.exitCode = 1;
    return;
  }
  const child = spawn(program, [...before, folder, ...args], {
    stdio: 'inherit',
    // How the window has itself started with the computer, if the person wants it.
    env: { ...process.env, ENDYMAIL_START_COMMAND: JSON.stringify([process.execPath, SELF]) },
  });
  endAs(child);
}

/** The guided walk, which knows of the options the home alone. */
async function walk(args) {
  const at = args.findIndex((argument) => argument === '--home' || argument.startsWith('--home='));
  const home = at === -1 ? [] : args[at] === '--home' ? args.slice(at, at + 2) : [args[at]];
  process.exitCode = await runCommandLine(home);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
