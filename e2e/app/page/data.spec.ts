import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

const LONG = 'four words by chance';

test('a mailbox is turned off, and what was changed by hand is put back when the person says so', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('turn-off-changed');
  await page.getByRole('radio', { name: 'Put it back as it was before Endymail' }).check();
  await page.getByRole('button', { name: 'Turn off and undo' }).click();
  await expect(page.getByText('mira@halvorsen.example is off. Mail from it goes as before Endymail.')).toBeVisible();
  expect(await calls()).toContainEqual({
    name: 'disable',
    args: [['mira@halvorsen.example'], { changedByHand: 'put-back' }],
  });
});

test('what was changed by hand is left unless said, and named', async ({ openScene }) => {
  const { page } = await openScene('turn-off-changed');
  await page.getByRole('button', { name: 'Turn off and undo' }).click();
  await expect(page.getByText('What you had changed since was left as you have it.')).toBeVisible();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByText('mail.e2ee.auto_enable')).toBeVisible();
});

test('undoing under a running Thunderbird waits, and goes on when it is closed', async ({ openScene }) => {
  const { page } = await openScene('turn-off-waiting');
  await page.getByRole('button', { name: 'Turn off and undo' }).click();
  await expect(page.getByRole('heading', { name: /^Thunderbird is open/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'I have closed it' }).click();
  await expect(page.getByText('Mail from it goes as before Endymail.')).toBeVisible();
});

test('work that takes long is shown, and can not be started twice', async ({ openScene }) => {
  const { page, calls } = await openScene('turn-off-working');
  const button = page.getByRole('button', { name: 'Turn off and undo' });
  await button.click();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await button.click({ force: true });
  await expect(page.getByText('Being put back')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  expect((await calls()).filter(({ name }) => name === 'disable')).toHaveLength(1);
});

test('everything is undone from settings', async ({ openScene }) => {
  const { page, calls } = await openScene('settings');
  await page.getByRole('button', { name: /^Undo everything/ }).click();
  await expect(page.getByText('post@halvorsen-keramikk.example')).toBeVisible();
  await page.getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.getByText('All mailboxes are off.')).toBeVisible();
  expect(await calls()).toContainEqual({ name: 'disable', args: ['all', { changedByHand: 'leave' }] });
});

test('removing takes a second step, and ends with the window of a removed Endymail', async ({ openScene }) => {
  const { page, calls } = await openScene('remove');
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Endymail now?' });
  expect(await findings(page)).toEqual([]);
  expect((await calls()).filter(({ name }) => name === 'remove')).toEqual([]);
  await dialog.getByRole('button', { name: 'Undo everything and remove' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /removed/i })).toBeVisible();
});

test('a removal that could not undo everything has deleted nothing, and says why', async ({ openScene }) => {
  const { page } = await openScene('remove-stopped');
  await page.getByRole('radio', { name: 'Put it back as it was before Endymail' }).check();
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Endymail now?' });
  await expect(dialog).toContainText('You have no backup.');
  await dialog.getByRole('button', { name: 'Undo everything and remove' }).click();
  await expect(dialog).toContainText('Nothing was deleted');
  await expect(dialog).toContainText('Thunderbird is open (profile “default-esr”).');
});

test('a backup is written, and when shows', async ({ openScene }) => {
  const { page, calls } = await openScene('back-up');
  await expect(page.getByText('Last backup: 19 November')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(LONG);
  await page.getByLabel('The same again').fill(LONG);
  await page.getByRole('button', { name: 'Save the backup…' }).click();
  await expect(page.getByText('endymail-backup holds everything.')).toBeVisible();
  expect(await calls()).toContainEqual({ name: 'backUp', args: [LONG] });
});

test('a backup that can not be written says why, and keeps what was typed', async ({ openScene }) => {
  const { page } = await openScene('back-up-fails');
  await page.getByLabel('Passphrase', { exact: true }).fill(LONG);
  await page.getByLabel('The same again').fill(LONG);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The disk is full.');
  await expect(page.getByLabel('The same again')).toHaveValue(LONG);
  expect(await findings(page)).toEqual([]);
});

test('a restore sets aside what is here only when the person agrees, and says where it is', async ({ openScene }) => {
  const { page, calls } = await openScene('restore');
  await page.getByLabel('Passphrase of the backup').fill(LONG);
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByText('Tick this to go on.')).toBeVisible();
  expect((await calls()).filter(({ name }) => name === 'restore')).toEqual([]);
  await page.getByRole('checkbox', { name: /Set the data that is here aside/ }).check();
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your keys and people are back' })).toBeVisible();
  await expect(page.getByText('endymail.set-aside-2026-11-25')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Enable 2 mailboxes' }).click();
  await expect.poll(async () => (await calls()).some(({ name }) => name === 'plan')).toBe(true);
});

test('nobody leaves while a backup is brought back', async ({ openScene }) => {
  const { page } = await openScene('restore-working');
  await page.getByLabel('Passphrase of the backup').fill(LONG);
  await page.getByRole('checkbox', { name: /Set the data that is here aside/ }).check();
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByText('Opening the backup…')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Restore a backup' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeDisabled();
});

test('data that was not expected is in the way of a restore, and is set aside when the person agrees', async ({
  openScene,
}) => {
  const { page } = await openScene('restore-first');
  await page.getByLabel('Passphrase of the backup').fill(LONG);
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await page.getByRole('checkbox', { name: /Set the data that is here aside/ }).check();
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByText('endymail.set-aside-2026-11-25')).toBeVisible();
});

test('data whose key is gone is set aside to start over, in two steps', async ({ openScene }) => {
  const { page } = await openScene('restore-key-gone');
  await page.getByRole('button', { name: 'Start over…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start over with new keys?' });
  await expect(dialog).toContainText('The old data is set aside, not deleted.');
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Set aside and start over' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You can begin anew' })).toBeVisible();
});

test('without a keychain a restore takes a passphrase of the person', async ({ openScene }) => {
  const { page, calls } = await openScene('restore-no-keychain');
  await page.getByLabel('Passphrase of the backup').fill(LONG);
  await page.getByLabel('Passphrase of your own', { exact: true }).fill('my own long words');
  await page.getByLabel('The same again').fill('my own long words');
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your keys and people are back' })).toBeVisible();
  expect(await calls()).toContainEqual({
    name: 'restore',
    args: [{ passphrase: LONG, setAside: false, keychainPassphrase: 'my own long words' }],
  });
});

test('a setting shows at once and is told to the shell', async ({ openScene }) => {
  const { page, calls } = await openScene('settings');
  await page.getByRole('radio', { name: /^Dark/ }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: /^Stop and name the person/ }).check();
  await page.getByRole('checkbox', { name: /Start Endymail when I log in/ }).check();
  await expect
    .poll(async () => (await calls()).filter(({ name }) => name === 'changeSettings'))
    .toEqual([
      { name: 'changeSettings', args: [{ theme: 'dark' }] },
      { name: 'changeSettings', args: [{ autoDisable: false }] },
      { name: 'changeSettings', args: [{ openAtLogin: true }] },
    ]);
});

test('a setting that could not be changed shows what holds', async ({ openScene }) => {
  const { page } = await openScene('settings-bare');
  await page.getByRole('radio', { name: /^Stop and name the person/ }).click();
  await expect(page.getByRole('alert')).toContainText('A file could not be written.');
  await expect(page.getByRole('radio', { name: /^Let the mail go as before/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /Start Endymail when I log in/ })).toBeDisabled();
});

test('folders are added and taken off the list', async ({ openScene }) => {
  const { page } = await openScene('settings');
  await page.getByRole('button', { name: 'Other folder…' }).click();
  await expect(page.getByText('Two mailboxes were found in this folder.')).toBeVisible();
  await page.getByRole('button', { name: 'Take /srv/mail/profiles/mira off the list' }).click();
  await expect(page.getByText('/srv/mail/profiles/mira', { exact: true })).toHaveCount(0);
});

test('the sections are reached by Ctrl and a number, and Esc goes back', async ({ openScene }) => {
  const { page } = await openScene('settings');
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeFocused();
  await expect(page).toHaveTitle('People – Endymail');
  await page.keyboard.press('Control+4');
  await expect(page).toHaveTitle('What you see in Thunderbird – Endymail');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
});

test('help answers in the window, and opens a test mail', async ({ openScene }) => {
  const { page } = await openScene('help');
  await page.getByText('What about webmail and my phone?').click();
  await expect(page.getByText('smime.p7m')).toBeVisible();
  await page.getByRole('button', { name: 'mira@halvorsen.example' }).click();
  await expect(page.getByRole('dialog', { name: 'Press Send in Thunderbird' })).toBeVisible();
});
