import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../harness/index.ts';

const PROGRAM = fileURLToPath(new URL('fill-the-disk.ts', import.meta.url));

/** Runs the rest of the parameters with a small disk of its own at $1, in a mount namespace of its own. */
const ON_A_SMALL_DISK = `
set -e
mount -t tmpfs -o size=2m tmpfs "$1"
disk=$1
shift
exec "$@" "$disk"
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-small-disk-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('[SEC-70] says that the disk is full, keeps every entry it acknowledged, and goes on when there is room', async () => {
  const program = [process.execPath, PROGRAM];
  const run = await runProgram('unshare', ['-rm', 'sh', '-c', ON_A_SMALL_DISK, 'sh', folder, ...program]);
  expect(run.stderr.toString()).toBe('');
  expect(JSON.parse(run.stdout.toString())).toEqual({
    start: 'unwritable',
    whileFull: { met: 'full', wasHeld: true, isWhole: true },
    goesOn: true,
    reopened: { isLongerBy: 1 },
  });
});
