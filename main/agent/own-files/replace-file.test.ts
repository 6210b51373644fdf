import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Disk } from '../../files/durable-write.ts';
import { removeTemporaries, replaceFile, temporaryName } from './replace-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-replace-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('[SEC-7] the new content stands in the place of the old, for its owner alone', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, 'old', { mode: 0o644 });
  expect(await replaceFile(path, Buffer.from('new'))).toEqual({ ok: true });
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('the order is: write, rename, sync of the folder', async () => {
  const path = join(folder, 'file');
  const calls: string[] = [];
  const disk: Disk = {
    write: (to, content) => {
      calls.push(`write ${String(to !== path)}`);
      return writeFile(to, content);
    },
    rename: (from, to) => {
      calls.push(`rename to ${to}`);
      return rename(from, to);
    },
    syncFolder: (of) => {
      calls.push(`sync ${of}`);
      return Promise.resolve();
    },
  };
  await replaceFile(path, Buffer.from('new'), disk);
  expect(calls).toEqual(['write true', `rename to ${path}`, `sync ${folder}`]);
});

describe('when the disk refuses', () => {
  const refusing = (code: string, at: keyof Disk): Disk => {
    const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error(`${code}: of the test`), { code }));
    return {
      // As a full disk does it: the file is made, and part of it is written.
      write: async (to, content) => {
        await writeFile(to, content.subarray(0, 1));
        if (at === 'write') await refuse();
      },
      rename: at === 'rename' ? refuse : rename,
      syncFolder: () => (at === 'syncFolder' ? refuse() : Promise.resolve()),
    };
  };

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'home-unwritable'],
    ['EACCES', 'home-unwritable'],
    ['EIO', 'write-failed'],
  ])('%s is %s; the old file is whole and nothing else is left', async (code, expected) => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    for (const at of ['write', 'rename'] as const) {
      const result = await replaceFile(path, Buffer.from('new'), refusing(code, at));
      expect(result.ok ? null : result.error.code).toBe(expected);
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['file']);
    }
  });
});

test('a folder that is a file can not be written to', async () => {
  writeFileSync(join(folder, 'file'), '');
  const result = await replaceFile(join(folder, 'file', 'in it'), Buffer.from('new'));
  expect(result.ok ? null : result.error.code).toBe('home-unwritable');
});

test('what a killed replacement left is taken away, and nothing else', async () => {
  writeFileSync(temporaryName(folder, 'state.sealed'), 'half');
  mkdirSync(temporaryName(folder, 'restore'));
  const others = ['state.sealed', '.hidden', 'notes.tmp', '.notes.tmp', '.a.0123456789abcdef.tmp.txt'];
  for (const name of others) writeFileSync(join(folder, name), '');
  expect(await removeTemporaries(folder)).toEqual({ ok: true });
  expect(readdirSync(folder).toSorted()).toEqual(others.toSorted());
});
