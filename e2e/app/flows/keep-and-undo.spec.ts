import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  addressesIn,
  baseEnv,
  createTestPerson,
  createThunderbirdProfile,
  openPkcs12,
  publicPartFile,
  readPrefs,
  runProgram,
  THUNDERBIRD_FOLDER,
  type TestHome,
  type TestProfile,
} from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { exportPage } from '../pages/export-page.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { giveNewPassphrase } from '../pages/passphrase-form.ts';
import { peoplePage } from '../pages/people-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { removalPage } from '../pages/removal-page.ts';
import { restorePage } from '../pages/restore-page.ts';
import { sections } from '../pages/sections.ts';
import { settingsPage } from '../pages/settings-page.ts';
import { dropFile } from './drop-file.ts';
import { expect, test } from './fixtures.ts';
import { setUpSuggested } from './walk.ts';

const ALICE = 'alice@example.test';
const WORK = 'alice@work.test';
const BOB = 'bob@example.test';
const PASSPHRASE = 'four random words here';

const alicesProfile = (home: TestHome, addresses: readonly string[]): TestProfile =>
  createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: addresses.map((address) => ({ address, name: 'Alice Example' })),
  });

const prefsText = (profile: TestProfile): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');

/** The certificates that Thunderbird's store trusts for mail, in the words of Mozilla's own tool. */
async function trustedRoots(profile: TestProfile): Promise<readonly string[]> {
  // Another NSS than Thunderbird's own does not know the kind of entry in which that one keeps trust.
  const env = { ...baseEnv(), LD_LIBRARY_PATH: THUNDERBIRD_FOLDER };
  const { stdout } = await runProgram('certutil', ['-L', '-d', `sql:${profile.folder}`], { env });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes(',C,'));
}

test.describe('what is kept, and what is taken back', () => {
  test.setTimeout(150_000);

  test('one mailbox is taken back, then everything: the settings are as before to the byte', async ({
    home,
    openWindow,
  }) => {
    const profile = alicesProfile(home, [ALICE, WORK]);
    const before = prefsText(profile);
    const { page } = await openWindow();
    await setUpSuggested(page, 2);
    await progressPage(page).goHome.click();
    const both = readPrefs(profile.folder);
    expect(await trustedRoots(profile)).not.toEqual([]);

    await homePage(page).mailbox(WORK).click();
    await mailboxPage(page).turnOff.click();
    await removalPage(page).turnOff.click();
    await expect(page.getByText(`${WORK} is off.`)).toBeVisible();
    const one = readPrefs(profile.folder);
    expect(one).not.toHaveProperty(['mail.identity.id2.signing_cert_name']);
    expect(one['mail.identity.id1.signing_cert_dbkey']).toBe(both['mail.identity.id1.signing_cert_dbkey']);
    expect(one['mail.e2ee.auto_enable']).toBe(true);

    await sections(page).settings.click();
    await settingsPage(page).undo.click();
    await removalPage(page).undoEverything.click();
    await expect(page.getByText('All mailboxes are off.')).toBeVisible();
    expect(prefsText(profile)).toBe(before);
    expect(await trustedRoots(profile)).toEqual([]);
  });

  test('the file for a phone is opened by openssl with its passphrase alone', async ({ home, openWindow }) => {
    alicesProfile(home, [ALICE]);
    const { app, page } = await openWindow();
    await setUpSuggested(page, 1);
    await progressPage(page).goHome.click();
    await homePage(page).mailbox(ALICE).click();
    await mailboxPage(page).exportForPhone.click();
    const file = join(home.scratchFolder, 'phone.p12');
    await giveNewPassphrase(page, 'too short', 'Save the file…');
    await expect(page.getByText('3 more characters are needed.')).toBeVisible();
    await app.answerDialog('showSaveDialog', { canceled: true, filePath: '' });
    await giveNewPassphrase(page, PASSPHRASE, 'Save the file…');
    await expect.poll(async () => (await app.records()).filter(({ kind }) => kind === 'dialog').length).toBe(1);
    expect(existsSync(file)).toBe(false);
    await app.answerDialog('showSaveDialog', { canceled: false, filePath: file });
    await giveNewPassphrase(page, PASSPHRASE, 'Save the file…');
    await expect(page.getByText('phone.p12 is written.')).toBeVisible();
    await expect(exportPage(page).steps('iPhone and iPad')).toBeVisible();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { certificate } = await openPkcs12(readFileSync(file), PASSPHRASE);
    expect(addressesIn(certificate)).toEqual([ALICE]);
    await expect(openPkcs12(readFileSync(file), 'four other words here')).rejects.toThrow(/pkcs12/);
  });

  test('backed up, removed from this computer, and brought back with the same keys and people', async ({
    home,
    keyring,
    openWindow,
  }) => {
    const profile = alicesProfile(home, [ALICE]);
    const before = prefsText(profile);
    const backup = join(home.scratchFolder, 'all.endymail-backup');
    const bob = await createTestPerson(BOB, 'Bob Example');
    const { app, page } = await openWindow();
    await setUpSuggested(page, 1);
    const settings = readPrefs(profile.folder);
    await dropFile(page, publicPartFile(bob, home));
    await peoplePage(page).same.click();
    await peoplePage(page).close.click();
    await progressPage(page).goHome.click();
    await expect(homePage(page).attention('You have no backup')).toBeVisible();

    await test.step('back up, as home asks for', async () => {
      await homePage(page).attention('You have no backup').getByRole('button', { name: 'Back up…' }).click();
      await app.answerDialog('showSaveDialog', { canceled: false, filePath: backup });
      await giveNewPassphrase(page, PASSPHRASE, 'Save the backup…');
      await expect(page.getByText('all.endymail-backup holds everything.')).toBeVisible();
      expect(readFileSync(backup).includes(BOB)).toBe(false);
      await sections(page).home.click();
      await expect(homePage(page).heading).toHaveText('Everything is in order');
    });

    await test.step('remove', async () => {
      await sections(page).settings.click();
      await settingsPage(page).remove.click();
      await removalPage(page).startRemoval.click();
      await removalPage(page).remove.click();
      await expect(removalPage(page).removed).toBeVisible();
      expect(prefsText(profile)).toBe(before);
      expect(await keyring.labels()).toEqual([]);
      expect(await trustedRoots(profile)).toEqual([]);
      await page.getByRole('button', { name: 'Quit' }).click();
      expect(await app.waitForExit()).toBe(0);
      expect(existsSync(home.endymailFolder) ? readdirSync(home.endymailFolder) : []).toEqual([]);
    });

    await test.step('restore, and enable what is off', async () => {
      const again = await openWindow();
      await choosePage(again.page).restore.click();
      await restorePage(again.page).passphrase.fill(PASSPHRASE);
      await again.app.answerDialog('showOpenDialog', { canceled: false, filePaths: [backup] });
      await restorePage(again.page).choose.click();
      await expect(restorePage(again.page).done).toBeVisible();
      await restorePage(again.page).toHome.click();
      await expect(homePage(again.page).mailbox(ALICE)).toHaveAccessibleName(/Protected with 1 person$/);
      expect(readPrefs(profile.folder)).toMatchObject({
        'mail.e2ee.auto_enable': true,
        'mail.identity.id1.encryption_cert_name': settings['mail.identity.id1.encryption_cert_name'],
      });
      await sections(again.page).people.click();
      await expect(peoplePage(again.page).person(BOB)).toBeVisible();
    });
  });
});
