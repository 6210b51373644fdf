import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startClient } from './client-process.ts';

const system = {
  platform: process.platform,
  homeDir: '/nowhere',
  env: { PATH: '/usr/bin:/bin' },
  now: () => new Date(),
};
/** Stands for the client: says its process id and lives on. */
const CLIENT = ['-c', 'echo $$ > "$0"; exec sleep 600'];

let folder: string;
let pidFile: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'endymail-leash-'));
  pidFile = path.join(folder, 'pid of "it"');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const pidOfClient = () =>
  vi.waitFor(
    async () => {
      const pid = Number(await readFile(pidFile, 'utf8'));
      expect(pid).toBeGreaterThan(0);
      return pid;
    },
    { timeout: 10_000 },
  );

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const isGone = (pid: number) =>
  vi.waitFor(
    () => {
      expect(isAlive(pid)).toBe(false);
    },
    { timeout: 10_000 },
  );

describe('a client that runs for us', () => {
  it('is told to end, and ends', async () => {
    const running = startClient('/bin/sh', [...CLIENT, pidFile], system);
    const pid = await pidOfClient();
    expect(running.signal.aborted).toBe(false);
    running.kill();
    await running.ended;
    await isGone(pid);
  });

  it('ends by itself, and that is seen', async () => {
    const running = startClient('/bin/sh', ['-c', 'exit 3'], system);
    await running.ended;
    expect(running.signal.aborted).toBe(true);
  });

  it('[SEC-24] [SEC-27] does not outlive an Endymail that is killed', async () => {
    const module = fileURLToPath(new URL('client-process.ts', import.meta.url));
    const program = `
      const { startClient } = await import(${JSON.stringify(module)});
      startClient('/bin/sh', ${JSON.stringify([...CLIENT, pidFile])}, { platform: process.platform, env: process.env });
      setInterval(() => {}, 1000);`;
    const endymail = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const pid = await pidOfClient();
    expect(isAlive(pid)).toBe(true);
    endymail.kill('SIGKILL');
    await isGone(pid);
  });
});
