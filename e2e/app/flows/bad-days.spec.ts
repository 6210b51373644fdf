import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  createThunderbirdProfile,
  readPrefs,
  runProgram,
  startDisplay,
  type Display,
  type TestHome,
} from '../../harness/index.ts';
import { LOGIN_PASSWORD, startKeyring, type Keyring, type KeyringOptions } from '../../harness/keyring.ts';
import { choosePage } from '../pages/choose-page.ts';
import { closedPage } from '../pages/closed-page.ts';
import { homePage } from '../pages/home-page.ts';
import { giveNewPassphrase } from '../pages/passphrase-form.ts';
import { progressPage } from '../pages/progress-page.ts';
import { restorePage } from '../pages/restore-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { sections } from '../pages/sections.ts';
import { settingsPage } from '../pages/settings-page.ts';
import { expect, test, windowOf } from './fixtures.ts';
import { setUpSuggested } from './walk.ts';

const ALICE = 'alice@example.test';
const PASSPHRASE = 'four random words here';

test.describe('bad days', () => {
  test.beforeEach(({ home }) => {
    test.setTimeout(180_000);
    createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  });

  /** Goes with the home, after the app: Chromium ends with the bus that it is on. */
  async function keyringOf(home: TestHome, prompter?: KeyringOptions['prompter']): Promise<Keyring> {
    const keyring = await startKeyring({ home: home.folder, prompter });
    home.onDispose(keyring.stop);
    return keyring;
  }

  const READY = /Ready, nobody known yet$/;
  const sealed = (folder: string): Buffer => readFileSync(join(folder, 'state.sealed'));

  /** A question that takes keys: one that was only just mapped loses them. */
  async function drawn(display: Display, title: string): Promise<string> {
    const window = await display.findWindow(title);
    await display.waitUntilStill(window, 400);
    return window;
  }

  test('a locked keychain: it says so, and goes on when the person unlocks it', async ({ home, launchApp }) => {
    const display = await startDisplay();
    home.onDispose(() => display.close());
    const keyring = await keyringOf(home, { display: display.name });
    const env = { ...home.env, ...keyring.env };
    const first = await launchApp({ env });
    await setUpSuggested(await windowOf(first), 1);
    await first.close();
    await keyring.lock();

    const app = await launchApp({ env });
    const page = await windowOf(app);
    const question = 'Unlock Login Keyring';
    await display.pressKey(await drawn(display, question), 'Escape');
    await expect(closedPage(page).why('Your keychain is locked')).toBeVisible({ timeout: 30_000 });
    await closedPage(page).unlock.click();
    const window = await drawn(display, question);
    await display.pressKey(window, 'Home');
    await runProgram('xdotool', ['type', '--delay', '20', LOGIN_PASSWORD], { env: { ...env, DISPLAY: display.name } });
    await display.pressKey(window, 'Return');
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);
  });

  test('no keychain: a passphrase in its place, which opens the data the next time', async ({ home, launchApp }) => {
    const app = await launchApp({ env: home.env });
    const page = await windowOf(app);
    await choosePage(page).enable(1).click();
    await reviewPage(page).setUp(1).click();
    await expect(page.getByText('This computer has no keychain to keep your keys in.').first()).toBeVisible();
    await giveNewPassphrase(page, PASSPHRASE, 'Use this passphrase');
    await expect(progressPage(page).done).toBeVisible();
    await app.close();

    const again = await launchApp({ env: home.env });
    const later = await windowOf(again);
    await expect(closedPage(later).why('Your passphrase, please')).toBeVisible();
    await closedPage(later).passphrase.fill('four other words here');
    await closedPage(later).open.click();
    await expect(later.getByText('passphrase does not open')).toBeVisible();
    await closedPage(later).passphrase.fill(PASSPHRASE);
    await closedPage(later).open.click();
    await expect(homePage(later).mailbox(ALICE)).toHaveAccessibleName(READY);
  });

  /** Another keyring in the place of the one that was there, as on a new system. */
  function emptyKeyring(home: TestHome): void {
    rmSync(join(home.folder, '.local', 'share', 'keyrings'), { recursive: true });
  }

  async function backUp(page: Page, answer: (file: string) => Promise<void>, file: string): Promise<void> {
    await progressPage(page).goHome.click();
    await sections(page).settings.click();
    await settingsPage(page).backUp.click();
    await answer(file);
    await giveNewPassphrase(page, PASSPHRASE, 'Save the backup…');
    await expect(page.getByText('holds everything')).toBeVisible();
  }

  test('the key is gone from the keychain: a backup brings everything back', async ({ home, launchApp }) => {
    const file = join(home.scratchFolder, 'all.endymail-backup');
    let oldData: Buffer;
    {
      const keyring = await keyringOf(home);
      const app = await launchApp({ env: { ...home.env, ...keyring.env } });
      const page = await windowOf(app);
      await setUpSuggested(page, 1);
      await backUp(page, (filePath) => app.answerDialog('showSaveDialog', { canceled: false, filePath }), file);
      await app.close();
      await keyring.stop();
      oldData = sealed(home.endymailFolder);
    }
    emptyKeyring(home);
    const keyring = await keyringOf(home);
    const app = await launchApp({ env: { ...home.env, ...keyring.env } });
    const page = await windowOf(app);
    await expect(closedPage(page).why('The key of your data is gone')).toBeVisible();
    await closedPage(page).restore.click();
    await restorePage(page).passphrase.fill(PASSPHRASE);
    await restorePage(page).setAside.check();
    await app.answerDialog('showOpenDialog', { canceled: false, filePaths: [file] });
    await restorePage(page).choose.click();
    await expect(restorePage(page).done).toBeVisible();
    const aside = readdirSync(join(home.endymailFolder, '..')).find((name) => /^endymail[^/]+/.test(name)) ?? '';
    await expect(page.getByText(aside)).toBeVisible();
    expect(sealed(join(home.endymailFolder, '..', aside))).toEqual(oldData);
    await restorePage(page).toHome.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(READY);
    expect(await keyring.labels()).toHaveLength(1);
  });

  test('the key is gone and there is no backup: start over, with the old data set aside', async ({
    home,
    launchApp,
  }) => {
    {
      const keyring = await keyringOf(home);
      const app = await launchApp({ env: { ...home.env, ...keyring.env } });
      await setUpSuggested(await windowOf(app), 1);
      await app.close();
      await keyring.stop();
    }
    const oldData = sealed(home.endymailFolder);
    emptyKeyring(home);
    const keyring = await keyringOf(home);
    const app = await launchApp({ env: { ...home.env, ...keyring.env } });
    const page = await windowOf(app);
    await expect(closedPage(page).why('The key of your data is gone')).toBeVisible();
    expect(sealed(home.endymailFolder)).toEqual(oldData);
    await closedPage(page).startOver.click();
    await restorePage(page).confirmStartOver.click();
    await expect(page.getByRole('heading', { name: 'You can begin anew' })).toBeVisible();
    const aside = readdirSync(join(home.endymailFolder, '..')).find((name) => /^endymail[^/]+/.test(name)) ?? '';
    expect(sealed(join(home.endymailFolder, '..', aside))).toEqual(oldData);
    await restorePage(page).toHome.click();
    await expect(choosePage(page).mailbox(ALICE)).toBeVisible();
  });

  test('data of a newer Endymail is left alone', async ({ home, openWindow }) => {
    const { app, page } = await openWindow();
    await setUpSuggested(page, 1);
    await app.close();
    const file = join(home.endymailFolder, 'home.json');
    const newer = readFileSync(file, 'utf8').replace(/"(version|format)":\s*\d+/, '"$1":99');
    writeFileSync(file, newer);
    const later = (await openWindow()).page;
    await expect(closedPage(later).why('This Endymail is too old for your data')).toBeVisible();
    expect(readFileSync(file, 'utf8')).toBe(newer);
    expect(readPrefs(join(home.thunderbirdFolder, 'jtvgalne.default-default'))).toMatchObject({
      'mail.e2ee.auto_enable': true,
    });
  });
});
