import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeCanary } from './canary.ts';
import { checkCanary, checkNothingLeftBehind, checkNothingRunning } from './closing.ts';
import { createTestGround, type TestGround } from './test-ground.ts';

let ground: TestGround;
let before: readonly string[];

beforeEach(async () => {
  ground = await createTestGround();
  before = await describeCanary(ground.home);
});

afterEach(() => {
  ground.remove();
});

describe('the closing checks', () => {
  it('pass when the tests left nothing', async () => {
    expect(await checkCanary(ground, before)).toMatchObject({ passed: 1, failed: 0 });
    expect(checkNothingLeftBehind(ground)).toMatchObject({ passed: 1, failed: 0 });
    expect(await checkNothingRunning(ground)).toMatchObject({ passed: 1, failed: 0 });
  });

  it('fail when a test changed the profile in the home of the run', async () => {
    await appendFile(join(ground.home, '.thunderbird/canary00.default-esr/prefs.js'), '// ours\n');
    const outcome = await checkCanary(ground, before);
    expect(outcome).toMatchObject({ passed: 0, failed: 1 });
    expect(outcome.output).toContain('prefs.js');
  });

  it('fail when a test put data of Endymail into the home of the run', async () => {
    await mkdir(join(ground.home, '.local/share/endymail'), { recursive: true });
    expect((await checkCanary(ground, before)).output).toContain('.local/share/endymail');
  });

  it('fail when a temporary file was forgotten', async () => {
    await writeFile(join(ground.temporary, 'key.p12'), '');
    expect(checkNothingLeftBehind(ground).output).toContain('key.p12');
  });

  it('fail when a program was forgotten, and end it', async () => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], {
      env: ground.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    const outcome = await checkNothingRunning(ground);
    expect(outcome).toMatchObject({ passed: 0, failed: 1 });
    expect(outcome.output).toContain(String(child.pid));
    await ended;
  }, 20_000);
});

describe('the ground of a run', () => {
  it('has nothing of the person in its environment, and goes without a trace', () => {
    for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'XDG_DATA_HOME']) {
      expect(ground.env[name]).toBeUndefined();
    }
    expect(ground.env['HOME']).toBe(ground.home);
    expect(ground.env['TMPDIR']).toBe(ground.temporary);
    ground.remove();
    expect(existsSync(ground.folder)).toBe(false);
  });
});
