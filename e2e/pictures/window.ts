import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseEnv, requirePrograms, runProgram } from '../harness/index.ts';
import { CHECKOUT } from '../layers/checkout.ts';

/** `npm run pictures:window`: the pictures of the window in docs/using.md, of a real run of it. */

/** Those that the page shows; the run takes more. */
const SHOWN = [
  ...['choose', 'review', 'add-person', 'home', 'mailbox'],
  ...['join-digits', 'join-prompt', 'joined-there', 'devices'],
] as const;

/** The tests that take them: one window, then two. */
const TAKEN_BY = ['flows/pictures.spec.ts', 'flows/second-machine.spec.ts'] as const;

/** A screen of few colours looks the same with as many as these. */
const COLOURS = '128';
const RUN_LIMIT_MS = 300_000;

const FOLDER = join(CHECKOUT, 'docs', 'pictures');

requirePrograms('chromium', 'thunderbird', 'openssl', 'certutil', 'gnome-keyring-daemon', 'dbus-daemon', 'import');
mkdirSync(FOLDER, { recursive: true });
const taken = mkdtempSync(join(tmpdir(), 'endymail-pictures-'));
try {
  const playwright = join(CHECKOUT, 'node_modules', '@playwright', 'test', 'cli.js');
  await done(process.execPath, [
    ...[playwright, 'test', '--config', join(CHECKOUT, 'e2e', 'app')],
    ...['--output', join(taken, 'output'), ...TAKEN_BY],
  ]);
  for (const name of SHOWN) {
    const file = join(FOLDER, `${name}.png`);
    const reduced = ['-strip', '+dither', '-colors', COLOURS, '-define', 'png:compression-level=9'];
    await done('convert', [join(taken, `${name}.png`), ...reduced, file]);
    console.log(`${file} (${String(statSync(file).size)} bytes)`);
  }
} finally {
  rmSync(taken, { recursive: true });
}

async function done(program: string, args: readonly string[]): Promise<void> {
  const env = { ...baseEnv(), ENDYMAIL_PICTURES: taken };
  const run = await runProgram(program, args, { env, cwd: CHECKOUT, limitMs: RUN_LIMIT_MS });
  if (run.code !== 0) throw new Error(`${program}: ${run.stdout.toString()}${run.stderr.toString()}`);
}
