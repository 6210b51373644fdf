import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFree, writeNewFile } from './output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-output ü-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

it.each([0o600, 0o644] as const)(
  'is there whole, with the mode that was asked for (%o), and nothing beside it',
  async (mode) => {
    expect(await writeNewFile(join(folder, 'a'), 'content', mode)).toEqual({ ok: true });
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('content');
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(mode);
    expect(readdirSync(folder)).toEqual(['a']);
  },
);

it('never replaces what is there: neither a file nor a link, even one that points nowhere', async () => {
  writeFileSync(join(folder, 'a'), 'mine');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'b'));
  for (const name of ['a', 'b']) {
    const path = join(folder, name);
    expect(await writeNewFile(path, 'other', 0o600)).toMatchObject({ error: { code: 'file-exists' } });
    expect(await isFree(path)).toMatchObject({ error: { code: 'file-exists' } });
  }
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('mine');
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});

it('of two at the same time one is written', async () => {
  const path = join(folder, 'a');
  const results = await Promise.all(['one', 'two'].map((text) => writeNewFile(path, text, 0o600)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(['a']);
});
