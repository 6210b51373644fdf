import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

const ADDRESS = 'mira@halvorsen.example';

test('a mailbox says link by link what holds, and as of when', async ({ openScene }) => {
  const { page, calls } = await openScene('mailbox-broken');
  await expect(page.getByRole('heading', { level: 1, name: ADDRESS })).toBeFocused();
  const links = page.getByRole('list', { name: 'From your account to a delivered mail' }).getByRole('listitem');
  await expect(links).toHaveText([
    /^Account, works/,
    /^Keys, works/,
    /^Certificate, works/,
    /^Thunderbird, broken/,
    /^Delivery, not checked/,
  ]);
  await expect(page.getByText(/checked \d\d:\d\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect.poll(async () => (await calls()).filter(({ name }) => name === 'check').length).toBe(2);
});

test('settings that are gone are put back, and it is looked again', async ({ openScene }) => {
  const { page, calls } = await openScene('mailbox-broken');
  await page.getByRole('button', { name: 'Put settings back' }).click();
  await expect(page.getByText('Mail to nine people is encrypted.')).toBeVisible();
  await expect(page.getByText('The settings are back.')).toBeVisible();
  expect(await calls()).toContainEqual({ name: 'enable', args: [[ADDRESS], { changedByHand: 'put-back' }] });
});

test('what was changed by hand is left when the person wants it so', async ({ openScene }) => {
  const { page, calls } = await openScene('mailbox-changed');
  await page.getByRole('button', { name: 'Leave as I have it' }).click();
  await expect(page.getByText('Left as you have it.')).toBeVisible();
  expect(await calls()).toContainEqual({ name: 'enable', args: [[ADDRESS], { changedByHand: 'leave' }] });
});

test('the exact facts are one click away and can be copied', async ({ openScene }) => {
  const { page, calls } = await openScene('mailbox-changed');
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByText('/home/mira/.thunderbird/x7k2.default-esr')).toBeVisible();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(async () => (await calls()).some(({ name }) => name === 'copyText')).toBe(true);
  const copied = (await calls()).find(({ name }) => name === 'copyText')?.args[0];
  expect(copied).toMatch(/mail\.e2ee\.auto_enable: set by Endymail true, now false, before Endymail \(not set\)/);
});

test('each place of a mailbox has its own chain and its own button', async ({ openScene }) => {
  const { page } = await openScene('mailbox-places');
  const place = page.getByRole('region', { name: 'Thunderbird, Rowing club' });
  await expect(place.getByRole('button', { name: 'Enable again' })).toBeVisible();
  const whole = page.getByRole('region', { name: 'Thunderbird, default-esr' });
  await expect(whole.getByText('Mail to nine people is encrypted.')).toBeVisible();
});

test('a test mail opens in Thunderbird, and the person reads what to look for', async ({ openScene }) => {
  const { page } = await openScene('mailbox');
  const opener = page.getByRole('button', { name: 'Send a test mail to yourself' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Press Send in Thunderbird' });
  await expect(dialog).toContainText('Endymail test 7F3A');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a failure says one sentence and offers one button', async ({ openScene }) => {
  const { page } = await openScene('mailbox-fails');
  await page.getByRole('button', { name: 'Send a test mail to yourself' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'no longer installed' });
  await expect(alert.getByRole('button', { name: 'Get Thunderbird' })).toBeVisible();
});

test('a mailbox is shared: the file, and the fingerprint to read out', async ({ openScene }) => {
  const { page } = await openScene('mailbox');
  await page.getByRole('button', { name: /^Share/ }).click();
  await page.getByRole('button', { name: 'Save the file…' }).click();
  await expect(page.getByText('mira.endymail is ready to be sent.')).toBeVisible();
  await expect(page.getByRole('figure', { name: /read out by telephone/ })).toContainText('7f3a 91c4 0be2');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('heading', { level: 1, name: ADDRESS })).toBeVisible();
});

test('an export takes a long passphrase typed twice, and then says what to do on the phone', async ({ openScene }) => {
  const { page, calls } = await openScene('export');
  const save = page.getByRole('button', { name: 'Save the file…' });
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await expect(page.getByText('7 more characters are needed.')).toBeVisible();
  await save.click();
  await page.getByLabel('Passphrase', { exact: true }).fill('four words by chance');
  await page.getByLabel('The same again').fill('four words by choice');
  await save.click();
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  expect((await calls()).filter(({ name }) => name === 'exportForPhone')).toEqual([]);

  await page.getByLabel('The same again').fill('four words by chance');
  await page.keyboard.press('Enter');
  await expect(page.getByText('mira.p12 is written. Now to the phone.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'iPhone and iPad' })).toContainText('VPN & Device Management');
  await expect(page.getByRole('region', { name: 'Android' })).toContainText('FairEmail');
  expect(await findings(page)).toEqual([]);
  expect(await calls()).toContainEqual({ name: 'exportForPhone', args: [ADDRESS, 'four words by chance'] });
});
