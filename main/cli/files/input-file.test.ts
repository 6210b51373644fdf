import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readInputFile } from '../../files/input-file.ts';
import { readPassphraseFile } from './passphrase-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-input ü-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const path = (name: string): string => join(folder, name);

async function outcome(name: string, maxBytes = 100): Promise<string> {
  const read = await readInputFile(name, maxBytes);
  return read.ok ? read.value.toString() : read.error.code;
}

it('reads a file, also by a link, up to the limit exactly', async () => {
  writeFileSync(path('a'), 'x'.repeat(100));
  symlinkSync(path('a'), path('b'));
  expect(await outcome(path('b'))).toBe('x'.repeat(100));
  expect(await outcome(path('a'), 99)).toBe('file-unreadable');
});

it('[SEC-30] refuses a folder, what is not there, and what never ends', async () => {
  expect(await outcome(folder)).toBe('file-unreadable');
  expect(await outcome(path('missing'))).toBe('file-unreadable');
  expect(await outcome('/dev/zero')).toBe('file-unreadable');
});

it('reads a pipe to its end, however small the pieces are', async () => {
  execFileSync('mkfifo', [path('pipe')]);
  const pieces = 'printf "four random "; sleep 0.1; printf "words "; sleep 0.1; printf "here\\n"';
  const writer = spawn('sh', ['-c', `(${pieces}) > "$0"`, path('pipe')], { stdio: 'ignore' });
  const warnings: string[] = [];
  const read = await readPassphraseFile(path('pipe'), (text) => warnings.push(text));
  writer.kill();
  expect(read.ok && read.value.reveal()).toBe('four random words here');
  expect(warnings).toEqual([]);
});
