import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, valueOf, type World } from '../contract/thunderbird-world.ts';
import { runProgram } from '../harness/index.ts';
import { crashJob } from './crash-job.ts';

const PROGRAM = fileURLToPath(new URL('apply-until.ts', import.meta.url));

/**
 * Runs the program with the profile on a disk of its own, in a mount namespace of its own, and fails with 77 when
 * prefs.js was changed. $1 is `full` or `read-only`, $2 the profile, $3 an empty folder, the rest the program.
 */
const ON_A_BAD_DISK = `
set -e
state=$1 profile=$2 disk=$3
shift 3
mount -t tmpfs -o size=128m tmpfs "$disk"
cp -a "$profile/." "$disk/"
cp "$profile/prefs.js" "$disk-prefs.js"
mount --bind "$disk" "$profile"
case $state in
  full) dd if=/dev/zero "of=$disk/filler" bs=4k 2>/dev/null || true ;;
  read-only) mount -o remount,bind,ro "$profile" ;;
esac
"$@" || code=$?
cmp "$profile/prefs.js" "$disk-prefs.js" || exit 77
[ "$(ls -A "$profile" | grep -c '^.endymail-')" = 0 ] || exit 78
exit \${code:-0}
`;

describe('a disk that takes nothing more', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  async function codeOn(state: 'full' | 'read-only', route: 'nss-tools' | 'headless', wanted: 'enable' | 'undo') {
    const disk = join(world.home.scratchFolder, `${state}-${route}-${wanted}`);
    mkdirSync(disk);
    const job = JSON.stringify(await crashJob(world, route, wanted, 0));
    const namespace = ['-rm', 'sh', '-c', ON_A_BAD_DISK, 'sh', state, world.profile.folder, disk];
    const run = await runProgram('unshare', [...namespace, process.execPath, PROGRAM], { input: job });
    return [run.code, /Error: ([a-z-]+):/.exec(run.stderr.toString())?.[1] ?? run.stderr.toString()];
  }

  it.each([
    ['full', 'nss-tools', 'disk-full'],
    ['full', 'headless', 'disk-full'],
    ['read-only', 'nss-tools', 'profile-read-only'],
    ['read-only', 'headless', 'profile-read-only'],
  ] as const)('(%s, %s) is named, and the settings are intact', async (state, route, code) => {
    expect(await codeOn(state, route, 'enable')).toEqual([1, code]);
    await undone();
  });

  it('does not keep the undo from being done when there is room again', async () => {
    const target = await world.target([world.alice, world.work], [world.bob]);
    valueOf(await world.adapter.apply(await world.discovered(), target));
    expect(await codeOn('full', 'nss-tools', 'undo')).toEqual([1, 'disk-full']);
    await undone();
  });

  /** What the program had begun on the other disk is in the journal; the profile here never saw it. */
  async function undone(): Promise<void> {
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([])));
    const prefs = readFileSync(join(world.profile.folder, 'prefs.js'), 'utf8');
    expect(prefs).not.toMatch(/signing_cert|e2ee\.auto_/);
  }
});
