import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure, Result } from '@endymail/shared/result';
import {
  guardProfile,
  isProfileRunning,
  type ProfileGuard,
} from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import type { System } from '../../main/agent/system.ts';
import {
  createTestHome,
  createThunderbirdProfile,
  requirePrograms,
  runProgram,
  startProgram,
  startThunderbird,
  THUNDERBIRD_PROGRAM,
  thunderbirdEnv,
  until,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';
import { withoutWriting } from './without-writing.ts';

requirePrograms('thunderbird');

let home: TestHome;
let profile: TestProfile;
let system: System;

beforeAll(() => {
  home = createTestHome('lock');
  profile = createThunderbirdProfile({
    home,
    name: 'with spaces.üñ',
    identities: [{ address: 'alice@example.test', name: 'Alice' }],
    smtpPort: 9,
  });
  system = { platform: process.platform, homeDir: home.folder, env: {}, now: () => new Date() };
});

afterAll(() => home.dispose());

const codeOf = (result: Result<unknown, Failure>): string => (result.ok ? 'ok' : result.error.code);

const running = (): Promise<boolean> => isProfileRunning(profile.folder, system);

async function guarded(folder = profile.folder): Promise<ProfileGuard> {
  const guard = await guardProfile(folder, system);
  if (!guard.ok) throw new Error(guard.error.message);
  return guard.value;
}

const lockFiles = (folder = profile.folder): string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('lock'))
    .map((name) => `${name} ${name === 'lock' ? '' : statSync(join(folder, name)).size}`.trim());

const READING = new URL('../../main/agent/mail-clients/thunderbird/reading/index.ts', import.meta.url).href;

/** A process that guards the profile of its argument and waits to be killed. */
const HOLDER = `
  import { guardProfile } from '${READING}';
  const guard = await guardProfile(process.argv[1], { platform: process.platform });
  if (!guard.ok) throw new Error(guard.error.message);
  process.stdout.write('held');
  setInterval(() => undefined, 60_000);`;

const THUNDERBIRD_ARGS = ['--no-remote', '--headless'];

describe('a profile that no Thunderbird was ever started with', () => {
  it('is not running, and asking leaves nothing in it', async () => {
    expect(await running()).toBe(false);
    expect(existsSync(join(profile.folder, '.parentlock'))).toBe(false);
  });

  it('can be guarded, which leaves the empty file that Thunderbird leaves as well', async () => {
    const guard = await guarded();
    expect(lockFiles()).toEqual(['.parentlock 0']);
    guard.release();
    expect(lockFiles()).toEqual(['.parentlock 0']);
  });
});

describe('while a guard is held', () => {
  it('[SEC-21] Thunderbird does not start on the profile; once it is released, it does', async () => {
    const guard = await guarded();
    const refused = await runProgram(THUNDERBIRD_PROGRAM, ['--profile', profile.folder, ...THUNDERBIRD_ARGS], {
      env: thunderbirdEnv(profile),
      limitMs: 30_000,
    });
    expect(refused.stdout.toString() + refused.stderr.toString()).toContain('already running');
    expect(existsSync(join(profile.folder, 'key4.db'))).toBe(false);
    guard.release();
    await using thunderbird = await startThunderbird(profile);
    expect(thunderbird.pid).toBeGreaterThan(0);
  });

  it('this process itself does not take it for a running Thunderbird, and takes no second guard', async () => {
    const guard = await guarded();
    expect(await running()).toBe(false);
    expect(codeOf(await guardProfile(profile.folder, system))).toBe('client-running');
    guard.release();
    guard.release();
    (await guarded()).release();
  });

  it('a start that waits for a lock to go, waits for ours: a short guard is not noticed', async () => {
    const guard = await guarded();
    // It opens the file anew for every try (O_TRUNC), every 100 ms for 5 seconds (nsAppRunner.cpp, LockProfile).
    const lockFile = watch(join(profile.folder, '.parentlock'));
    const firstTry = once(lockFile, 'change', { signal: AbortSignal.timeout(20_000) });
    const child = startProgram(THUNDERBIRD_PROGRAM, ['--profile', profile.folder, ...THUNDERBIRD_ARGS], {
      env: thunderbirdEnv(profile),
      logFile: join(home.scratchFolder, 'waiting.log'),
    });
    await firstTry;
    lockFile.close();
    guard.release();
    await until('Thunderbird running', running, 20_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('[SEC-24] a process that is killed leaves neither lock nor file', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, profile.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await running()).toBe(true);
    expect(codeOf(await guardProfile(profile.folder, system))).toBe('client-running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await running()).toBe(false);
    expect(lockFiles()).toContain('.parentlock 0');
    expect(lockFiles().filter((name) => name.includes('journal'))).toEqual([]);
    (await guarded()).release();
  });
});

describe('while Thunderbird runs', () => {
  it('[SEC-21] it is seen, and no guard is given', async () => {
    const thunderbird = await startThunderbird(profile);
    expect(await running()).toBe(true);
    expect(codeOf(await guardProfile(profile.folder, system))).toBe('client-running');
    // Asking must not have taken its lock away: closing a file drops every POSIX lock of the process that closes it.
    expect(await running()).toBe(true);
    await thunderbird.quit();
    // The file is still there, and means nothing.
    expect(lockFiles()).toContain('.parentlock 0');
    expect(await running()).toBe(false);
  });

  it('and after it was killed, it is seen no longer', async () => {
    const child = startProgram(THUNDERBIRD_PROGRAM, ['--profile', profile.folder, ...THUNDERBIRD_ARGS], {
      env: thunderbirdEnv(profile),
      logFile: join(home.scratchFolder, 'killed.log'),
    });
    await until('Thunderbird running', running, 20_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(profile.folder)).toContain('lock');
    expect(await running()).toBe(false);
    (await guarded()).release();
  });
});

describe('a profile that can not be written to', () => {
  it.each([true, false])(
    'is not taken for running (lock file there: %s); a guard says what is wrong',
    async (there) => {
      const folder = join(home.folder, `read-only-${String(there)}`);
      mkdirSync(folder);
      if (there) writeFileSync(join(folder, '.parentlock'), '');
      await withoutWriting(folder, async () => {
        expect(await isProfileRunning(folder, system)).toBe(false);
        expect(codeOf(await guardProfile(folder, system))).toBe('profile-read-only');
      });
      expect(readdirSync(folder)).toEqual(there ? ['.parentlock'] : []);
    },
  );

  it('is unreadable where it is not there', async () => {
    const gone = join(home.folder, 'gone');
    expect(codeOf(await guardProfile(gone, system))).toBe('profile-unreadable');
    expect(await isProfileRunning(gone, system)).toBe(false);
  });

  it('[SEC-30] is refused where something else stands in the lock’s place', async () => {
    const folder = join(home.folder, 'odd');
    mkdirSync(join(folder, '.parentlock'), { recursive: true });
    expect(codeOf(await guardProfile(folder, system))).toBe('profile-unreadable');
    const other = join(home.folder, 'odd-content');
    mkdirSync(other);
    writeFileSync(join(other, '.parentlock'), 'not empty, and no database either\n'.repeat(100));
    expect(await isProfileRunning(other, system)).toBe(false);
    expect(codeOf(await guardProfile(other, system))).toBe('profile-unreadable');
    expect(statSync(join(other, '.parentlock')).size).toBe(3_400);
  });
});
