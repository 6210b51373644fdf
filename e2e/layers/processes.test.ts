import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endProcesses, processesOfRun, waitForQuiet } from './processes.ts';

let folder: string;
let child: ChildProcess | null = null;

const start = async (parameters: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)', '--', ...parameters], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout!, 'data');
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

describe('processes of a run', () => {
  it('are known by the folder in their environment', async () => {
    await start([], { HOME: join(folder, 'alice') });
    const [found] = processesOfRun(folder);
    expect(found?.pid).toBe(child?.pid);
    expect(found?.command).toContain('setInterval');
  });

  it('are known by the folder in their command line', async () => {
    await start(['--profile', join(folder, 'alice')], {});
    expect(processesOfRun(folder).map(({ pid }) => pid)).toEqual([child?.pid]);
  });

  it('are waited for no longer than the limit, and ended', async () => {
    await start([], { HOME: folder });
    const left = await waitForQuiet(folder, 200);
    expect(left).toHaveLength(1);
    endProcesses(left);
    expect(await waitForQuiet(folder, 5_000)).toEqual([]);
  });
});
