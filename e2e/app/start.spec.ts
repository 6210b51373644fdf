import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram, startProgram } from '../harness/child.ts';
import { startDisplay, type Display } from '../harness/display.ts';
import { requirePrograms } from '../harness/programs.ts';
import type { TestHome } from '../harness/test-home.ts';
import { expect, test } from './fixtures.ts';

/** What `npm start` runs. */
const START = fileURLToPath(new URL('../../app/start/start.mjs', import.meta.url));

/** The window may have to be built first. */
const BUILD_LIMIT_MS = 60_000;

/** A computer without Electron's runtime, and from which none is fetched. */
const WITHOUT_ELECTRON = Object.freeze({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' });

const start = (home: TestHome, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runProgram(process.execPath, [START, ...args], { env: { ...home.env, ...WITHOUT_ELECTRON, ...env } });

/** A PATH on which there is this Node and no browser. */
function pathWithoutBrowser(home: TestHome): string {
  const folder = join(home.scratchFolder, 'bin');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  return folder;
}

test.describe('npm start', () => {
  test.setTimeout(2 * BUILD_LIMIT_MS);

  test('opens the window on the display, once for a person, and ends with it', async ({ home }) => {
    requirePrograms('Xvfb', 'xdotool', 'chromium');
    await using display: Display = await startDisplay();
    const env = { ...home.env, ...WITHOUT_ELECTRON, DISPLAY: display.name };
    const logFile = join(home.scratchFolder, 'start.log');
    const first = startProgram(process.execPath, [START], { env, logFile });
    const ended = once(first, 'exit');
    const window = await display.findWindow('Endymail', BUILD_LIMIT_MS);

    const second = await start(home, { DISPLAY: display.name });
    expect([second.code, second.stderr.toString()]).toEqual([0, expect.stringMatching(/^The window opens in /)]);

    await display.pressKey(window, 'ctrl+w');
    expect(await ended).toEqual([0, null]);
    const left = readdirSync(join(home.folder, '.config'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.includes('chromium-'))).toEqual([]);
  });

  test('opens it on Electron where that is, and says how the computer starts it again', async ({ home }) => {
    const folder = join(home.scratchFolder, 'electron');
    const told = join(home.scratchFolder, 'told');
    mkdirSync(folder);
    const standIn = `#!/bin/sh\nprintf '%s\\n' "$ENDYMAIL_START_COMMAND" "$@" > '${told}'\nexit 7\n`;
    writeFileSync(join(folder, 'electron'), standIn, { mode: 0o755 });
    const run = await start(home, { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder }, '--hidden');
    expect(run.code).toBe(7);
    const [command = '', ...args] = readFileSync(told, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(command)).toEqual([process.execPath, START]);
    expect(args.filter((argument) => argument !== '--no-sandbox')).toEqual([expect.any(String), '--hidden']);
  });

  test('goes on in the terminal where there is nothing to open a window with', async ({ home }) => {
    const run = await start(home, { DISPLAY: ':99', PATH: pathWithoutBrowser(home) }, '--home', home.endymailFolder);
    expect(run.stderr.toString()).toMatch(
      /^There is neither Electron nor a Chromium, .* for the window, so it goes on here\.\n/,
    );
    expect(run.stderr.toString()).toContain('Thunderbird');
    expect(run.code).toBe(5);
  });

  test('asks in the terminal where there is no display, without a word about it', async ({ home }) => {
    const run = await start(home, {}, 'mesh:a-link');
    expect(run.stderr.toString()).not.toContain('window');
    expect(run.code).toBe(5);
  });

  test('says how it is used', async ({ home }) => {
    const run = await start(home, { DISPLAY: ':99' }, '--help');
    expect([run.code, run.stderr.toString()]).toEqual([0, '']);
    expect(run.stdout.toString()).toMatch(/^Usage: npm start .*--home <folder>.*mesh:/s);
  });
});
