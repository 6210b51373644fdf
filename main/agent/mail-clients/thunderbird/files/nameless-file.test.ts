import { fstatSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namelessFile, namelessFolder } from './nameless-file.ts';

const system = (env: Record<string, string>, platform: NodeJS.Platform = 'darwin') => ({
  platform,
  homeDir: '/nowhere',
  env,
  now: () => new Date(),
});

describe('a nameless file', () => {
  it('[SEC-5] has no name while it has contents', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'endymail-nameless-'));
    try {
      const file = namelessFile(folder, Buffer.from('secret'));
      expect(await readdir(folder)).toEqual([]);
      expect(await readFile(`/proc/self/fd/${file.fd}`, 'utf8')).toBe('secret');
      expect(fstatSync(file.fd).mode & 0o777).toBe(0o600);
      file.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is made in memory where the system has a folder for that', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'endymail-nameless-'));
    try {
      expect(await namelessFolder(system({ XDG_RUNTIME_DIR: folder }), '/otherwise')).toBe(folder);
      expect(await namelessFolder(system({ XDG_RUNTIME_DIR: path.join(folder, 'gone') }), '/otherwise')).toBe(
        '/otherwise',
      );
      expect(await namelessFolder(system({ XDG_RUNTIME_DIR: 'relative' }), '/otherwise')).toBe('/otherwise');
      expect(await namelessFolder(system({}, 'linux'), '/otherwise')).toBe('/dev/shm');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
