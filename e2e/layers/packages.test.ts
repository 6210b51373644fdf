import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installCommand, missingPackages } from './packages.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'path-'));
  vi.stubEnv('PATH', folder);
});

afterEach(async () => {
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
