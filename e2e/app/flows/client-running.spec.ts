import { endProcessesOf, processesOf, readPrefs, startDisplay, until } from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { homePage } from '../pages/home-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { expect, test, windowOf } from './fixtures.ts';

const ALICE = 'alice@example.test';
const WORK = 'alice@work.test';

test('what waits for an open Thunderbird is done when it is closed, and it is opened again', async ({
  person,
  launchApp,
}) => {
  test.setTimeout(300_000);
  const identities = [
    { address: ALICE, name: 'Alice Example' },
    { address: WORK, name: 'Alice Smith' },
  ] as const;
  const alice = await person({ identities });
  await using display = await startDisplay();
  const isOpen = (): boolean => processesOf(alice.profile.folder).length > 0;
  const isSetUp = (id: string): boolean =>
    Object.hasOwn(readPrefs(alice.profile.folder), `mail.identity.${id}.signing_cert_name`);
  await alice.thunderbird.running();

  const app = await launchApp({
    env: { ...alice.home.env, ...alice.env, DISPLAY: display.name, GDK_BACKEND: 'x11' },
  });
  const page = await windowOf(app);

  await test.step('it says that Thunderbird must be closed, and Later leaves it for the next time', async () => {
    await choosePage(page).mailbox(WORK).uncheck();
    await choosePage(page).enable(1).click();
    await expect(page.getByText('Thunderbird is open. You will be asked to close it')).toBeVisible();
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).close).toContainText('It is open.');
    await expect(page.getByRole('status').getByText('Waiting for Thunderbird')).toBeHidden();
    await progressPage(page).later.click();
    await expect(homePage(page).attention('Close Thunderbird to finish a mailbox')).toContainText(ALICE);
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Waiting for Thunderbird$/);
    expect(isSetUp('id1')).toBe(false);
  });

  await test.step('“I have closed it” while it is open changes nothing', async () => {
    await homePage(page).attention('Close Thunderbird').getByRole('button', { name: 'I have closed it' }).click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Waiting for Thunderbird$/);
    expect(isOpen()).toBe(true);
    expect(isSetUp('id1')).toBe(false);
  });

  await test.step('Thunderbird is closed: the window does it by itself', async () => {
    await alice.thunderbird.closed();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Ready, nobody known yet$/, { timeout: 30_000 });
    await expect(homePage(page).attention('Close Thunderbird')).toBeHidden();
    expect(isSetUp('id1')).toBe(true);
  });

  await test.step('a second mailbox: “I have closed it” on the screen of the set-up', async () => {
    await alice.thunderbird.running();
    await homePage(page).addMailbox.click();
    await choosePage(page).mailbox(WORK).check();
    await choosePage(page).enable(1).click();
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).close).toBeVisible();
    await progressPage(page).closedIt.click();
    await expect(progressPage(page).close).toBeVisible();
    expect(isSetUp('id2')).toBe(false);
    await alice.thunderbird.closed();
    await expect(progressPage(page).done).toBeVisible({ timeout: 30_000 });
    expect(isSetUp('id2')).toBe(true);
  });

  await test.step('Open Thunderbird again', async () => {
    expect(isOpen()).toBe(false);
    await progressPage(page).openAgain.click();
    await until('Thunderbird', isOpen);
    await display.findWindow('Mozilla Thunderbird', 60_000);
    await endProcessesOf(alice.profile.folder);
  });
});
