import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTestPerson,
  createThunderbirdProfile,
  readPrefs,
  removePrefs,
  setUpByHand,
  type TestHome,
  type TestProfile,
} from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { removalPage } from '../pages/removal-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { expect, test } from './fixtures.ts';

const ALICE = 'alice@example.test';
const WORK = 'alice@work.test';

const prefsText = (profile: TestProfile): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');

/** Alice has a second mailbox in the same profile, with the prefs `extra` of its own. */
const alicesProfile = (home: TestHome, extra: Readonly<Record<string, number>>): TestProfile =>
  createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: [
      { address: ALICE, name: 'Alice Example' },
      { address: WORK, name: 'Alice Smith', extraPrefs: extra },
    ],
  });

const ENCRYPT_ALWAYS = { encryptionpolicy: 2 };

test.describe('what else it touches', () => {
  test.setTimeout(120_000);

  test('[SEC-23] without her word the other mailbox keeps its rule, and she presses Encrypt; with it, it is automatic', async ({
    home,
    openWindow,
  }) => {
    const profile = alicesProfile(home, ENCRYPT_ALWAYS);
    const { page } = await openWindow();
    await choosePage(page).mailbox(WORK).uncheck();
    await choosePage(page).enable(1).click();
    const consent = reviewPage(page).consent(`This also touches ${WORK}`);
    await expect(consent).toContainText('refuses to send what it can not encrypt');
    await expect(consent.getByRole('checkbox')).not.toBeChecked();
    await expect(reviewPage(page).line(`In ${ALICE} you press Encrypt yourself.`)).toBeVisible();
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).done).toBeVisible();
    expect(readPrefs(profile.folder)).not.toHaveProperty(['mail.e2ee.auto_enable']);
    expect(readPrefs(profile.folder)).toHaveProperty(['mail.identity.id1.encryption_cert_name']);
    await progressPage(page).goHome.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/By hand: you press Encrypt$/);

    await test.step('she turns it off, and says yes the second time', async () => {
      await homePage(page).mailbox(ALICE).click();
      await mailboxPage(page).turnOff.click();
      await removalPage(page).turnOff.click();
      await removalPage(page).toHome.click();
      await choosePage(page).mailbox(WORK).uncheck();
      await choosePage(page).enable(1).click();
      await reviewPage(page).tick(`Change it for ${WORK} too`).check();
      await expect(reviewPage(page).line('Thunderbird signs and encrypts by itself.')).toBeVisible();
      await reviewPage(page).setUp(1).click();
      await expect(progressPage(page).done).toBeVisible();
      expect(readPrefs(profile.folder)).toMatchObject({ 'mail.e2ee.auto_enable': true });
    });
  });

  test('[SEC-23] a certificate of her own stands unticked, is replaced only when she says so, and comes back', async ({
    home,
    openWindow,
  }) => {
    const profile = alicesProfile(home, {});
    await setUpByHand(profile, await createTestPerson(WORK, 'Alice Smith'), []);
    removePrefs(profile.folder, ['mail.e2ee.auto_enable', 'mail.e2ee.auto_disable']);
    const before = prefsText(profile);
    const own = readPrefs(profile.folder)['mail.identity.id2.signing_cert_dbkey'];

    const { page } = await openWindow();
    await expect(choosePage(page).mailbox(WORK)).not.toBeChecked();
    await expect(page.getByText('Not ticked: it has an encryption set-up of its own.')).toBeVisible();
    await choosePage(page).mailbox(ALICE).uncheck();
    await choosePage(page).mailbox(WORK).check();
    await choosePage(page).enable(1).click();
    await expect(reviewPage(page).setUp(0)).toBeDisabled();
    await reviewPage(page).tick(`Replace the S/MIME set-up of ${WORK}`).check();
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).done).toBeVisible();
    const replaced = readPrefs(profile.folder)['mail.identity.id2.signing_cert_dbkey'];
    expect(replaced).toEqual(expect.any(String));
    expect(replaced).not.toBe(own);

    await progressPage(page).goHome.click();
    await homePage(page).mailbox(WORK).click();
    await mailboxPage(page).turnOff.click();
    await removalPage(page).turnOff.click();
    await expect(page.getByText(`${WORK} is off. Mail from it goes as before Endymail.`)).toBeVisible();
    expect(prefsText(profile)).toBe(before);
  });
});
