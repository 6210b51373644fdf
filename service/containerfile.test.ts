import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { followContainerfile } from './testing/follow-containerfile.ts';

/** It bundles the service. */
const TIMEOUT_MS = 120_000;

let program: ChildProcess | null = null;
let folder = '';
afterEach(async () => {
  program?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it(
  'what the Containerfile says comes to a service that starts, is healthy, and runs as nobody',
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'endymail-container-'));
    const { root, env, user, entrypoint, healthcheck } = await followContainerfile(folder);
    expect([entrypoint[0], healthcheck[0], user]).toEqual(['node', 'node', '10001:10001']);
    expect((await readdir(root)).toSorted()).toEqual(['data', 'opt']);
    expect(await ended(entrypoint.slice(1), env)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('Others could reach 0.0.0.0') as string,
    });
    const configured = {
      ...env,
      ENDYMAIL_MESH_PORT: String(await freePort()),
      ENDYMAIL_MESH_TRUSTED_PROXIES: '192.0.2.1',
      ENDYMAIL_MESH_LOG: 'none',
    };
    expect((await ended(healthcheck.slice(1), configured)).code).toBe(1);
    const running = spawn(process.execPath, entrypoint.slice(1), { env: configured, cwd: '/', stdio: 'pipe' });
    program = running;
    await once(running.stdout, 'data');
    expect(await ended(healthcheck.slice(1), configured)).toEqual({ code: 0, complained: '' });
    expect((await readdir(join(root, 'data', 'mesh'))).includes('mesh.sqlite')).toBe(true);
    const exit = once(running, 'exit');
    running.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  },
  TIMEOUT_MS,
);

function ended(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly complained: string }> {
  return new Promise((resolve) => {
    const running = execFile(process.execPath, args, { env, cwd: '/' }, (_, __, complained) => {
      resolve({ code: running.exitCode ?? -1, complained });
    });
  });
}
