import type { Page } from '@playwright/test';
import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

/** Drops a file on the window, as a file manager does. */
async function dropFile(page: Page, content: string | readonly number[]): Promise<void> {
  await page.evaluate((what) => {
    const transfer = new DataTransfer();
    const part = typeof what === 'string' ? what : Uint8Array.from(what);
    transfer.items.add(new File([part], 'karl.endymail'));
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, content);
}

test('somebody is added after the fingerprint was compared', async ({ openScene }) => {
  const { page, calls } = await openScene('people');
  await page.getByRole('button', { name: 'Add somebody…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is this Karl Lindqvist?' });
  await expect(dialog.getByRole('figure', { name: /telephone/ })).toContainText('7f3a 91c4');
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'They told me the same: add' }).click();
  await expect(page.getByRole('dialog')).toContainText('to karl@lindqvist-seil.example is encrypted from now on.');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: /^Karl Lindqvist/ })).toBeVisible();
  const added = (await calls()).find(({ name }) => name === 'addPerson');
  expect(added?.args[1]).toBe('7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1');
});

test('nobody is added whose fingerprint is another', async ({ openScene }) => {
  const { page, calls } = await openScene('people');
  await page.getByRole('button', { name: 'Add somebody…' }).click();
  await page.getByRole('button', { name: 'Not the same' }).click();
  await expect(page.getByRole('dialog', { name: 'Not added' })).toContainText('Nothing was changed.');
  await page.getByRole('button', { name: 'Close' }).click();
  expect((await calls()).filter(({ name }) => name === 'addPerson')).toEqual([]);
});

test('a file is dropped on the window', async ({ openScene }) => {
  const { page, calls } = await openScene('people');
  await dropFile(page, '{"endymail":"public-part"}');
  await expect(page.getByRole('dialog', { name: 'Is this Karl Lindqvist?' })).toBeVisible();
  expect(await calls()).toContainEqual({ name: 'readPublicPart', args: ['{"endymail":"public-part"}'] });
});

test('while a file is over the window, it says what dropping it does', async ({ openScene }) => {
  const { page } = await openScene('settings');
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'x'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('Drop the file to add the person who shared it')).toBeVisible();
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
  await expect(page.getByText('Drop the file to add the person who shared it')).toBeHidden();
});

test('a dropped file that is too large or no text never leaves the page', async ({ openScene }) => {
  const { page, calls } = await openScene('people');
  await dropFile(page, 'a'.repeat(65_537));
  await expect(page.getByRole('dialog')).toContainText('It is too large');
  await page.getByRole('button', { name: 'Close' }).click();
  await dropFile(page, [0xff, 0xfe, 0x00]);
  await expect(page.getByRole('dialog')).toContainText('It is not a text file');
  expect((await calls()).filter(({ name }) => name === 'readPublicPart')).toEqual([]);
});

for (const { scene, says, button } of [
  { scene: 'people-key-changed', says: 'You know this person with other keys.', button: 'Show people' },
  { scene: 'people-limit', says: 'No more people can be added', button: 'Show people' },
  { scene: 'people-hostile', says: 'This file claims more than one mailbox', button: 'Choose another file…' },
  { scene: 'people-own', says: 'This is your own mailbox.', button: 'Choose another file…' },
  { scene: 'people-invalid', says: 'This is not a file that somebody shared', button: 'Choose another file…' },
] as const) {
  test(`${scene}: one sentence and one button, by dialogue and by drop`, async ({ openScene }) => {
    const { page } = await openScene(scene);
    await page.getByRole('button', { name: 'Add somebody…' }).click();
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(page.getByRole('alert').getByRole('button', { name: button })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await dropFile(page, '{}');
    await expect(page.getByRole('dialog', { name: 'This file can not be used' })).toContainText(says);
    expect(await findings(page)).toEqual([]);
  });
}

test('somebody is removed after it was said what that means', async ({ openScene }) => {
  const { page, calls } = await openScene('people');
  await page.getByRole('button', { name: /^Jonas Brandt/ }).click();
  await page.getByRole('dialog', { name: 'Jonas Brandt' }).getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Jonas Brandt?' });
  await expect(dialog).toContainText('The next mail to jonas@brandt-bootsbau.example goes as before: unencrypted.');
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('jonas@brandt-bootsbau.example is removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: /^Jonas Brandt/ })).toHaveCount(0);
  expect(await calls()).toContainEqual({ name: 'removePerson', args: ['jonas@brandt-bootsbau.example'] });
});

test('what waits for Thunderbird says so', async ({ openScene }) => {
  const { page } = await openScene('people-waiting');
  await page.getByRole('button', { name: 'Add somebody…' }).click();
  await page.getByRole('button', { name: 'They told me the same: add' }).click();
  await expect(page.getByRole('dialog')).toContainText('Thunderbird is open (profile “default-esr”).');
  await page.getByRole('button', { name: 'I have closed it' }).click();
  await expect(page.getByText(/is added|is encrypted from now on/)).toBeVisible();
});

test('with nobody there, both steps are taught', async ({ openScene }) => {
  const { page } = await openScene('people-none');
  await expect(page.getByRole('button', { name: 'Add somebody…' })).toBeVisible();
  await page.getByRole('button', { name: 'Share your file…' }).click();
  await page
    .getByRole('dialog', { name: 'Which mailbox do you share?' })
    .getByRole('button', { name: /^mira@/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Share' })).toBeVisible();
});

test('one among five thousand is found from the keyboard, and the list draws what is seen only', async ({
  openScene,
}) => {
  const { page } = await openScene('people-many');
  const rows = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeFocused();
  await page.keyboard.type('person-4321@');
  await expect(rows).toHaveCount(1);
  await expect(page.getByText('1 person found')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
});

test('a search without a hit says so', async ({ openScene }) => {
  const { page } = await openScene('people');
  await page.getByRole('searchbox').fill('zzz');
  await expect(page.getByText('Nobody found for “zzz”.')).toBeVisible();
});
