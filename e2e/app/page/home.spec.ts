import { expect, test } from './scenes.ts';

test('each thing that needs the person has its one button', async ({ openScene }) => {
  const { page, calls } = await openScene('home-attention');
  await expect(page.getByRole('heading', { name: 'Five things need you', level: 1 })).toBeVisible();
  const list = page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem');
  await expect(list).toHaveCount(5);
  for (const item of await list.all()) await expect(item.getByRole('button')).toHaveCount(1);
  await page.getByRole('button', { name: 'I have closed it' }).click();
  await expect.poll(async () => (await calls()).map(({ name }) => name)).toEqual(['finishWaiting']);
  await list.filter({ hasText: 'You have no backup' }).getByRole('button').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/back ?up/i);
});

test('a mailbox says no more than is so, and opens', async ({ openScene }) => {
  const { page } = await openScene('home');
  const mailboxes = page.getByRole('region', { name: 'Mailboxes' });
  await expect(mailboxes.getByRole('button', { name: /mira@/ })).toContainText('Protected with 12 people');
  await expect(mailboxes.getByRole('button', { name: /post@/ })).toContainText('By hand: you press Encrypt');
  await expect(mailboxes).toContainText(
    'Mail to the people you added is encrypted. Mail to everyone else goes as before.',
  );
  await mailboxes.getByRole('button', { name: /mira@/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('mira@halvorsen.example');
});

test('another mailbox is added on the same way as the first, and Cancel leads home', async ({ openScene }) => {
  const { page } = await openScene('home-all-off');
  await page.getByRole('button', { name: 'Add mailbox' }).click();
  await expect(page.getByRole('heading', { name: 'Choose your mailboxes' })).toBeFocused();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'No mailbox is enabled' })).toBeFocused();
});

test('work that goes on is said, and shown in full on demand', async ({ openScene }) => {
  const { page } = await openScene('home-job');
  await expect(page.getByText('Setting up 1 mailbox…')).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Setting up 1 mailbox' })).toBeFocused();
});

test('a time in which nothing was done is told once, and goes with OK', async ({ openScene }) => {
  const { page, calls } = await openScene('home-gap');
  const told = page.getByText(/^Endymail was not at work from .*12 November.* to .*Thunderbird went on/);
  await expect(told).toBeVisible();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(told).toBeHidden();
  expect((await calls()).map(({ name }) => name)).toEqual(['dismissGap']);
});

test('what of it can not be remembered is told still, and why', async ({ openScene }) => {
  const { page } = await openScene('home-gap-attention');
  await expect(page.getByText('is done now, or is named below.')).toBeVisible();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText('is done now, or is named below.')).toBeVisible();
});

test('500 mailboxes are scrolled through without all of them being drawn', async ({ openScene }) => {
  const { page } = await openScene('home-500');
  const rows = page.getByRole('button', { name: /mailbox-\d+@/ });
  expect(await rows.count()).toBeLessThan(60);
  for (let step = 1; step <= 10; step += 1) {
    await page.getByRole('main').evaluate((main, part) => {
      main.scrollTo(0, main.scrollHeight * part);
    }, step / 10);
    await expect(rows.first()).toBeAttached();
    expect(await rows.count()).toBeLessThan(60);
  }
  await expect(page.getByRole('button', { name: /mailbox-500@/ })).toBeAttached();
});
