import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createThunderbirdProfile } from '../../harness/index.ts';
import { homePage } from '../pages/home-page.ts';
import { expect, test } from './fixtures.ts';
import { setUpSuggested } from './walk.ts';

const ALICE = 'alice@example.test';

test('a time without Endymail: from when to when, and what that meant, until it is read', async ({
  home,
  openWindow,
}) => {
  test.setTimeout(180_000);
  createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  const first = await openWindow();
  await setUpSuggested(first.page, 1);
  await first.app.close();
  const file = join(home.endymailFolder, 'last-served.json');
  const lastServed = (): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const at = new Date(Date.now() - 9 * 24 * 60 * 60 * 1_000).toISOString();
  expect(lastServed()).toMatchObject({ gap: null });
  writeFileSync(file, JSON.stringify({ version: 1, at, gap: null }));

  const second = await openWindow();
  const told = homePage(second.page).gap;
  await expect(told).toContainText(/ to today, \d\d:\d\d\. Thunderbird went on with what it had\./);
  await second.app.close();
  expect(lastServed()).toMatchObject({ gap: { from: at } });

  const third = await openWindow();
  await expect(homePage(third.page).gap).toBeVisible();
  await homePage(third.page).gapRead.click();
  await expect(homePage(third.page).gap).toBeHidden();
  await third.app.close();
  expect(lastServed()).toMatchObject({ gap: null });

  const fourth = await openWindow();
  await expect(homePage(fourth.page).mailbox(ALICE)).toHaveAccessibleName(/Ready, nobody known yet$/);
  await expect(homePage(fourth.page).gap).toBeHidden();
});
