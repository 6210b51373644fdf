import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PROFILE = 'canary00.default-esr';

/**
 * A Thunderbird profile that discovery would find and `enable` would change, should a test forget to use a temporary
 * home of its own.
 */
const FILES: Readonly<Record<string, string>> = Object.freeze({
  'profiles.ini': `[Profile0]\nName=default-esr\nIsRelative=1\nPath=${PROFILE}\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n`,
  [`${PROFILE}/compatibility.ini`]: '[Compatibility]\nLastVersion=153.0_20261101000000/20261101000000\n',
  [`${PROFILE}/prefs.js`]: [
    '// Mozilla User Preferences',
    '',
    'user_pref("mail.accountmanager.accounts", "account1");',
    'user_pref("mail.account.account1.identities", "id1");',
    'user_pref("mail.account.account1.server", "server1");',
    'user_pref("mail.identity.id1.fullName", "Canary");',
    'user_pref("mail.identity.id1.useremail", "canary@example.org");',
    'user_pref("mail.server.server1.hostname", "127.0.0.1");',
    'user_pref("mail.server.server1.type", "imap");',
    'user_pref("mail.server.server1.userName", "canary");',
    '',
  ].join('\n'),
  [`${PROFILE}/ImapMail/127.0.0.1/INBOX`]: 'From - \nSubject: sing\n\nstill here\n',
});

/** Puts the canary into a home. */
export async function plantCanary(home: string): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    const path = join(home, '.thunderbird', name);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600 });
  }
}

/**
 * One line for every file and folder of the canary, with all that a change would alter: kind, mode, time of the last
 * change, size and digest. A folder's time tells of a file that came and went.
 */
export async function describeCanary(home: string): Promise<readonly string[]> {
  return describe(join(home, '.thunderbird'), '.thunderbird');
}

/** What differs between two descriptions, in sentences for a person. */
export function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `was:    ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `is now: ${line}`),
  ];
}

async function describe(path: string, name: string): Promise<string[]> {
  const facts = await lstat(path, { bigint: true }).catch(() => null);
  if (facts === null) return [];
  const common = `${name} ${(facts.mode & 0o7777n).toString(8)} ${facts.mtimeNs}`;
  if (facts.isSymbolicLink()) return [`${common} -> ${await readlink(path)}`];
  if (!facts.isDirectory()) {
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return [`${common} ${facts.size} ${digest}`];
  }
  const entries = await readdir(path);
  const below = await Promise.all(entries.sort().map((entry) => describe(join(path, entry), `${name}/${entry}`)));
  return [`${common} folder`, ...below.flat()];
}
