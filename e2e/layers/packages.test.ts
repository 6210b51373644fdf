import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installCommand, installMissing, missingPackages } from './packages.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'path-'));
  vi.stubEnv('PATH', folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('missingPackages', () => {
  it('looks for every program that a package must bring', async () => {
    await writeFile(join(folder, 'certutil'), '', { mode: 0o700 });
    expect(missingPackages(['libnss3-tools'])).toEqual(['libnss3-tools']);
    await writeFile(join(folder, 'pk12util'), '', { mode: 0o700 });
    expect(missingPackages(['libnss3-tools'])).toEqual([]);
  });

  it('does not take a file that can not be executed', async () => {
    await writeFile(join(folder, 'openssl'), '', { mode: 0o600 });
    expect(missingPackages(['openssl'])).toEqual(['openssl']);
  });

  it('is told to a person as one command', () => {
    expect(installCommand(['openssl', 'xvfb'])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends openssl xvfb',
    );
  });
});

describe('installMissing', () => {
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
  };

  /** An apt-get that notes what it was asked and does what the test says: the real one would change the machine. */
  const apt = (script: string): Promise<void> =>
    writeFile(join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >> '${folder}/asked'\n${script}\n`, { mode: 0o700 });
  const asked = (): Promise<string> => readFile(join(folder, 'asked'), 'utf8').catch(() => '');

  beforeEach(() => {
    said.length = 0;
  });

  it('installs as root what is missing, says so in one line, and looks again', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    await apt(`: > '${folder}/openssl'; /bin/chmod 700 '${folder}/openssl'`);
    expect(await installMissing(['openssl'], say)).toEqual({ missing: [], output: '' });
    expect(said).toHaveLength(1);
    expect(said.join()).toContain('openssl');
    const lines = (await asked()).trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/ update$/);
    expect(lines[1]).toMatch(/ install -y --no-install-recommends openssl$/);
  });

  it('shows what apt said when it failed', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    await apt('echo "E: no network"; exit 100');
    const { missing, output } = await installMissing(['openssl'], say);
    expect(missing).toEqual(['openssl']);
    expect(output).toContain('E: no network');
  });

  it('installs the others when the system does not have one of them, and shows what apt said', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    await apt(
      `case "$*" in *chromium*) echo "E: Unable to locate package chromium"; exit 100;; *simulate*) exit 0;; esac
       : > '${folder}/openssl'; /bin/chmod 700 '${folder}/openssl'`,
    );
    const { missing, output } = await installMissing(['chromium', 'openssl'], say);
    expect(missing).toEqual(['chromium']);
    expect(output).toContain('Unable to locate package chromium');
    expect((await asked()).trim()).toMatch(/ install -y --no-install-recommends openssl$/);
  });

  it('asks nothing of apt when nothing is missing, or when the person is not root', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    await apt('exit 0');
    expect(await installMissing(['openssl'], say)).toEqual({ missing: ['openssl'], output: '' });
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(await installMissing([], say)).toEqual({ missing: [], output: '' });
    expect(await asked()).toBe('');
    expect(said).toEqual([]);
  });
});
