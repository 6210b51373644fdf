import { chmod, mkdtemp, readFile, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeCanary, differences, plantCanary } from './canary.ts';

let home: string;
let prefs: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'canary-'));
  await plantCanary(home);
  prefs = join(home, '.thunderbird', 'canary00.default-esr', 'prefs.js');
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

describe('the canary', () => {
  it('is the same as long as it is only read', async () => {
    const before = await describeCanary(home);
    expect(await readFile(prefs, 'utf8')).toContain('canary@example.org');
    expect(differences(before, await describeCanary(home))).toEqual([]);
    expect(before.length).toBeGreaterThan(5);
  });

  it.each([
    ['a changed byte, even with the old time put back', (text: string) => text.replace('Canary', 'Coward')],
    ['a file written anew with the same text', (text: string) => text],
  ])('shows %s', async (_title, change) => {
    const before = await describeCanary(home);
    await writeFile(prefs, change(await readFile(prefs, 'utf8')));
    if (change('Canary') !== 'Canary') await utimes(prefs, 1, 1);
    expect(differences(before, await describeCanary(home)).join('\n')).toContain('prefs.js');
  });

  it('shows a changed mode, and a file that came and went', async () => {
    const before = await describeCanary(home);
    await chmod(prefs, 0o644);
    expect(differences(before, await describeCanary(home))).toHaveLength(2);
    await chmod(prefs, 0o600);
    await writeFile(`${prefs}.new`, '');
    await unlink(`${prefs}.new`);
    expect(differences(before, await describeCanary(home)).join('\n')).toContain('canary00.default-esr 700');
  });

  it('shows a canary that is gone', async () => {
    const before = await describeCanary(home);
    await rm(join(home, '.thunderbird'), { recursive: true });
    expect(differences(before, await describeCanary(home))).toHaveLength(before.length);
  });
});
