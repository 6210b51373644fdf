import { expect, test } from './scenes.ts';

test('an account is made on a service, and its recovery words come next', async ({ openScene }) => {
  const { page, calls } = await openScene('account-create');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('Choose a name.')).toBeVisible();
  await expect(page.getByText('Type the address of the service.')).toBeVisible();
  expect(await calls()).toEqual([]);
  await page.getByLabel('Account name').fill('mira');
  await page.getByLabel('Address of the mesh service').fill('mesh.example.org');
  await expect(page.getByRole('status')).toHaveText('The account will be called mira@mesh.example.org.');
  await page.keyboard.press('Enter');
  await expect
    .poll(calls)
    .toContainEqual({ name: 'accountCreate', args: [{ name: 'mira@mesh.example.org', where: 'service' }] });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write down your recovery words');
});

test('an account on this computer needs no address', async ({ openScene }) => {
  const { page, calls } = await openScene('account-create');
  await page.getByRole('radio', { name: /On this computer/ }).check();
  await expect(page.getByLabel('Address of the mesh service')).toBeHidden();
  await page.getByLabel('Account name').fill('mira');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect.poll(calls).toContainEqual({ name: 'accountCreate', args: [{ name: 'mira', where: 'here' }] });
});

const AT_FIELDS = [
  ['account-create-taken', 'Account name', /This name is taken\./],
  ['account-create-offline', 'Address of the mesh service', /can not be reached/],
] as const;

for (const [name, field, says] of AT_FIELDS) {
  test(`${name}: said at the field`, async ({ openScene }) => {
    const { page } = await openScene(name);
    await page.getByLabel('Account name').fill('mira');
    await page.getByLabel('Address of the mesh service').fill('mesh.example.org');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await expect(page.getByLabel(field)).toHaveAccessibleDescription(says);
    await page.getByLabel(field).fill('other');
    await expect(page.getByLabel(field)).not.toHaveAccessibleDescription(says);
  });
}

test('the words are shown when they are asked for, and gone from the screen when the paper is proved', async ({
  openScene,
}) => {
  const { page, calls } = await openScene('account-words');
  await expect(page.getByText(/the account is gone with this computer/)).toBeVisible();
  await expect(page.getByText('harbour')).toBeHidden();
  expect(await calls()).toEqual([]);
  await page.getByRole('button', { name: 'Show the words' }).click();
  const words = page.getByRole('list', { name: 'Your recovery words, in their order' }).getByRole('listitem');
  await expect(words).toHaveCount(24);
  const shown = (await words.allInnerTexts()).map((text) => text.replace(/\W|\d/g, ''));
  await page.getByRole('button', { name: 'Save as PDF…' }).click();
  await expect(page.getByText(/Saved as Recovery words\.pdf\./)).toBeVisible();

  await page.getByRole('button', { name: 'I have written them down' }).click();
  await expect(page.locator('body')).not.toContainText('harbour');
  const fields = page.getByRole('textbox');
  await expect(fields).toHaveCount(3);
  const labels = await page.locator('.field__label').allInnerTexts();
  const positions = labels.map((label) => Number(label.replace('Word ', '')));
  expect(positions).toEqual(positions.toSorted((first, second) => first - second));

  for (const position of positions) await page.getByLabel(`Word ${position}`, { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('alert')).toContainText('One of these words is not the one that was shown.');
  for (const position of positions) {
    await page.getByLabel(`Word ${position}`, { exact: true }).fill(` ${shown[position - 1]?.toUpperCase() ?? ''} `);
  }
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your paper is right');
  await expect.poll(calls).toContainEqual({
    name: 'accountConfirmWords',
    args: [positions.map((at) => ({ position: at, word: shown[at - 1] }))],
  });
});

test('words that were confirmed are not offered again', async ({ openScene }) => {
  const { page } = await openScene('account-words-gone');
  await expect(page.getByRole('button', { name: 'Show the words' })).toBeHidden();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible();
});

test('the account stands at the bottom of the side, with how sharing stands', async ({ openScene }) => {
  const { page, calls } = await openScene('account');
  const place = page.getByRole('button', { name: /^mira@mesh\.example\.org Shared as of/ });
  await expect(place).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect.poll(calls).toContainEqual({ name: 'syncNow', args: [] });
  await page.getByText('Details', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(async () => JSON.stringify(await calls())).toContain('kzqf x2bt');
});

test('offline is said with since when, and what waits', async ({ openScene }) => {
  const { page } = await openScene('account-offline');
  await expect(page.getByText(/^Offline since/).first()).toBeVisible();
  await expect(
    page.getByText(/3 changes wait to be sent\. 2 entries that had no right to be there were left out\./),
  ).toBeVisible();
});

test('changes that no other device has confirmed are taken over when the person says so', async ({ openScene }) => {
  const { page, calls } = await openScene('account-unconfirmed');
  await page.getByRole('button', { name: 'Take them over' }).click();
  await expect.poll(calls).toContainEqual({ name: 'syncAnyway', args: [] });
});

test('a service that nobody vouches for is said to be so, with its key under Details', async ({ openScene }) => {
  const { page } = await openScene('account-first-use');
  await expect(page.getByText(/Nobody vouches for this service/)).toBeVisible();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByText('7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1')).toBeVisible();
});

test('without an account its place leads to both ways to one', async ({ openScene }) => {
  const { page } = await openScene('account-none');
  await page.getByRole('button', { name: 'Join…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join your account');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Set up…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Use Endymail on your other devices too');
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible();
});

const STANDINGS = [
  ['account-removed', 'Forget this account here', 'Everything is in order'],
  ['account-copied', 'Join again…', 'Join your account'],
] as const;

for (const [name, button, next] of STANDINGS) {
  test(`${name}: says what it means, with one way on`, async ({ openScene }) => {
    const { page, calls } = await openScene(name);
    await page.getByRole('button', { name: button }).click();
    await expect.poll(calls).toContainEqual({ name: 'leaveAccount', args: [] });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(next);
  });
}

test('the words bring the account back, and every device is removed that is not ticked', async ({ openScene }) => {
  const { page, calls } = await openScene('recover');
  await page.getByRole('button', { name: 'Look for the account' }).click();
  await expect(page.getByText('Type the words from your paper.')).toBeVisible();
  await page.getByLabel('Account name').fill('mira@mesh.example.org');
  const words = page.getByLabel('Recovery words');
  await words.fill('harbour violin');
  await expect(page.getByText('These are 2 words; there must be 24.')).toBeVisible();
  await words.fill(Array.from({ length: 24 }, () => 'wrong').join(' '));
  await page.getByRole('button', { name: 'Look for the account' }).click();
  await expect(words).toHaveAttribute('aria-invalid', 'true');
  await words.fill(
    'Harbour violin maple circle frost ladder pigeon quiet\nsaddle tunnel umbrella velvet window yellow zebra anchor\nbamboo candle dragon engine fabric garden helmet island',
  );
  const mark = page.getByLabel('As of, if it is on your paper');
  await mark.fill('99-00000000');
  await page.getByRole('button', { name: 'Look for the account' }).click();
  await expect(mark).toHaveAttribute('aria-invalid', 'true');
  await mark.fill('12-3f2a91c4');
  await page.getByRole('button', { name: 'Look for the account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is your account');
  await expect(page.getByText(/It was last changed on/)).toBeVisible();
  expect((await calls()).map(({ name }) => name)).not.toContain('recover');
  await page.getByRole('checkbox', { name: /Keep mira-thinkpad/ }).check();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is back');
  const recovered = (await calls()).find(({ name }) => name === 'recover');
  expect(recovered?.args).toMatchObject([
    { name: 'mira@mesh.example.org', mark: '12-3f2a91c4' },
    [(2).toString(16).padStart(64, '0')],
  ]);
});

test('a backup of a device of an account says that this computer joins anew, and leads there', async ({
  openScene,
}) => {
  const { page } = await openScene('restore-account');
  await page.getByLabel('Passphrase of the backup').fill('four words of chance');
  await page.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(page.getByText(/one of the devices of mira@mesh\.example\.org/)).toBeVisible();
  await page.getByRole('button', { name: 'Join…' }).click();
  await expect(page.getByLabel('Account name')).toHaveValue('mira@mesh.example.org');
});

test('recovery words that are not written down are one press away from home', async ({ openScene }) => {
  const { page } = await openScene('account-home-reminder');
  await page.getByRole('button', { name: 'Write down…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write down your recovery words');
});

test('an account on this computer is reached by other devices only when the person says so', async ({ openScene }) => {
  const { page, calls } = await openScene('account-here-alone');
  const box = page.getByRole('checkbox', { name: 'Let my other devices reach this account' });
  await expect(box).not.toBeChecked();
  await box.click();
  await expect.poll(calls).toContainEqual({ name: 'accountReachable', args: [true] });
  await expect(page.getByText(/On them the account is called mira@192\.0\.2\.7:4433/)).toBeVisible();
  await expect(box).toBeChecked();
});

test('another key of the service is taken only after it was shown beside the known one', async ({ openScene }) => {
  const { page, calls } = await openScene('account-key-changed');
  await page.getByRole('button', { name: 'Compare…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is this the key of the service?' });
  await expect(dialog.getByRole('figure', { name: 'Known until now' })).toContainText('7f3a');
  await expect(dialog.getByRole('figure', { name: 'Shown now' })).toContainText('a0c2');
  expect((await calls()).map(({ name }) => name)).toEqual(['serviceCertificate']);
  await dialog.getByRole('button', { name: 'It is the same, take it' }).click();
  await expect
    .poll(calls)
    .toContainEqual({ name: 'trustCertificate', args: ['a0c2 77de 4b19 03fe 61c8 95aa e2d7 1f40'] });
  await expect(page.getByRole('button', { name: 'Compare…' })).toBeHidden();
});
