import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '../testing/world.ts';
import { readLastServed, writeLastServed } from './last-served.ts';

const AT = '2026-11-25T08:05:00.000Z';
const GAP = { from: '2026-11-12T17:20:00.000Z', to: AT };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-last-served-'));
  path = join(folder, 'last-served.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('when a home was last served', () => {
  it('is read as it was written, for its owner alone', async () => {
    for (const gap of [GAP, null]) {
      valueOf(await writeLastServed(path, { at: AT, gap }));
      expect(await readLastServed(path)).toEqual({ at: AT, gap });
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1 });
  });

  it('is not known where the file is missing, damaged, of another version or too long', async () => {
    expect(await readLastServed(path)).toBeNull();
    const file = { version: 1, at: AT, gap: null };
    for (const content of [
      '',
      'nothing',
      '[]',
      '\u0000',
      JSON.stringify({ ...file, version: 2 }),
      JSON.stringify({ ...file, at: 'yesterday' }),
      JSON.stringify({ ...file, at: '2026-13-45T99:99:99.000Z' }),
      JSON.stringify({ ...file, gap: { from: AT } }),
      JSON.stringify({ ...file, more: true }),
      ' '.repeat(5_000) + JSON.stringify(file),
    ]) {
      writeFileSync(path, content);
      expect(await readLastServed(path), content.slice(0, 60)).toBeNull();
    }
  });
});
