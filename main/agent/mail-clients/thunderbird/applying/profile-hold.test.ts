import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientProfile } from '@endymail/shared/mail';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profile } from '../planning/testing/plan-fixture.ts';
import { createProfileHold } from './profile-hold.ts';

const system = { platform: process.platform, homeDir: '/nowhere', env: {}, now: () => new Date() };

let folder: string;
let mine: ClientProfile;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'endymail-hold-'));
  await writeFile(path.join(folder, '.parentlock'), '');
  mine = profile({ path: folder });
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Another program that takes the profile's lock, as Thunderbird does at its start. */
async function startOther(): Promise<ChildProcess> {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    new DatabaseSync(process.argv[1]).exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program, path.join(folder, '.parentlock')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the hold on a profile', () => {
  it('is refused while the client runs', async () => {
    const other = await startOther();
    const taken = await createProfileHold(mine, system).take();
    expect(!taken.ok && taken.error.code).toBe('client-running');
    other.kill();
    await once(other, 'exit');
  });

  it('says that the client was started where it was held and let go of in between', async () => {
    const hold = createProfileHold(mine, system);
    expect((await hold.take()).ok).toBe(true);
    hold.release();
    expect(hold.isHeld()).toBe(false);
    const other = await startOther();
    const taken = await hold.take();
    expect(!taken.ok && taken.error.code).toBe('client-started');
    other.kill();
    await once(other, 'exit');
    expect((await hold.take()).ok).toBe(true);
    hold.release();
  });
});
