import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const STARTER = fileURLToPath(new URL('../app/start/mesh.mjs', import.meta.url));

/** The first of them builds the bundle. */
const TIMEOUT_MS = 120_000;

let folder = '';
let program: ChildProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endymail-service-bundle-'));
});
afterEach(async () => {
  program?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it(
  'npm run mesh runs the bundle, with its store, and ends in order at a signal',
  async () => {
    const running = spawn(process.execPath, [STARTER, '--data', folder], {
      env: { ENDYMAIL_MESH_PORT: '0', ENDYMAIL_MESH_LOG: 'none' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    program = running;
    const [line] = (await once(running.stdout, 'data')) as [Buffer];
    const url = /^The mesh service answers at (http:\/\/127\.0\.0\.1:\d+) /.exec(String(line))?.[1] ?? '';
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
  TIMEOUT_MS,
);

it(
  'npm run mesh says why it does not run, and ends with the same code',
  async () => {
    const running = spawn(process.execPath, [STARTER, '--nothing'], { stdio: ['ignore', 'ignore', 'pipe'] });
    program = running;
    let said = '';
    running.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await once(running, 'close')).toEqual([2, null]);
    expect(said).toContain('--nothing');
  },
  TIMEOUT_MS,
);
