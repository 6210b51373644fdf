/** Electron's runtime: npm brings the package without it, and it is fetched when it is wanted. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { ROOT } from '../build/up-to-date.mjs';

const PACKAGE = join(ROOT, 'node_modules', 'electron');
const CACHE = join(ROOT, 'node_modules', '.cache', 'endymail');

/** Electron fetches through a temporary folder; this one, so that it is seen whether anything comes. */
const DOWNLOAD = join(CACHE, 'electron-download');

/** Says that it could not be fetched, by its time. */
const FAILED = join(CACHE, 'electron-download-failed');

/** A download from which nothing comes for so long is given up. */
const NO_PROGRESS_MAX_MS = 20_000;
const LOOK_EVERY_MS = 250;

/** After a download that failed, the next is tried no earlier. */
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

/** Electron's program; null where its runtime is not on this computer. */
export function electronProgram() {
  const place = join(PACKAGE, 'path.txt');
  const name = existsSync(place) ? readFileSync(place, 'utf8') : 'electron';
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(PACKAGE, 'dist');
  const program = join(folder, name);
  return existsSync(program) ? program : null;
}

/** Electron's program, fetched where it is not there; null where it can not be had. */
export async function electronAtHand() {
  const program = electronProgram();
  // Whoever says where it is does not want another one.
  const isChosen = process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined;
  if (program !== null || isChosen || !existsSync(PACKAGE) || hasFailedLately()) return program;
  process.stderr.write('Fetching Electron for the window, once (about 120 MB) …\n');
  const fetched = await fetchElectron();
  if (!fetched) writeFileSync(FAILED, '');
  return electronProgram();
}

function hasFailedLately() {
  const failed = statSync(FAILED, { throwIfNoEntry: false });
  return failed !== undefined && Date.now() - failed.mtimeMs < TRY_AGAIN_AFTER_MS;
}

/** Has the package fetch its runtime; false when that failed or nothing came any more. */
async function fetchElectron() {
  mkdirSync(DOWNLOAD, { recursive: true });
  const folder = { TMPDIR: DOWNLOAD, TEMP: DOWNLOAD, TMP: DOWNLOAD };
  const child = spawn(process.execPath, [join(PACKAGE, 'install.js')], {
    stdio: 'ignore',
    env: { ...process.env, ...folder },
  });
  const watch = endWithoutProgress(child);
  const ended = await new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
  clearInterval(watch);
  rmSync(DOWNLOAD, { recursive: true, force: true });
  return ended;
}

function endWithoutProgress(child) {
  let came = 0;
  let since = Date.now();
  return setInterval(() => {
    const size = sizeOf(DOWNLOAD) + sizeOf(join(PACKAGE, 'dist'));
    if (size !== came) since = Date.now();
    came = size;
    if (Date.now() - since > NO_PROGRESS_MAX_MS) child.kill('SIGKILL');
  }, LOOK_EVERY_MS);
}

/** What the files below a folder have together, in bytes; files may come and go while it is counted. */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
