import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestHome, createThunderbirdProfile, type TestProfile } from '@endymail/e2e/harness';
import { discoverThunderbird } from '@endymail/main/agent/mail-clients/thunderbird/reading';
import { identities, makeStore } from './mailboxes.ts';
import { measure, timed, type Measured } from './measure.ts';

const MAILBOXES = 50;
const RUNS = 31;

/** Finds the mailboxes of a profile that has many, compared to reading the same files and doing nothing with them. */
export async function benchDiscovery(): Promise<Measured> {
  await using home = createTestHome('discovery');
  const profile = createThunderbirdProfile({ home, identities: identities(MAILBOXES), smtpPort: 9 });
  await makeStore(profile.folder);
  const system = { platform: process.platform, homeDir: home.folder, env: home.env, now: () => new Date() };
  return await measure({
    name: `discovery of a profile with ${MAILBOXES} mailboxes`,
    comparedTo: 'reading the same six files',
    goal: null,
    runs: RUNS,
    ours: () =>
      timed(async () => {
        const { profiles } = await discoverThunderbird(system);
        const found = profiles.flatMap((each) => each.identities).length;
        if (found !== MAILBOXES) throw new Error(`Found ${found} mailboxes of ${MAILBOXES}`);
      }),
    bare: () => timed(() => Promise.all(filesOf(profile).map((file) => readFile(file)))),
  });
}

function filesOf({ folder, home }: TestProfile): readonly string[] {
  return [
    ...['profiles.ini', 'installs.ini'].map((name) => join(home.thunderbirdFolder, name)),
    ...['compatibility.ini', 'prefs.js', 'cert9.db', 'key4.db'].map((name) => join(folder, name)),
  ];
}
