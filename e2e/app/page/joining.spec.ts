import { expect, test } from './scenes.ts';

test('a second computer asks by the name of the account, and shows six digits to be typed on the other', async ({
  openScene,
}) => {
  const { page, calls, change } = await openScene('join');
  const name = page.getByLabel('Account name');
  await expect(name).toBeFocused();
  await page.getByRole('button', { name: 'Request' }).click();
  await expect(page.getByText('Type the name of your account.')).toBeVisible();
  expect(await calls()).toEqual([]);
  await name.fill(' mira@mesh.example.org ');
  await page.keyboard.press('Enter');
  await expect.poll(calls).toContainEqual({ name: 'joinRequest', args: ['mira@mesh.example.org'] });

  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Now look at your other device');
  await expect(heading).toBeFocused();
  await expect(page.getByRole('img', { name: 'The six digits: 4 8 2, 9 1 3' })).toBeVisible();
  await expect(page.getByText(/Tell these digits to nobody.*They work once, until \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText('fingerprint of this computer’s key')).toBeHidden();
  await page.getByText('Details').click();
  await expect(page.getByText('fingerprint of this computer’s key')).toBeVisible();

  await change({ joining: { kind: 'confirming', name: 'mira@mesh.example.org' } });
  await expect(heading).toHaveText('Your other device has answered');
});

test('an account that is not there is said at its name', async ({ openScene }) => {
  const { page } = await openScene('join-unknown');
  const name = page.getByLabel('Account name');
  await name.fill('mira@mesh.example.org');
  await page.getByRole('button', { name: 'Request' }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/There is no account of this name there\./);
});

test('after a restart in the middle the window opens where joining stands, until the person goes on', async ({
  openScene,
}) => {
  const { page } = await openScene('join-resumed');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Now look at your other device');
  await page.getByRole('button', { name: 'Go to Home' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Now look at your other device');
  await page.getByRole('button', { name: 'I already have an account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Now look at your other device');
});

test('a service that can not be reached is said while the digits stay', async ({ openScene }) => {
  const { page } = await openScene('join-offline');
  await expect(page.getByRole('status')).toContainText('The mesh service can not be reached.');
  await expect(page.getByRole('img', { name: /^The six digits/ })).toBeVisible();
});

test('a request is taken back, and the first start shows again', async ({ openScene }) => {
  const { page, calls } = await openScene('join-digits');
  await page.getByRole('button', { name: 'Take the request back' }).click();
  await expect.poll(calls).toContainEqual({ name: 'joinGiveUp', args: [] });
  await expect(page.getByRole('button', { name: 'I already have an account' })).toBeVisible();
});

const ENDS = [
  ['join-ended-digits', 'The digits did not match'],
  ['join-ended-rejected', 'The other device said no'],
  ['join-ended-expired', 'The request has expired'],
  ['join-ended-offline', 'The mesh service can not be reached'],
] as const;

for (const [name, title] of ENDS) {
  test(`${name}: says why, and one button asks again`, async ({ openScene }) => {
    const { page, calls } = await openScene(name);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await page.getByRole('button', { name: 'Request again' }).click();
    await expect.poll(calls).toEqual([{ name: 'joinRequest', args: ['mira@mesh.example.org'] }]);
    await expect(page.getByRole('img', { name: /^The six digits/ })).toBeVisible();
  });
}

test('a false account is not asked for again by one press', async ({ openScene }) => {
  const { page, calls } = await openScene('join-ended-false');
  await expect(page.getByRole('button', { name: 'Request again' })).toBeHidden();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(calls).toEqual([{ name: 'dismissJoining', args: [] }]);
});

test('both devices show the same, and the mailboxes come in one by one', async ({ openScene }) => {
  const { page, calls } = await openScene('join-done');
  await expect(page.getByRole('img', { name: 'mira-thinkpad and MacBook Air are connected' })).toBeVisible();
  const rows = page.getByRole('listitem');
  await expect(rows.filter({ hasText: 'Synced' })).toContainText('2 mailboxes and 1 person.');
  await expect(rows.filter({ hasText: 'mira@halvorsen.example' })).toContainText('is set up');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect.poll(calls).toEqual([{ name: 'dismissJoining', args: [] }]);
  await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible();
});

test('what is still coming in is not said to be there', async ({ openScene }) => {
  const { page } = await openScene('join-syncing');
  await expect(page.getByRole('listitem').filter({ hasText: 'Syncing' })).toBeVisible();
  await expect(page.getByText('mira@halvorsen.example')).toBeHidden();
});

test('a pasted invitation joins only after it is said into which account it leads', async ({ openScene }) => {
  const { page, calls } = await openScene('join');
  await page.getByRole('textbox', { name: 'Invitation' }).fill('mesh:mira@mesh.example.org#secret');
  await page.getByRole('button', { name: 'Use the invitation' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join this account?');
  await expect(page.getByText('This is an invitation to mira@mesh.example.org.')).toBeVisible();
  await expect(page.getByText(/puts your mailboxes into that account/)).toBeVisible();
  await expect(page.locator('body')).not.toContainText('secret');
  expect((await calls()).map(({ name }) => name)).toEqual(['readLink']);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect.poll(calls).toContainEqual({ name: 'joinByLink', args: [] });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Waiting for your other device');
});

test('an invitation that is not wanted is forgotten', async ({ openScene }) => {
  const { page, calls } = await openScene('join-link');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(calls).toEqual([{ name: 'forgetLink', args: [] }]);
});

test('an invitation is refused where there is an account', async ({ openScene }) => {
  const { page, calls } = await openScene('join-link-refused');
  await expect(page.getByText(/It belongs to mira@mesh.example.org/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Join', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(calls).toEqual([{ name: 'forgetLink', args: [] }]);
});
