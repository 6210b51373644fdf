import { join } from 'node:path';
import { createTestPerson, createThunderbirdProfile, publicPartFile } from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { giveNewPassphrase } from '../pages/passphrase-form.ts';
import { peoplePage } from '../pages/people-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { sections } from '../pages/sections.ts';
import { dropFile } from './drop-file.ts';
import { expect, test } from './fixtures.ts';
import { picture } from './picture.ts';

const MIRA = 'mira@halvorsen.example';
const CLUB = 'mira@rowing-club.example';
const ASTRID = 'astrid@lunde.example';
const IDA = 'ida@lade.example';

test('the screens of a first start, of people and of home', async ({ home, openWindow }) => {
  test.setTimeout(120_000);
  createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: [
      { address: MIRA, name: 'Mira Halvorsen' },
      { address: CLUB, name: 'Mira Halvorsen' },
    ],
  });
  const { app, page } = await openWindow();
  await expect(choosePage(page).mailbox(MIRA)).toBeChecked();
  await picture(page, 'choose');

  await choosePage(page).enable(2).click();
  await expect(reviewPage(page).setUp(2)).toBeEnabled();
  await picture(page, 'review');

  await reviewPage(page).setUp(2).click();
  await expect(progressPage(page).done).toBeVisible();
  await expect(page.getByText('Ready, nobody known yet')).toHaveCount(2);
  await picture(page, 'done');

  await progressPage(page).toPeople.click();
  for (const [address, name] of [
    [IDA, 'Ida Lade'],
    [ASTRID, 'Astrid Lunde'],
  ] as const) {
    await dropFile(page, publicPartFile(await createTestPerson(address, name), home));
    await expect(peoplePage(page).fingerprint).toBeVisible();
    if (address === ASTRID) await picture(page, 'add-person');
    await peoplePage(page).same.click();
    await expect(peoplePage(page).dialog).toContainText('is encrypted from now on.');
    await peoplePage(page).close.click();
  }
  await expect(peoplePage(page).person(ASTRID)).toBeVisible();
  await picture(page, 'people');

  await sections(page).home.click();
  await homePage(page).attention('You have no backup').getByRole('button', { name: 'Back up…' }).click();
  await app.answerDialog('showSaveDialog', { canceled: false, filePath: join(home.scratchFolder, 'mira.backup') });
  await giveNewPassphrase(page, 'four random words here', 'Save the backup…');
  await expect(page.getByText('mira.backup holds everything.')).toBeVisible();
  await sections(page).home.click();
  await expect(homePage(page).heading).toHaveText('Everything is in order');
  await picture(page, 'home');

  await homePage(page).mailbox(MIRA).click();
  await expect(page.getByText('Mail to two people is encrypted.')).toBeVisible();
  await expect(mailboxPage(page).turnOff).toBeVisible();
  await picture(page, 'mailbox');
});
