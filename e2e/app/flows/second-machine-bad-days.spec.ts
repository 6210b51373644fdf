import type { Page } from '@playwright/test';
import type { Mesh } from '../../harness/index.ts';
import { devicesPage } from '../pages/devices-page.ts';
import { homePage } from '../pages/home-page.ts';
import { joinPage } from '../pages/join-page.ts';
import { joinPromptPage } from '../pages/join-prompt-page.ts';
import { sections } from '../pages/sections.ts';
import type { OpenWindow } from './fixtures.ts';
import { ALICE, expect, test, type Machine } from './machines.ts';
import { approve, askToJoin, createAccount, otherComputer, shownDigits } from './two-windows.ts';
import { setUpSuggested } from './walk.ts';

/** What another computer's step needs at most on a busy machine. */
const STEP_LIMIT_MS = 40_000;

const READY = /Ready, nobody known yet$/;

/** A computer with alice's mailbox set up, and her account. */
async function founder(first: Machine, mesh: Mesh): Promise<OpenWindow> {
  const window = await first.open();
  await setUpSuggested(window.page, 1);
  await createAccount(window.page, 'alice', mesh.host);
  return window;
}

const accountAt = ({ host }: Mesh): string => `alice@${host}`;

/** The question stands on the first computer, by itself. */
async function isAsked(page: Page): Promise<void> {
  await expect(joinPromptPage(page).question).toBeVisible({ timeout: STEP_LIMIT_MS });
}

/** The computer has joined, and its mailbox is set up. */
async function hasJoined(page: Page): Promise<void> {
  await expect(joinPage(page).joined).toBeVisible({ timeout: STEP_LIMIT_MS });
  await expect(joinPage(page).row(ALICE)).toContainText('is set up', { timeout: STEP_LIMIT_MS });
  await joinPage(page).done.click();
  await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);
}

test.describe('the second computer, on a bad day', () => {
  test.beforeEach(() => {
    test.setTimeout(240_000);
  });

  test('requests that come to nothing are said on both computers, and the next one goes through', async ({
    mesh,
    machine,
  }) => {
    const [laptop, desktop] = [await machine('laptop'), await machine('desktop')];
    const first = await founder(laptop, mesh);
    const second = await desktop.open();
    const digits = await askToJoin(second.page, accountAt(mesh));

    await test.step('digits mistyped: it has ended on both', async () => {
      await isAsked(first.page);
      const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0');
      await approve(first.page, wrong);
      await expect(joinPage(second.page).ended('The digits did not match')).toBeVisible({ timeout: STEP_LIMIT_MS });
      const told = joinPromptPage(first.page).wrongDigits;
      await expect(told).toContainText('nothing was shared', { timeout: STEP_LIMIT_MS });
      await joinPromptPage(first.page).close.click();
      await joinPage(second.page).again.click();
      expect(await shownDigits(second.page)).not.toBe(digits);
    });

    await test.step('it was not me: the other one says that it was refused', async () => {
      await isAsked(first.page);
      await joinPromptPage(first.page).notMe.click();
      await expect(joinPromptPage(first.page).turnedAway).toBeVisible();
      await joinPromptPage(first.page).close.click();
      await expect(joinPage(second.page).ended('The other device said no')).toBeVisible({ timeout: STEP_LIMIT_MS });
      await joinPage(second.page).again.click();
      await shownDigits(second.page);
    });

    const { today, tomorrow } =
      await test.step('nobody answers for a day: expired, and no question is left', async () => {
        await isAsked(first.page);
        await joinPromptPage(first.page).later.click();
        await first.app.close();
        await second.app.close();
        await mesh.start(otherComputer('service', 1));
        const asker = await desktop.open({ daysAhead: 1 });
        await expect(joinPage(asker.page).ended('The request has expired')).toBeVisible({ timeout: STEP_LIMIT_MS });
        const asked = await laptop.open({ daysAhead: 1 });
        await expect(homePage(asked.page).attention('recovery words')).toBeVisible({ timeout: STEP_LIMIT_MS });
        await expect(asked.page.getByText('A device asks to join')).toBeHidden();
        return { today: asked, tomorrow: asker };
      });

    await test.step('the next request goes through', async () => {
      await joinPage(tomorrow.page).again.click();
      const shown = await shownDigits(tomorrow.page);
      await isAsked(today.page);
      await approve(today.page, shown);
      await hasJoined(tomorrow.page);
      await joinPromptPage(today.page).done.click();
    });

    await test.step('it is removed: what is left to do is said here, and that it was removed there', async () => {
      await sections(today.page).devices.click();
      const devices = devicesPage(today.page);
      await devices.device('desktop').click();
      await devices.startRemoval.click();
      await devices.remove.click();
      await expect(devices.dialog).toContainText('desktop is removed', { timeout: STEP_LIMIT_MS });
      await expect(devices.dialog).toContainText('Left for you to do:');
      await devices.close.click();
      await expect(devices.removedOnes).toHaveText('1 device removed');
      await expect(homePage(tomorrow.page).attention('removed')).toBeVisible({ timeout: STEP_LIMIT_MS });
    });
  });

  test('a computer dies at each step of joining, and it ends well', async ({ mesh, machine }) => {
    const [laptop, desktop] = [await machine('laptop'), await machine('desktop')];
    let first = await founder(laptop, mesh);
    let second = await desktop.open();

    await test.step('the new one, when it has asked: it shows the same digits again', async () => {
      const digits = await askToJoin(second.page, accountAt(mesh));
      await desktop.die(second);
      second = await desktop.open();
      expect(await shownDigits(second.page)).toBe(digits);
    });

    await test.step('the first one, before it is approved: it asks again', async () => {
      await isAsked(first.page);
      await laptop.die(first);
      first = await laptop.open();
      await isAsked(first.page);
    });

    await test.step('both, when the digits were typed: they go on by themselves', async () => {
      await approve(first.page, await shownDigits(second.page));
      await expect(joinPage(second.page).confirming.or(joinPage(second.page).joined)).toBeVisible({
        timeout: STEP_LIMIT_MS,
      });
      await laptop.die(first);
      await desktop.die(second);
      first = await laptop.open();
      second = await desktop.open();
      const belongs = second.page.getByRole('button', { name: accountAt(mesh) });
      await expect(joinPage(second.page).joined.or(belongs)).toBeVisible({ timeout: STEP_LIMIT_MS });
    });

    await test.step('the new one, when it has joined: its mailbox is set up all the same', async () => {
      await desktop.die(second);
      second = await desktop.open();
      await expect(homePage(second.page).mailbox(ALICE)).toHaveAccessibleName(READY, { timeout: STEP_LIMIT_MS });
      await sections(first.page).devices.click();
      await expect(devicesPage(first.page).device('desktop')).toBeVisible({ timeout: STEP_LIMIT_MS });
      await expect(first.page.getByText(`2 devices belong to ${accountAt(mesh)}.`)).toBeVisible();
    });
  });
});
