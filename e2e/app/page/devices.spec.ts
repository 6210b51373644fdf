import { device, otherDevice } from '../../../renderer/testing/scenes/accounts.ts';
import { devicesPage } from '../pages/devices-page.ts';
import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

test('every device says its system, what it may and since when; removed ones are folded away', async ({
  openScene,
}) => {
  const { page } = await openScene('devices');
  const devices = devicesPage(page);
  await expect(page.getByText('3 devices belong to mira@mesh.example.org. Up to date as of')).toBeVisible();
  await expect(devices.device('Mira’s laptop')).toContainText('This device');
  await expect(devices.device('Tower in the study')).toContainText('Windows, may approve others, added');
  await expect(devices.device('Old netbook')).toBeHidden();
  await devices.removedOnes.click();
  await devices.device('Old netbook').click();
  await expect(devices.dialog).toContainText('Nothing new; what it had, it may have kept');
  await expect(devices.startRemoval).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
});

test('fifty devices are listed, and the page scrolls', async ({ openScene }) => {
  const { page } = await openScene('devices-50');
  const devices = devicesPage(page);
  await expect(page.getByText('33 devices belong to')).toBeVisible();
  await devices.device('Computer 49').scrollIntoViewIfNeeded();
  await expect(devices.device('Computer 49')).toBeInViewport();
});

test('this device can not be removed from itself', async ({ openScene }) => {
  const { page } = await openScene('devices');
  const devices = devicesPage(page);
  await devices.device('Mira’s laptop').click();
  await expect(devices.dialog).toContainText('Approve other devices');
  await expect(devices.startRemoval).toHaveCount(0);
});

test('a device is removed after it was said what that implies, and what is left to do is told', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('devices');
  const devices = devicesPage(page);
  await devices.device('MacBook Air').click();
  await devices.startRemoval.click();
  await expect(devices.dialog).toContainText('It learns nothing new from now on.');
  await expect(devices.dialog).toContainText('2 mailboxes get new keys.');
  await expect(devices.dialog).toContainText('need a new file from you');
  expect(await findings(page)).toEqual([]);
  expect(await calls()).toEqual([]);
  await devices.remove.click();
  await expect(devices.dialog).toContainText('MacBook Air is removed');
  await expect(devices.dialog).toContainText('Give Ines Okafor your new file.');
  expect(await findings(page)).toEqual([]);
  await devices.close.click();
  await expect(devices.dialog).toHaveCount(0);
});

test('one that may approve others is removed by the recovery words', async ({ openScene }) => {
  const { page, calls } = await openScene('devices');
  const devices = devicesPage(page);
  await devices.device('Tower in the study').click();
  await devices.startRemoval.click();
  await expect(devices.remove).toBeDisabled();
  await devices.words.fill('wrong');
  await devices.remove.click();
  await expect(page.getByRole('alert')).toContainText('These are not the recovery words of this account.');
  await devices.words.fill(' word word word ');
  await devices.remove.click();
  await expect(devices.dialog).toContainText('Tower in the study is removed');
  expect(await calls()).toContainEqual({ name: 'removeDevice', args: [otherDevice(3).id, 'word word word'] });
});

test('without the words it is announced, with the day from which it is done', async ({ openScene }) => {
  const { page, calls } = await openScene('devices');
  const devices = devicesPage(page);
  await devices.device('Tower in the study').click();
  await devices.startRemoval.click();
  await expect(devices.dialog).toContainText('It is done after 72 hours, and can be cancelled until then.');
  await devices.removeLater.click();
  await expect(devices.dialog).toContainText('It is done after 28 November');
  expect(await calls()).toContainEqual({ name: 'removeDevice', args: [otherDevice(3).id, null] });
});

test('a device is suspended at once', async ({ openScene }) => {
  const { page, calls } = await openScene('devices');
  const devices = devicesPage(page);
  await devices.device('MacBook Air').click();
  await expect(devices.dialog).toContainText('stops it at once from getting anything new');
  await devices.suspend.click();
  expect(await calls()).toContainEqual({ name: 'suspendDevice', args: [otherDevice(2).id] });
});

test('a suspended device says so, and is let in again', async ({ openScene }) => {
  const { page, calls } = await openScene('devices-suspended');
  const devices = devicesPage(page);
  await expect(devices.device('MacBook Air')).toContainText('Suspended');
  await devices.device('MacBook Air').click();
  await expect(devices.dialog).toContainText('Nothing new until it is resumed');
  await devices.resume.click();
  expect(await calls()).toContainEqual({ name: 'resumeDevice', args: [otherDevice(2).id] });
});

test('a device that may not approve others offers neither to add nor to remove', async ({ openScene }) => {
  const { page } = await openScene('devices-not-admin');
  const devices = devicesPage(page);
  await expect(devices.add).toHaveCount(0);
  await devices.device('Tower in the study').click();
  await expect(devices.dialog).toContainText('use one that may approve others');
  await expect(devices.startRemoval).toHaveCount(0);
});

test('what was announced can be cancelled, and what is left to do is done', async ({ openScene }) => {
  const { page, calls } = await openScene('devices-waiting');
  const announced = page.getByRole('region', { name: 'Announced' }).getByRole('listitem');
  await expect(announced).toHaveCount(2);
  await expect(announced.nth(1).getByRole('button')).toHaveCount(0);
  await expect(announced.first()).toContainText('Announced on Mira’s laptop. It is done after 28 November');
  await announced.first().getByRole('button', { name: 'Cancel it' }).click();
  await page.getByRole('region', { name: 'Left for you' }).getByRole('button', { name: 'Done' }).click();
  expect(await calls()).toEqual([
    { name: 'cancelAct', args: ['act-1'] },
    { name: 'taskDone', args: ['task-1'] },
  ]);
});

test('offline, it says since when, and which device wrote what was left out', async ({ openScene }) => {
  const { page } = await openScene('devices-offline');
  await expect(page.getByText('The mesh service can not be reached. Last up to date:')).toBeVisible();
  await expect(page.getByText('3 changes from Tower in the study had no right to be there')).toBeVisible();
});

test('without an account, it leads to one', async ({ openScene }) => {
  const { page } = await openScene('devices-no-account');
  await expect(page.getByText('Endymail is used on this computer only.')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Account…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Devices');
});

test('a device is added in both ways that are explained, and the invitation is gone with its screen', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('add-device');
  const devices = devicesPage(page);
  await expect(page.getByText('Start Endymail on it, and choose “I already have an account”.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(devices.picture).toHaveCount(0);
  await devices.invite.click();
  await expect(devices.picture).toBeVisible();
  await expect(page.getByText('Whoever has this can join.')).toBeVisible();
  await expect(page.getByText(/^(10:00|9:5\d) left$/)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'It holds ten minutes.' })).toBeAttached();
  await expect(devices.link).toBeHidden();
  await devices.showLink.click();
  await expect(devices.link).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await devices.copyInvitation.click();
  await expect(page.getByText('Copied. Paste it in Endymail on the new device.')).toBeVisible();
  await page.getByRole('button', { name: 'Devices' }).first().click();
  await expect(devices.heading).toBeVisible();
  expect((await calls()).map(({ name }) => name)).toEqual([
    'copyText',
    'invite',
    'copyInvitation',
    'dismissInvitation',
  ]);
});

test('an invitation that holds no more is taken from the screen', async ({ openScene }) => {
  const { page } = await openScene('add-device');
  const devices = devicesPage(page);
  await page.clock.install();
  await devices.invite.click();
  await expect(devices.picture).toBeVisible();
  await page.clock.runFor(601_000);
  await expect(devices.picture).toHaveCount(0);
  await expect(page.getByText('This invitation holds no more.')).toBeVisible();
  await page.getByRole('button', { name: 'Make a new one' }).click();
  await expect(devices.picture).toBeVisible();
});

test('an invitation that was used says which device joined, and takes it back', async ({ openScene }) => {
  const { page, change } = await openScene('add-device');
  const devices = devicesPage(page);
  await devices.invite.click();
  const joined = otherDevice(2, { name: 'MacBook Air' });
  await change({
    invitation: { expiresAt: '2026-11-25T14:40:00.000Z', joined },
    devices: [device(), joined],
  });
  await expect(devices.dialog).toContainText('MacBook Air has joined');
  await expect(devices.dialog).toContainText('By the invitation that was made here.');
  await devices.dialog.getByRole('button', { name: 'Remove MacBook Air…' }).click();
  await devices.remove.click();
  await expect(devices.dialog).toContainText('MacBook Air is removed');
});
