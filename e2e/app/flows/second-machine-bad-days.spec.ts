import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { choosePage } from '../pages/choose-page.ts';
import { closedPage } from '../pages/closed-page.ts';
import { devicesPage } from '../pages/devices-page.ts';
import { homePage } from '../pages/home-page.ts';
import { joinPage } from '../pages/join-page.ts';
import { joinPromptPage } from '../pages/join-prompt-page.ts';
import { restorePage } from '../pages/restore-page.ts';
import { sections } from '../pages/sections.ts';
import type { OpenWindow } from './fixtures.ts';
import { ALICE, expect, test, type Machine } from './machines.ts';
import { approve, askToJoin, createAccount, otherComputer, shownDigits } from './two-windows.ts';
import { setUpSuggested } from './walk.ts';
import { withoutPush } from './without-push.ts';

/** What another computer's step needs at most on a busy machine. */
const STEP_LIMIT_MS = 40_000;

const READY = /Ready, nobody known yet$/;

/** What stands behind the at sign of an account. */
interface Place {
  readonly host: string;
}

/** A computer with alice's mailbox set up, and her account. */
async function founder(first: Machine, mesh: Place): Promise<OpenWindow> {
  const window = await first.open();
  await setUpSuggested(window.page, 1);
  await createAccount(window.page, 'alice', mesh.host);
  return window;
}

const accountAt = ({ host }: Place): string => `alice@${host}`;

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

  test('[SEC-138] the word of the service is lost, and the service itself for a while', async ({ mesh, machine }) => {
    await using network = await withoutPush(mesh.host);
    await mesh.start(network.env);
    const [laptop, desktop] = [await machine('laptop'), await machine('desktop')];
    const first = await founder(laptop, network);
    const second = await desktop.open();
    const digits = await askToJoin(second.page, accountAt(network));
    await isAsked(first.page);
    expect(network.refused()).toBeGreaterThan(0);

    await mesh.stop();
    await expect(joinPage(second.page).waiting).toContainText('it is tried again by itself', {
      timeout: STEP_LIMIT_MS,
    });
    await expect(joinPage(second.page).digits).toBeVisible();
    await approve(first.page, digits);
    await expect(joinPromptPage(first.page).notAdded).toContainText('can not be reached', { timeout: STEP_LIMIT_MS });
    await mesh.start(network.env);
    await joinPromptPage(first.page).again.click();
    await approve(first.page, digits);
    await hasJoined(second.page);
    await expect(joinPromptPage(first.page).joined).toContainText('desktop');
  });

  test('an invitation that a web page opens does nothing by itself; by one of hers a computer joins, until she thinks again', async ({
    mesh,
    machine,
  }) => {
    const [laptop, desktop] = [await machine('laptop'), await machine('desktop')];
    const foreign = `mesh:eve@${mesh.host}#${'A'.repeat(86)}.${'B'.repeat(22)}`;
    const opened = await desktop.open({ link: foreign });

    await test.step('on a computer without an account it names whose it is, and is forgotten', async () => {
      await expect(joinPage(opened.page).linkQuestion).toBeVisible();
      await expect(opened.page.getByText(`This is an invitation to eve@${mesh.host}.`)).toBeVisible();
      await joinPage(opened.page).linkCancel.click();
      await expect(choosePage(opened.page).mailbox(ALICE)).toBeVisible();
      await opened.app.close();
    });

    const first = await founder(laptop, mesh);
    const link = await test.step('she makes an invitation', async () => {
      const devices = devicesPage(first.page);
      await sections(first.page).devices.click();
      await devices.add.click();
      await devices.invite.click();
      await devices.showLink.click();
      return (await devices.link.textContent()) ?? '';
    });

    const second = await test.step('the other computer joins by it, without digits', async () => {
      const window = await desktop.open({ link });
      await expect(window.page.getByText(`This is an invitation to ${accountAt(mesh)}.`)).toBeVisible();
      await joinPage(window.page).linkJoin.click();
      await hasJoined(window.page);
      return window;
    });

    await test.step('where there is an account, another invitation is refused', async () => {
      await expect(desktop.open({ link: foreign })).rejects.toThrow('before it was ready');
      await expect(joinPage(second.page).linkRefused).toBeVisible();
      await joinPage(second.page).close.click();
      await expect(homePage(second.page).mailbox(ALICE)).toHaveAccessibleName(READY);
    });

    await test.step('the first one says who came in by it, and she takes it back', async () => {
      const joined = joinPromptPage(first.page);
      await expect(joined.joined).toContainText('By the invitation that was made here.', { timeout: STEP_LIMIT_MS });
      await joined.remove.click();
      const devices = devicesPage(first.page);
      await devices.remove.click();
      await expect(devices.dialog).toContainText('desktop is removed', { timeout: STEP_LIMIT_MS });
      await devices.close.click();
      await expect(homePage(second.page).attention('removed')).toBeVisible({ timeout: STEP_LIMIT_MS });
    });
  });

  test('its keychain is emptied, then everything of it is gone: it joins again, and the old entry can be removed', async ({
    mesh,
    machine,
  }) => {
    const [laptop, desktop] = [await machine('laptop'), await machine('desktop')];
    const first = await founder(laptop, mesh);
    let second = await desktop.open();
    const joins = async (): Promise<void> => {
      const digits = await askToJoin(second.page, accountAt(mesh));
      await isAsked(first.page);
      await approve(first.page, digits);
      await hasJoined(second.page);
      await joinPromptPage(first.page).done.click();
    };
    await joins();

    await test.step('the key of its data is gone: it begins anew, and joins as another device', async () => {
      await second.app.close();
      await desktop.withoutKeyring(() => {
        rmSync(join(desktop.home.folder, '.local', 'share', 'keyrings'), { recursive: true });
      });
      second = await desktop.open();
      await expect(closedPage(second.page).why('The key of your data is gone')).toBeVisible();
      await closedPage(second.page).startOver.click();
      await restorePage(second.page).confirmStartOver.click();
      await restorePage(second.page).toHome.click();
      await joins();
    });

    await test.step('it is installed anew, with nothing of before but its Thunderbird', async () => {
      await second.app.close();
      await desktop.withoutKeyring(() => {
        rmSync(desktop.home.endymailFolder, { recursive: true });
        rmSync(join(desktop.home.folder, '.local', 'share', 'keyrings'), { recursive: true });
      });
      second = await desktop.open();
      await joins();
    });

    await test.step('what it was before is still listed on the first one, until it is removed', async () => {
      await sections(first.page).devices.click();
      const devices = devicesPage(first.page);
      await expect(devices.device('desktop')).toHaveCount(3);
      await devices.device('desktop').first().click();
      await devices.startRemoval.click();
      await devices.remove.click();
      await expect(devices.dialog).toContainText('desktop is removed', { timeout: STEP_LIMIT_MS });
      await devices.close.click();
      await expect(devices.device('desktop')).toHaveCount(2);
    });
  });
});
