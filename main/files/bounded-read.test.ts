import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBounded } from './bounded-read.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-read-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a file is read whole up to its bound, and not at all above it', async () => {
  const path = join(folder, 'file');
  // Round the size of the pieces in which it is read.
  const aroundPiece = fc.integer({ min: -2, max: 2 }).map((more) => 64 * 1024 + more);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.nat(9), aroundPiece), fc.oneof(fc.nat(9), aroundPiece), async (length, maxBytes) => {
      const content = Buffer.alloc(length, 'content');
      writeFileSync(path, content);
      const read = await readBounded(path, maxBytes);
      expect(read).toEqual(
        length <= maxBytes ? { ok: true, value: content } : { ok: false, error: { kind: 'too-long' } },
      );
    }),
  );
});

test('a file that is not there, also because its folder is a file, is null', async () => {
  writeFileSync(join(folder, 'file'), '');
  for (const name of ['nothing', 'file/below']) {
    expect(await readBounded(join(folder, name), 10)).toEqual({ ok: true, value: null });
  }
});

test('a folder and a pipe that nobody writes to are no files', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const path of [folder, join(folder, 'pipe')]) {
    expect(await readBounded(path, 10)).toEqual({ ok: false, error: { kind: 'not-a-file' } });
  }
});
