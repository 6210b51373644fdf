import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeNewFile } from './output-file.ts';

// A stick with FAT, which can not be mounted in a test: the system refuses every link.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<object>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-fat-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('is written where there are no links, and still never over what is there', async () => {
  expect(await writeNewFile(join(folder, 'a'), 'content', 0o600)).toEqual({ ok: true });
  writeFileSync(join(folder, 'b'), 'mine');
  expect(await writeNewFile(join(folder, 'b'), 'other', 0o600)).toMatchObject({ error: { code: 'file-exists' } });
  expect(['a', 'b'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['content', 'mine']);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});
