import { createThunderbirdProfile, readPrefs, removePrefs, setPrefs, type TestProfile } from '../../harness/index.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { removalPage } from '../pages/removal-page.ts';
import { sections } from '../pages/sections.ts';
import { expect, test } from './fixtures.ts';
import { setUpSuggested } from './walk.ts';

const ALICE = 'alice@example.test';
const READY = /Ready, nobody known yet$/;

test.describe('a setting that the person changed', () => {
  test.setTimeout(120_000);
  let profile: TestProfile;

  test.beforeEach(({ home }) => {
    profile = createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  });

  const certificate = 'mail.identity.id1.encryption_cert_name';

  test('is put back when she says so', async ({ openWindow }) => {
    const { page } = await openWindow();
    await setUpSuggested(page, 1);
    await progressPage(page).goHome.click();
    const before = readPrefs(profile.folder)[certificate];
    removePrefs(profile.folder, [certificate]);
    // Nobody presses anything: the window sees it by itself.
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Needs you$/);
    await homePage(page).attention(`${ALICE} was changed`).getByRole('button', { name: 'Decide…' }).click();
    await mailboxPage(page).putBack.click();
    await expect(page.getByText('The settings are back.')).toBeVisible();
    expect(readPrefs(profile.folder)[certificate]).toBe(before);
    await sections(page).home.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);
  });

  test('is left when she says so, also by the undo', async ({ openWindow }) => {
    const { page } = await openWindow();
    await setUpSuggested(page, 1);
    await progressPage(page).goHome.click();
    setPrefs(profile.folder, { 'mail.e2ee.auto_enable': false });
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Needs you$/);
    await homePage(page).attention(`${ALICE} was changed`).getByRole('button', { name: 'Decide…' }).click();
    await mailboxPage(page).leave.click();
    await expect(page.getByText('Left as you have it.', { exact: true })).toBeVisible();
    expect(readPrefs(profile.folder)).toMatchObject({ 'mail.e2ee.auto_enable': false });

    await mailboxPage(page).turnOff.click();
    await expect(removalPage(page).leaveChanges).toBeChecked();
    await removalPage(page).turnOff.click();
    await expect(page.getByText(`${ALICE} is off.`)).toBeVisible();
    expect(readPrefs(profile.folder)).toMatchObject({ 'mail.e2ee.auto_enable': false });
    expect(readPrefs(profile.folder)).not.toHaveProperty([certificate]);
  });
});
