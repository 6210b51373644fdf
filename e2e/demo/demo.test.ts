import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseEnv, requirePrograms, runProgram, startProgram, until, wireOf, type Finished } from '../harness/index.ts';
import { RESULT_FILES } from './result-files.ts';
import { processesOfRun } from '../layers/processes.ts';

const DEMO = fileURLToPath(new URL('./main.ts', import.meta.url));

/** `npm run demo`, as somebody starts it whose home and temporary folder must be as before when it has ended. */
describe('the demo', () => {
  requirePrograms(
    'thunderbird',
    'openssl',
    'certutil',
    'gnome-keyring-daemon',
    'dbus-daemon',
    'Xvfb',
    'import',
    'chromium',
  );
  let folder: string;
  let home: string;
  let temporary: string;
  let out: string;
  let env: Record<string, string>;

  beforeEach(() => {
    // A short name: sockets lie deep in it.
    folder = mkdtempSync(join(tmpdir(), 'd-'));
    [home, temporary, out] = [join(folder, 'home'), join(folder, 't'), join(folder, 'out')];
    mkdirSync(home);
    mkdirSync(temporary);
    env = { ...baseEnv(), HOME: home, TMPDIR: temporary };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  const demo = (...args: readonly string[]): Promise<Finished> =>
    runProgram(process.execPath, [DEMO, '--out', out, ...args], { env, limitMs: 115_000 });

  const expectNothingLeft = (): void => {
    expect(processesOfRun(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  };

  it('tells the whole story in less than two minutes, and leaves what it says and nothing else', async () => {
    const { code, stdout, stderr } = await demo();
    expect(code, stdout.toString()).toBe(0);
    // The first run in a checkout builds the window.
    expect(stderr.toString()).toMatch(/^(Preparing Endymail for its first run …\n)?$/);
    expect(stdout.toString().match(/^ {1,2}\d+ {2}.* \d+\.\d s$/gm)).toHaveLength(19);
    const names = Object.values(RESULT_FILES)
      .map(({ name }) => name)
      .filter((name) => name !== RESULT_FILES['what-went-wrong'].name);
    expect(readdirSync(out).sort()).toEqual([...names, 'README.md'].sort());
    for (const name of names.filter((each) => each.endsWith('.png'))) {
      expect(readFileSync(join(out, name)).subarray(1, 4).toString()).toBe('PNG');
    }
    expect(wireOf(readFileSync(join(out, RESULT_FILES['on-the-wire'].name)))).toBe('enveloped-data');
    expect(wireOf(readFileSync(join(out, RESULT_FILES['to-a-stranger'].name)))).toBe('plain');
    expect(wireOf(readFileSync(join(out, RESULT_FILES['from-the-second-computer'].name)))).toBe('enveloped-data');
    expect(readFileSync(join(out, RESULT_FILES['what-openssl-says'].name), 'utf8')).toContain(
      'CMS Verification successful\nSigned by alice@example.test.',
    );
    const readme = readFileSync(join(out, 'README.md'), 'utf8');
    for (const name of names) expect(readme).toContain(name);
    expectNothingLeft();
  });

  it('ends with 1 and says what is not so, when openssl does not verify the signature', async () => {
    const fake = join(folder, 'programs');
    mkdirSync(fake);
    const script = [
      '#!/bin/sh',
      'case " $* " in *" -noverify "*) ;; *" -verify "*) echo "Verification failure" >&2; exit 4 ;; esac',
      `export PATH='${env['PATH'] ?? ''}'`,
      'exec openssl "$@"',
    ];
    writeFileSync(join(fake, 'openssl'), `${script.join('\n')}\n`, { mode: 0o700 });
    env['PATH'] = [fake, env['PATH'] ?? ''].join(delimiter);
    const { code, stdout } = await demo('--no-pictures');
    expect(code).toBe(1);
    expect(stdout.toString()).toMatch(/^ {2}8 {2}FAILED: .*\n\nThis is not so: openssl verifies alice's signature/m);
    expect(readFileSync(join(out, RESULT_FILES['what-went-wrong'].name), 'utf8')).toContain('Verification failure');
    expectNothingLeft();
  });

  it('cleans up after Ctrl+C, while Thunderbird starts', async () => {
    const logFile = join(folder, 'told');
    const child = startProgram(process.execPath, [DEMO, '--out', out, '--no-pictures'], { env, logFile });
    await until('the fifth step', () => /^ {2}5 {2}/m.test(readFileSync(logFile, 'utf8')), 60_000);
    await until('a Thunderbird', () =>
      processesOfRun(temporary).some(({ command }) => command.includes('thunderbird')),
    );
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(readFileSync(logFile, 'utf8')).toMatch(/\nStopped; cleaning up …\n$/);
    expect(existsSync(out)).toBe(false);
    expectNothingLeft();
  });

  it('writes into no folder that holds something, and takes no parameter that it does not know', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const full = await demo();
    expect({ code: full.code, stderr: full.stderr.toString() }).toEqual({
      code: 1,
      stderr: `There is something in ${out} already.\n`,
    });
    expect(readdirSync(out)).toEqual(['mine.txt']);
    const unknown = await demo('--quick');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr.toString()).toContain('--no-pictures');
    expectNothingLeft();
  });
});
