import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { baseEnv, runProgram } from '../harness/child.ts';

/** What `npm start` looks for Electron with, and what it needs. */
const FILES = ['app/start/electron-runtime.mjs', 'app/build/up-to-date.mjs'];

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const FETCHING = 'Fetching Electron for the window, once (about 120 MB) …\n';

let folder: string;

/** Another checkout, whose Electron is fetched by this script, a stand-in for the package's own. */
function checkoutWith(script: string): void {
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(CHECKOUT, file), join(folder, file));
  }
  mkdirSync(join(folder, 'node_modules', 'electron'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'electron', 'install.js'), script);
}

/** What is found, and what is said about it. */
async function electronAtHand(): Promise<readonly [found: unknown, said: string]> {
  const module = pathToFileURL(join(folder, 'app/start/electron-runtime.mjs')).href;
  const ask = `const { electronAtHand } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(await electronAtHand()));`;
  const run = await runProgram(process.execPath, ['--input-type=module', '-e', ask], { env: baseEnv() });
  return [JSON.parse(run.stdout.toString()), run.stderr.toString()];
}

test.describe('Electron, where it is not there', () => {
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'electron-download-'));
  });
  test.afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('is fetched once, with one line about it', async () => {
    checkoutWith(`const { mkdirSync, writeFileSync } = require('node:fs');
      console.log('much'); console.error('that nobody wants to read');
      mkdirSync(__dirname + '/dist');
      writeFileSync(__dirname + '/dist/electron', '');`);
    const program = join(folder, 'node_modules', 'electron', 'dist', 'electron');
    expect(await electronAtHand()).toEqual([program, FETCHING]);
    expect(await electronAtHand()).toEqual([program, '']);
  });

  test('is given up when nothing comes', async () => {
    checkoutWith('setInterval(() => {}, 1_000);');
    expect(await electronAtHand()).toEqual([null, FETCHING]);
  });
});
