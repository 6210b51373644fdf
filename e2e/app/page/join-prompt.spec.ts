import { joinPromptPage } from '../pages/join-prompt-page.ts';
import { pendingDevice } from '../../../renderer/testing/scenes/accounts.ts';
import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

test('six digits and Approve: both devices end on the same picture', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt');
  const prompt = joinPromptPage(page);
  await expect(prompt.question).toContainText('Only from a screen in front of you, never read to you on the phone.');
  await expect(prompt.question).toContainText('It will be able to read the mail of all your mailboxes.');
  await expect(prompt.digits).toBeFocused();
  await expect(prompt.mayApprove).not.toBeChecked();
  await page.keyboard.type('48291');
  await expect(prompt.approve).toBeDisabled();
  await page.keyboard.press('Enter');
  expect(await calls()).toEqual([]);
  await page.keyboard.type('3');
  await prompt.approve.click();
  await expect(prompt.joined).toContainText('MacBook Air');
  await expect(prompt.joined).toContainText('The six digits matched on both devices.');
  await expect(prompt.joined.getByRole('heading')).toBeFocused();
  expect(await calls()).toContainEqual({
    name: 'approve',
    args: [pendingDevice(1).id, '482913', { mayApprove: false }],
  });
  await prompt.done.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await calls()).at(-1)?.name).toBe('dismissAnswer');
});

test('digits are pasted as they are shown, three and three, and Enter approves', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt');
  const prompt = joinPromptPage(page);
  await prompt.digits.fill('482 913 77');
  await expect(prompt.digits).toHaveValue('482913');
  await prompt.mayApprove.check();
  await prompt.digits.press('Enter');
  await expect(prompt.joined).toBeVisible();
  expect((await calls())[0]?.args[2]).toEqual({ mayApprove: true });
});

test('nothing that the device calls itself is shown before the digits matched', async ({ openScene }) => {
  const { page } = await openScene('prompt');
  const { question } = joinPromptPage(page);
  await question.getByText('Details').click();
  await expect(question).toContainText(pendingDevice(1).fingerprint);
  await expect(question).toContainText('Shown when the digits match');
  await expect(page.getByText('MacBook')).toHaveCount(0);
});

test('while the other device is waited for it says so, and nothing can be pressed twice', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt-slow');
  const prompt = joinPromptPage(page);
  await prompt.digits.fill('482913');
  await prompt.digits.press('Enter');
  await expect(prompt.waiting).toBeVisible();
  await prompt.digits.press('Enter');
  await expect(prompt.notMe).toBeDisabled();
  expect((await calls()).map(({ name }) => name)).toEqual(['approve']);
  expect(await findings(page)).toEqual([]);
});

test('wrong digits end the request, and it says that a new one is needed', async ({ openScene }) => {
  const { page } = await openScene('prompt-wrong-digits');
  const prompt = joinPromptPage(page);
  await prompt.digits.fill('111111');
  await prompt.approve.click();
  await expect(prompt.wrongDigits).toContainText('This request has ended, and nothing was shared.');
  await expect(prompt.wrongDigits).toContainText('Ask again on the new device.');
  await expect(prompt.wrongDigits.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await prompt.close.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('It was not me turns the device away, and says so', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt');
  const prompt = joinPromptPage(page);
  await prompt.notMe.click();
  await expect(prompt.turnedAway).toContainText('Nothing was shared with it.');
  expect(await calls()).toEqual([{ name: 'reject', args: [pendingDevice(1).id] }]);
  await prompt.close.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('Esc puts it off: it asks no more by itself, and stays in both lists', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt-more');
  const prompt = joinPromptPage(page);
  await expect(prompt.question).toContainText('2 more ask.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('region', { name: 'Needs attention' }).getByRole('button', { name: 'Look…' }).click();
  await expect(prompt.question).toBeVisible();
  await prompt.later.click();
  await page.getByRole('navigation').getByRole('button', { name: 'Devices' }).click();
  await expect(page.getByRole('region', { name: 'Asking to join' }).getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Look…' }).nth(1).click();
  await prompt.digits.fill('482913');
  await prompt.approve.click();
  await expect(prompt.joined).toBeVisible();
  expect((await calls())[0]?.args[0]).toBe(pendingDevice(2).id);
});

test('one question at a time: the next is shown when the person asks for it, or has read how the first ended', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('prompt-more');
  const prompt = joinPromptPage(page);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await prompt.digits.fill('48');
  await prompt.next.click();
  await expect(prompt.digits).toHaveValue('');
  await prompt.notMe.click();
  await prompt.close.click();
  await expect(prompt.question).toContainText('1 more asks.');
  expect((await calls())[0]).toEqual({ name: 'reject', args: [pendingDevice(2).id] });
});

test('a request that ends while its digits are typed is not replaced by another one', async ({ openScene }) => {
  const { page, calls, change } = await openScene('prompt-more');
  const prompt = joinPromptPage(page);
  await prompt.digits.fill('48291');
  await change({ pending: { devices: [pendingDevice(2), pendingDevice(3)], answered: null } });
  await expect(prompt.ended).toContainText('Nothing was shared from here.');
  expect(await calls()).toEqual([]);
});

test('it takes the keyboard from nobody who types: a line says it, and the text goes on', async ({ openScene }) => {
  const { page, change } = await openScene('people');
  const prompt = joinPromptPage(page);
  await page.getByRole('searchbox').click();
  await page.keyboard.type('in');
  await change({ pending: { devices: [pendingDevice(1)], answered: null } });
  await expect(prompt.line).toContainText('A device asks to join.');
  await page.keyboard.type('es');
  await expect(page.getByRole('searchbox')).toHaveValue('ines');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
  await prompt.look.click();
  await expect(prompt.digits).toBeFocused();
});

test('the place outside of the window leads to the question over the screen that is there', async ({ openScene }) => {
  const { page } = await openScene('prompt-over-people');
  const prompt = joinPromptPage(page);
  await prompt.later.click();
  await page.evaluate((id) => window.fake?.open({ screen: 'join-prompt', id }), pendingDevice(1).id);
  await expect(prompt.question).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'People', includeHidden: true })).toBeAttached();
});

test('second thoughts: the device that has just joined is removed', async ({ openScene }) => {
  const { page, calls } = await openScene('prompt');
  const prompt = joinPromptPage(page);
  await prompt.digits.fill('482913');
  await prompt.approve.click();
  await prompt.remove.click();
  const dialog = page.getByRole('dialog', { name: 'Remove MacBook Air?' });
  await expect(dialog).toContainText('2 mailboxes get new keys.');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'MacBook Air is removed' })).toContainText('It learns nothing new');
  expect((await calls()).find(({ name }) => name === 'removeDevice')?.args[1]).toBeNull();
});
