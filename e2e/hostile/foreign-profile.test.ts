import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createTestHome,
  createTestPerson,
  createThunderbirdProfile,
  endymail,
  publicPartFile,
  requirePrograms,
  type TestProfile,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';

requirePrograms('certutil', 'pk12util');
const home = createTestHome('alice');
let profile: TestProfile;
let damaged: string;
let common: readonly string[];

beforeAll(() => {
  profile = createThunderbirdProfile({
    home,
    identities: [{ address: ALICE, name: 'Alice Example' }],
    smtpPort: 9,
  });
  const other = createThunderbirdProfile({
    home,
    name: 'old.default',
    identities: [{ address: 'old@example.test', name: 'Alice' }],
    smtpPort: 9,
  });
  damaged = join(other.folder, 'prefs.js');
  writeFileSync(damaged, readFileSync(damaged).subarray(0, 100));
  const passphrase = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphrase, 'four words in a file\n', { mode: 0o600 });
  common = ['--keychain', 'file', '--passphrase-file', passphrase, '--yes', '--json'];
});
afterAll(() => home.dispose());

it('[SEC-30] a damaged profile that Endymail never touched stands in the way of nothing, and is left as it is', async () => {
  const before = [readFileSync(damaged), readFileSync(join(profile.folder, 'prefs.js'))];
  const bob = await createTestPerson('bob@example.test', 'Bob Example');
  const commands = [
    ['enable', ALICE],
    ['import-peer', publicPartFile(bob, home)],
    ['remove-peer', bob.address],
    ['remove', '--without-backup'],
  ];
  for (const command of commands) {
    const run = await endymail([...command, ...common], { home });
    expect([command[0], run.code, run.stdout]).toEqual([command[0], 0, expect.any(String)]);
  }
  expect([readFileSync(damaged), readFileSync(join(profile.folder, 'prefs.js'))]).toEqual(before);
});
