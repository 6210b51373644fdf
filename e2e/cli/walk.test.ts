import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestHome,
  createThunderbirdProfile,
  ENDYMAIL,
  endymail,
  readPrefs,
  requirePrograms,
  startOnce,
  startThunderbird,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';
import { KEYS, openTerminal } from './pseudo-terminal.ts';

const ALICE = 'alice@example.test';
const OWN = 'own@example.test';
const WIDE = 'mail.e2ee.auto_enable';

let home: TestHome;
let profile: TestProfile;
let keychain: readonly string[];

beforeAll(async () => {
  requirePrograms('thunderbird', 'certutil');
  home = createTestHome('walk ü');
  profile = createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: [
      { address: ALICE, name: 'Alice' },
      { address: OWN, name: 'Own', extraPrefs: { openpgp_key_id: '0123456789ABCDEF' } },
    ],
  });
  await startOnce(profile);
  const passphraseFile = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
});
afterAll(() => home.dispose());

const prefsFile = (): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');
const walk = () => openTerminal([...ENDYMAIL, ...keychain], { home });

test('without a terminal it says what it found and the next command, and ends', async () => {
  const before = prefsFile();
  const run = await endymail([], { home });
  expect(run.code).toBe(0);
  expect(run.stdout).toContain(ALICE);
  expect(run.stdout).toContain(`Next: npx --no-install endymail plan ${ALICE}`);
  expect(prefsFile()).toBe(before);
});

test('a person who leaves at the list, the plan or the question has changed nothing', async () => {
  const before = prefsFile();
  const atList = walk();
  await atList.sees('Which mailboxes shall be protected?');
  atList.types(KEYS.ctrlC);
  expect(await atList.ends()).toBe(3);

  const atQuestion = walk();
  await atQuestion.sees('Which mailboxes shall be protected?');
  atQuestion.types(KEYS.enter);
  await atQuestion.sees(/This touches other mailboxes|Do this\?/);
  atQuestion.types(KEYS.ctrlC);
  expect(await atQuestion.ends()).toBe(3);
  expect(prefsFile()).toBe(before);
});

test('ticks, plan, consent, question, work and result; the second time a menu', async () => {
  const first = walk();
  await first.sees(`${OWN} is not ticked: This mailbox has an OpenPGP key of your own.`);
  await first.sees('Which mailboxes shall be protected?');
  first.types(KEYS.enter);
  await first.sees(`${ALICE} gets a key and a certificate`);
  await first.sees('Protected mail can be read only on devices you add.');
  // The other mailbox has a set-up of its own, and the switch is one of the whole profile.
  await first.sees('This touches other mailboxes, too.');
  expect(readPrefs(profile.folder)[WIDE]).toBeUndefined();
  first.types(KEYS.down + KEYS.enter);
  await first.sees('Do this?');
  expect(readPrefs(profile.folder)[WIDE]).toBeUndefined();
  first.types(KEYS.enter);
  await first.sees(`${ALICE}: Ready.`);
  await first.sees('What would you like to do?');
  first.types(KEYS.up + KEYS.enter);
  expect(await first.ends()).toBe(0);
  expect(readPrefs(profile.folder)[WIDE]).toBe(true);

  const second = walk();
  await second.sees('Ready. Nobody who can get encrypted mail from you is known yet.');
  await second.sees('What would you like to do?');
  expect(second.shown()).not.toContain('Which mailboxes shall be protected?');
  second.types(KEYS.ctrlC);
  expect(await second.ends()).toBe(0);
});

test('a running Thunderbird is waited for; Ctrl+C leaves it for the next chance, which undoes it then', async () => {
  const thunderbird = await startThunderbird(profile);
  const waiting = openTerminal([...ENDYMAIL, 'disable', '--all', ...keychain], { home });
  await waiting.sees('back as before?');
  waiting.types(KEYS.enter);
  await waiting.sees('Close it, I am waiting');
  waiting.types(KEYS.ctrlC);
  await waiting.sees('Thunderbird is running with the profile default-default.');
  expect(await waiting.ends()).toBe(130);
  await thunderbird.quit();
  expect(readPrefs(profile.folder)[WIDE]).toBe(true);

  const looked = await endymail(['mailboxes', '--json', ...keychain], { home });
  expect(looked.code).toBe(0);
  expect(looked.json()).toMatchObject({ rows: [{ address: ALICE, state: 'off' }, { address: OWN }] });
  expect(readPrefs(profile.folder)[WIDE]).toBeUndefined();
});

test('nothing is coloured where colours are not wanted, and no line is longer than the window', async () => {
  const plain = openTerminal([...ENDYMAIL, '--help'], { home, env: { NO_COLOR: '1' } });
  expect(await plain.ends()).toBe(0);
  const lines = plain.shown().split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});
