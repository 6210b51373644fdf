import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../harness/index.ts';

const FILLS_THE_STORE = fileURLToPath(new URL('fill-the-disk.ts', import.meta.url));
const FILLS_THE_SERVICE = fileURLToPath(new URL('fill-the-service-disk.ts', import.meta.url));

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

async function onSmallDisk(program: string): Promise<unknown> {
  const command = ['-rm', 'sh', '-c', ON_A_SMALL_DISK, 'sh', folder, process.execPath, program];
  const run = await runProgram('unshare', command);
  expect(run.stderr.toString()).toBe('');
  return JSON.parse(run.stdout.toString());
}

it('[SEC-70] says that the disk is full, keeps every entry it acknowledged, and goes on when there is room', async () => {
  expect(await onSmallDisk(FILLS_THE_STORE)).toEqual({
    start: 'unwritable',
    whileFull: { met: 'full', wasHeld: true, isWhole: true },
    goesOn: true,
    reopened: { isLongerBy: 1 },
  });
});

it('[SEC-70] answers that the service has no room, keeps what it acknowledged over HTTP, and goes on when there is', async () => {
  expect(await onSmallDisk(FILLS_THE_SERVICE)).toEqual({
    met: 'service-full',
    heldMany: true,
    after: null,
    isLongerBy: 1,
    isSame: true,
  });
});
