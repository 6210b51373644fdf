import { expect, test } from './scenes.ts';

const UNLOCKING = ['closed-keychain-locked', 'closed-keychain-failed', 'closed-gone', 'closed-unwritable'];

for (const name of UNLOCKING) {
  test(`${name}: one button tries again, without a passphrase`, async ({ openScene }) => {
    const { page, calls } = await openScene(name);
    await page.getByRole('button', { name: /^(Unlock…|Try again)$/ }).click();
    await expect.poll(calls).toContainEqual({ name: 'unlock', args: [{ passphrase: null }] });
  });
}

test('a passphrase is asked for at once, sent by Enter, and not kept on the screen', async ({ openScene }) => {
  const { page, calls } = await openScene('closed-passphrase');
  const field = page.getByLabel('Passphrase', { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('type', 'password');
  await page.keyboard.type('four words of chance');
  await page.keyboard.press('Enter');
  await expect.poll(calls).toContainEqual({ name: 'unlock', args: [{ passphrase: 'four words of chance' }] });
  await expect(field).toHaveValue('');
});

test('without a keychain a passphrase is chosen, typed twice', async ({ openScene }) => {
  const { page, calls } = await openScene('closed-keychain-missing');
  await page.getByLabel('Passphrase', { exact: true }).fill('four words of chance');
  await page.getByLabel('The same again').fill('four words of chanse');
  await page.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  expect(await calls()).toEqual([]);
  await page.getByLabel('The same again').fill('four words of chance');
  await page.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.poll(calls).toContainEqual({ name: 'unlock', args: [{ passphrase: 'four words of chance' }] });
});

test('where the key is gone a backup is offered, and a new beginning only after it is said what it means', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('closed-key-gone');
  await page.getByRole('button', { name: 'Start over…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('set aside, not deleted');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await calls()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Restore a backup…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('backup');
});

test('another Endymail at work is named, and the window goes on by itself', async ({ openScene }) => {
  const { page, change } = await openScene('closed-busy');
  await expect(page.getByRole('status').filter({ hasText: 'process 4711' })).toBeVisible();
  await change({ agent: { state: 'ready' } });
  await expect(page.getByRole('heading', { name: 'Another Endymail is at work' })).toBeHidden();
});

test('after the removal nothing is left to do but to quit', async ({ openScene }) => {
  const { page, calls } = await openScene('removed');
  await page.getByRole('button', { name: 'Quit' }).click();
  await expect.poll(calls).toEqual([{ name: 'quit', args: [] }]);
});
