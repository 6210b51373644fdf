import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createThunderbirdProfile, type TestHome, type TestProfile } from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { nothingFoundPage } from '../pages/nothing-found-page.ts';
import { expect, test } from './fixtures.ts';

const ALICE = 'alice@example.test';

const profileWith = (home: TestHome, addresses: readonly string[]): TestProfile =>
  createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: addresses.map((address) => ({ address, name: 'Alice' })),
  });

test('Thunderbird was never started, then has no account, then has one: it says which each time', async ({
  home,
  openWindow,
}) => {
  const { page } = await openWindow();
  await expect(nothingFoundPage(page).why('Thunderbird was never started')).toBeVisible();

  profileWith(home, []);
  await nothingFoundPage(page).lookAgain.click();
  await expect(nothingFoundPage(page).why('No mail account in Thunderbird')).toBeVisible();

  profileWith(home, [ALICE]);
  await nothingFoundPage(page).lookAgain.click();
  await expect(choosePage(page).mailbox(ALICE)).toBeChecked();
});

test('a profile that can not be understood is said, with what it is under Details', async ({ home, openWindow }) => {
  const { folder } = profileWith(home, [ALICE]);
  writeFileSync(join(folder, 'prefs.js'), 'user_pref("mail.accountmanager.accounts", "account1\n');
  const { page } = await openWindow();
  await expect(nothingFoundPage(page).why('No mailbox could be read')).toBeVisible();
  await page.getByText('Details').click();
  await expect(page.getByText('prefs.js').first()).toBeVisible();
});

test('a mailbox in a Thunderbird that is too old stands unticked, with the reason', async ({ home, openWindow }) => {
  const { folder } = profileWith(home, [ALICE]);
  const file = join(folder, 'compatibility.ini');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/^LastVersion=.*$/m, 'LastVersion=115.18.0_20250101/20250101'),
  );
  const { page } = await openWindow();
  await expect(choosePage(page).mailbox(ALICE)).not.toBeChecked();
  await expect(page.getByText('its Thunderbird is too old. Update it to version 128 or newer.')).toBeVisible();
});

test('a profile elsewhere is found when the person shows where', async ({ home, openWindow }) => {
  profileWith(home, [ALICE]);
  const elsewhere = join(home.scratchFolder, 'elsewhere');
  renameSync(home.thunderbirdFolder, elsewhere);
  const empty = join(home.scratchFolder, 'empty');
  mkdirSync(empty);

  const { app, page } = await openWindow();
  await app.answerDialog('showOpenDialog', { canceled: true, filePaths: [] });
  await nothingFoundPage(page).otherFolder.click();
  await expect(nothingFoundPage(page).why('Thunderbird was never started')).toBeVisible();
  await app.answerDialog('showOpenDialog', { canceled: false, filePaths: [empty] });
  await nothingFoundPage(page).otherFolder.click();
  await expect(page.getByRole('alert')).toContainText('There is no mail of Thunderbird in this folder.');
  await app.answerDialog('showOpenDialog', { canceled: false, filePaths: [elsewhere] });
  await nothingFoundPage(page).otherFolder.first().click();
  await expect(choosePage(page).mailbox(ALICE)).toBeVisible();
});
