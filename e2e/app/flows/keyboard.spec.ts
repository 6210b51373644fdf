import type { Page } from '@playwright/test';
import { createThunderbirdProfile, readPrefs } from '../../harness/index.ts';
import { expect, test } from './fixtures.ts';

const ALICE = 'alice@example.test';
const WORK = 'alice@work.test';

/** More stops than any screen has. */
const STOPS_MAX = 40;

/** Presses Tab until what has the focus is what is looked for. */
async function tabTo(page: Page, role: 'button' | 'checkbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab');
    if ((await wanted.and(page.locator(':focus')).count()) > 0) {
      await expect(wanted.and(page.locator(':focus-visible'))).toBeInViewport();
      return;
    }
  }
  throw new Error(`Tab does not lead to ${String(name)}.`);
}

test('from the first start to home without the pointer', async ({ home, openWindow }) => {
  test.setTimeout(120_000);
  const profile = createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: [
      { address: ALICE, name: 'Alice' },
      { address: WORK, name: 'Alice' },
    ],
  });
  const { page } = await openWindow();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeFocused();
  await tabTo(page, 'checkbox', WORK);
  await page.keyboard.press('Space');
  await tabTo(page, 'button', 'Enable 1 mailbox');
  await page.keyboard.press('Enter');

  await expect(heading).toHaveText('What will change');
  await expect(heading).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText('Choose your mailboxes');
  await tabTo(page, 'checkbox', WORK);
  await page.keyboard.press('Space');
  await tabTo(page, 'button', 'Enable 1 mailbox');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('What will change');
  const setUp = page.getByRole('button', { name: 'Set up 1 mailbox' });
  await expect(setUp).toBeEnabled();
  await tabTo(page, 'button', 'Set up 1 mailbox');
  await page.keyboard.press('Enter');

  await expect(heading).toHaveText('Your mailbox is set up');
  await tabTo(page, 'button', 'Go to Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('Home – Endymail');
  await expect(heading).toBeFocused();
  expect(readPrefs(profile.folder)).toHaveProperty(['mail.identity.id1.signing_cert_name']);
  expect(readPrefs(profile.folder)).not.toHaveProperty(['mail.identity.id2.signing_cert_name']);

  await page.keyboard.press('Control+2');
  await expect(heading).toHaveText('People');
  await page.keyboard.press('Escape');
  await tabTo(page, 'button', new RegExp(`^${ALICE}`));
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(ALICE);
});
