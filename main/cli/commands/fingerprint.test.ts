import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIT_CODES } from '@endymail/shared/result';
import { contentDigest, udfText, utf8 } from '@endymail/shared/sealing/public';
import { endymail } from '../testing/fakes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-fingerprint-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('shows the 28 letters of a file, and opens no data for it', async () => {
  const path = join(folder, 'note.txt');
  writeFileSync(path, 'UDF Data Value');
  const openAgent = () => Promise.reject(new Error('opened'));
  const told = await endymail(['fingerprint', path], { openAgent });
  expect(told.exit).toBe(EXIT_CODES.done);
  expect(told.out.trim()).toMatch(/^M[A-Z2-7]{3}(-[A-Z2-7]{4}){6}$/);
  // The form is proved by the published answers in shared/sealing; this is that the bytes are the file's and all of them.
  expect(told.out.trim()).toBe(udfText(contentDigest('application/octet-stream', utf8('UDF Data Value'))));
  writeFileSync(path, 'UDF Data Value ');
  expect((await endymail(['fingerprint', path, '--json'])).json()).not.toMatchObject({ fingerprint: told.out.trim() });
});

it('says which file can not be read', async () => {
  const told = await endymail(['fingerprint', join(folder, 'missing')]);
  expect(told.exit).toBe(EXIT_CODES.failed);
  expect(told.notes).toContain('missing');
});
