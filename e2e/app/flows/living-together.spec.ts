import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTestPerson,
  createThunderbirdProfile,
  endymailDone,
  publicPartFile,
  readPrefs,
  until,
  type TestProfile,
} from '../../harness/index.ts';
import type { Application } from '../launch.ts';
import { choosePage } from '../pages/choose-page.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { removalPage } from '../pages/removal-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { expect, test } from './fixtures.ts';
import { holderOf } from './holder.ts';
import { setUpSuggested, toReview } from './walk.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';
const READY = /Ready, nobody known yet$/;
const PROTECTED = /Protected with 1 person$/;

/** The window, its agent, other windows and the command line on one home. */
test.describe('several of Endymail on one home', () => {
  let profile: TestProfile;

  test.beforeEach(({ home }) => {
    test.setTimeout(180_000);
    profile = createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  });

  const isSetUp = (): boolean =>
    Object.hasOwn(readPrefs(profile.folder), 'mail.identity.id1.signing_cert_name') &&
    readPrefs(profile.folder)['mail.e2ee.auto_enable'] === true;

  test('the agent is killed while nothing goes on: it comes back by itself, and nothing is lost', async ({
    home,
    openWindow,
  }) => {
    const { app, page } = await openWindow();
    await setUpSuggested(page, 1);
    await progressPage(page).goHome.click();
    const agent = holderOf(home) ?? 0;
    expect(agent).toBeGreaterThan(0);
    expect(agent).not.toBe(app.process().pid);
    process.kill(agent, 'SIGKILL');
    await until('another agent', () => ![null, agent].includes(holderOf(home)));
    await homePage(page).lookAgain.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);
    expect(isSetUp()).toBe(true);
  });

  test('the agent is killed in the middle of a set-up: it is finished', async ({ home, keyring, openWindow }) => {
    const { page } = await openWindow();
    await toReview(page, 1);
    await reviewPage(page).setUp(1).click();
    const store = join(profile.folder, 'cert9.db');
    await until('the first change in the profile', () => {
      try {
        return readFileSync(store).length > 0;
      } catch {
        return false;
      }
    });
    process.kill(holderOf(home) ?? 0, 'SIGKILL');
    expect(isSetUp()).toBe(false);
    // Nobody presses anything: the next agent finishes what the journal tells.
    await expect(progressPage(page).done).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('alert')).toBeHidden();
    expect(isSetUp()).toBe(true);
    await endymailDone(['check', ALICE], { home, env: keyring.env });
  });

  test('the window is closed while work goes on: the work is finished, and shows when it is opened again', async ({
    openWindow,
  }) => {
    const { app, page } = await openWindow();
    await toReview(page, 1);
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).underWay).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
    // It had begun, and was not done when the window had gone.
    expect(isSetUp()).toBe(false);
    expect(await app.waitForExit()).toBe(0);
    expect(isSetUp()).toBe(true);
    const later = (await openWindow()).page;
    await expect(homePage(later).mailbox(ALICE)).toHaveAccessibleName(READY);
  });

  test('a second start shows the first window and ends', async ({ openWindow, launchApp, home, keyring }) => {
    const { app, page } = await openWindow();
    await expect(choosePage(page).mailbox(ALICE)).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.minimize();
    });
    await expect(launchApp({ env: { ...home.env, ...keyring.env } })).rejects.toThrow('before it was ready');
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isMinimized())))
      .toEqual([false]);
  });

  test('two windows and the command line see what the others do', async ({ home, keyring, openWindow }) => {
    const env = { ...home.env, ...keyring.env };
    const commandLine = (...args: readonly string[]) => endymailDone(args, { home, env: keyring.env });
    const first = await openWindow();
    const second = await openWindow({
      env,
      args: [`--user-data-dir=${join(home.scratchFolder, 'second-window')}`],
    });
    await expect(choosePage(second.page).mailbox(ALICE)).toBeVisible();

    await commandLine('enable', ALICE, '--yes');
    for (const { page } of [first, second]) await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);

    const bob = await createTestPerson(BOB, 'Bob');
    await commandLine('import-peer', publicPartFile(bob, home), '--yes');
    for (const { page } of [first, second]) await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(PROTECTED);

    await homePage(second.page).mailbox(ALICE).click();
    await mailboxPage(second.page).turnOff.click();
    await removalPage(second.page).turnOff.click();
    await expect(homePage(first.page).mailbox(ALICE)).toHaveAccessibleName(/Off$/);
    expect(isSetUp()).toBe(false);
    expect((await commandLine('mailboxes', '--json')).json()).toMatchObject({ rows: [{ state: 'off' }] });

    await quit(first.app);
    // What it had said stands there still, although another agent serves it now.
    await removalPage(second.page).toHome.click();
    await homePage(second.page).lookAgain.click();
    await homePage(second.page).mailbox(ALICE).click();
    await mailboxPage(second.page).enable.click();
    await reviewPage(second.page).setUp(1).click();
    await expect(progressPage(second.page).done).toBeVisible();
    expect(isSetUp()).toBe(true);
  });

  /** The one that had started the agent leaves; with it goes its agent. */
  async function quit(app: Application): Promise<void> {
    await app.clickMenu('&File', '&Quit Endymail');
    expect(await app.waitForExit()).toBe(0);
  }
});
