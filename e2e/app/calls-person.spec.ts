import { createThunderbirdProfile, setPrefs } from '../harness/index.ts';
import { homePage } from './pages/home-page.ts';
import { progressPage } from './pages/progress-page.ts';
import { setUpSuggested } from './flows/walk.ts';
import { expect, test } from './flows/fixtures.ts';
import { ask, withTrayHost } from './shell-bridge.ts';

const ALICE = 'alice@example.test';

test('a person without the window is called once, by the badge, the tray and a notification that opens the right place', async ({
  home,
  keyring,
  openWindow,
}) => {
  test.setTimeout(120_000);
  const profile = createThunderbirdProfile({
    home,
    smtpPort: 2525,
    identities: [{ address: ALICE, name: 'Alice' }],
  });
  const tray = withTrayHost(home);
  const command = JSON.stringify(['/usr/bin/true']);
  const { app, page } = await openWindow({
    env: { ...tray, ...keyring.env, PATH: tray['PATH'] ?? '', ENDYMAIL_START_COMMAND: command },
  });
  await setUpSuggested(page, 1);
  await progressPage(page).goHome.click();
  await expect(homePage(page).attention('You have no backup')).toBeVisible();
  expect(await ask(page, 'changeSettings', { openAtLogin: true })).toMatchObject({ ok: true });
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  const badge = async () => (await app.records()).findLast(({ kind }) => kind === 'badge');
  const icon = async () => (await app.records()).findLast(({ kind }) => kind === 'tray');
  await expect.poll(badge).toEqual({ kind: 'badge', count: 1 });
  await app.clickMenu('&File', '&Close window');
  await expect.poll(isVisible).toBe(false);

  setPrefs(profile.folder, { 'mail.e2ee.auto_enable': false });
  const title = 'A setting was changed';
  const notes = async () =>
    (await app.records()).filter((record) => record.kind === 'notification' && record.title === title);
  await expect
    .poll(notes, { timeout: 30_000 })
    .toEqual([{ kind: 'notification', title, body: `Decide what becomes of ${ALICE}.` }]);
  expect(await badge()).toEqual({ kind: 'badge', count: 2 });
  expect(await icon()).toMatchObject({
    toolTip: 'Endymail: 2 things need you',
    menu: expect.arrayContaining([`${ALICE}: a setting was changed`]),
  });
  expect(await isVisible()).toBe(false);

  await app.clickNotification(title);
  await expect.poll(isVisible).toBe(true);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ALICE);
  expect(await notes()).toHaveLength(1);
});
