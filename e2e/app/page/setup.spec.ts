import { expect, test } from './scenes.ts';

test.describe('choosing mailboxes', () => {
  test('ticks those that can be set up, says why not of the others, and enables none of nothing', async ({
    openScene,
  }) => {
    const { page } = await openScene('choose');
    await expect(page.getByRole('heading', { name: 'Choose your mailboxes', level: 1 })).toBeFocused();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2);
    const work = page.getByRole('checkbox', { name: /m\.halvorsen@nordlys-shipping\.example/ });
    await expect(work).not.toBeChecked();
    await expect(work).toHaveAccessibleDescription('Not ticked: it has an encryption set-up of its own.');
    for (const name of [/mira@/, /treasurer@/]) await page.getByRole('checkbox', { name }).uncheck();
    await expect(page.getByRole('button', { name: 'Enable 0 mailboxes' })).toBeDisabled();
    await expect(page.getByText('Tick at least one mailbox.')).toBeVisible();
  });

  test('goes from the ticks to the plan and back, by the keyboard alone', async ({ openScene }) => {
    const { page } = await openScene('choose');
    const next = page.getByRole('button', { name: 'Enable 2 mailboxes' });
    while (!(await next.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'What will change' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Choose your mailboxes' })).toBeFocused();
  });

  test('draws only what can be seen of 500, and keeps a tick that is scrolled away', async ({ openScene }) => {
    const { page } = await openScene('choose-500');
    expect(await page.getByRole('checkbox').count()).toBeLessThan(60);
    await page.getByRole('checkbox', { name: /mailbox-1@/ }).uncheck();
    await page.getByRole('main').evaluate((main) => {
      main.scrollTo(0, main.scrollHeight);
    });
    await expect(page.getByRole('checkbox', { name: /mailbox-500@/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Enable 499 mailboxes' })).toBeEnabled();
  });

  test('shows that looking again takes a while, and asks for it once, however often it is pressed', async ({
    openScene,
  }) => {
    const { page, calls } = await openScene('choose-slow');
    const again = page.getByRole('button', { name: 'Look again' });
    await again.click();
    await expect(again).toHaveAttribute('aria-busy', 'true');
    await again.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Other folder…' }).click();
    await expect.poll(async () => (await calls()).map(({ name }) => name)).toEqual(['lookAgain', 'addFolder']);
  });
});

test.describe('the plan', () => {
  test('sets up what was ticked, and nothing before that is pressed', async ({ openScene }) => {
    const { page, calls } = await openScene('review');
    await expect(page.getByText('Thunderbird signs and encrypts by itself.')).toBeVisible();
    // Keys that were made stay.
    await expect(page.getByText('Can be undone')).toHaveCount(1);
    expect((await calls()).every(({ name }) => name === 'plan')).toBe(true);
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect(page.getByRole('heading', { name: 'Setting up 2 mailboxes' })).toBeFocused();
    const enabled = (await calls()).filter(({ name }) => name === 'enable');
    expect(enabled.map(({ args }) => args)).toEqual([
      [['mira@halvorsen.example', 'treasurer@rowingclub-lade.example'], {}],
    ]);
  });

  test('touches others only with the consent to it: without, the person presses Encrypt', async ({ openScene }) => {
    const { page, calls } = await openScene('review-consent');
    const box = page.getByRole('group', { name: 'This also touches m.halvorsen@nordlys-shipping.example' });
    await expect(box.getByRole('checkbox')).not.toBeChecked();
    await expect(
      page.getByText('In mira@halvorsen.example you press Encrypt yourself.', { exact: true }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect
      .poll(async () => (await calls()).filter(({ name }) => name === 'enable').map(({ args }) => args))
      .toEqual([
        [['mira@halvorsen.example'], { byHand: true }],
        [['treasurer@rowingclub-lade.example'], {}],
      ]);
  });

  test('says what it does with the consent, and gives it for that profile alone', async ({ openScene }) => {
    const { page, calls } = await openScene('review-consent');
    await page.getByRole('checkbox', { name: 'Change it for m.halvorsen@nordlys-shipping.example too' }).check();
    await expect(page.getByText('In mira@halvorsen.example you press Encrypt yourself.', { exact: true })).toBeHidden();
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect
      .poll(async () => (await calls()).filter(({ name }) => name === 'enable').map(({ args }) => args))
      .toEqual([
        [['mira@halvorsen.example'], { acceptProfileWide: true }],
        [['treasurer@rowingclub-lade.example'], {}],
      ]);
  });

  test('replaces a set-up of one’s own only when that is said', async ({ openScene }) => {
    const { page, calls } = await openScene('review-own');
    await expect(page.getByRole('button', { name: 'Set up 1 mailbox', exact: true })).toBeEnabled();
    await page.getByRole('checkbox', { name: /Replace the S\/MIME set-up/ }).check();
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect
      .poll(async () => (await calls()).filter(({ name }) => name === 'enable').map(({ args }) => args))
      .toEqual([
        [['m.halvorsen@nordlys-shipping.example'], { replaceOwn: true }],
        [['mira@halvorsen.example'], {}],
      ]);
  });

  test('puts back what was changed by hand only when that is chosen', async ({ openScene }) => {
    const { page, calls } = await openScene('review-changed');
    await expect(page.getByRole('radio', { name: 'Leave it as I have it' })).toBeChecked();
    await page.getByRole('radio', { name: 'Put it back as Endymail had it' }).check();
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect
      .poll(async () => (await calls()).filter(({ name }) => name === 'enable').map(({ args }) => args[1]))
      .toEqual([{ changedByHand: 'put-back' }]);
  });

  test('has the exact settings under Details, to be copied', async ({ openScene }) => {
    const { page, calls } = await openScene('review');
    await expect(page.getByText('mail.e2ee.auto_enable').first()).toBeHidden();
    await page.getByText('Details', { exact: true }).click();
    await expect(page.getByText('mail.e2ee.auto_enable').first()).toBeVisible();
    await page.getByRole('button', { name: 'Copy' }).click();
    const copied = (await calls()).find(({ name }) => name === 'copyText');
    expect(copied?.args[0]).toContain('mail.e2ee.auto_enable: false → true, whole profile');
  });

  test('says what failed and tries again', async ({ openScene }) => {
    const { page, calls } = await openScene('review-failed');
    await expect(page.getByRole('alert')).toContainText('A settings file of Thunderbird is damaged');
    const before = (await calls()).length;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await calls()).length).toBeGreaterThan(before);
  });
});

test.describe('the set-up', () => {
  test('says which client must be closed, goes on when told, and can be left to later', async ({ openScene }) => {
    const { page, calls } = await openScene('progress-waiting');
    const box = page.getByRole('group', { name: 'Close Thunderbird to go on' });
    await expect(box).toContainText('“Rowing club”');
    await box.getByRole('button', { name: 'I have closed it' }).click();
    await expect.poll(async () => (await calls()).map(({ name }) => name)).toContain('finishWaiting');
    await box.getByRole('button', { name: 'Later' }).click();
    await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  });

  test('goes on by itself when the shell says so, tells it, and offers to open the client again', async ({
    openScene,
  }) => {
    const { page, change, calls } = await openScene('review');
    await page.getByRole('button', { name: 'Set up 2 mailboxes' }).click();
    await expect(page.getByRole('heading', { name: 'Setting up 2 mailboxes' })).toBeVisible();
    const waiting = await page.evaluate(() => window.fake?.view().mailboxes.rows ?? []);
    const [mira, club] = waiting;
    if (mira === undefined || club === undefined) throw new Error('The scene has two mailboxes.');
    const [place] = club.places;
    if (place === undefined) throw new Error('The mailbox is in a profile.');
    const done = { address: mira.address, step: 'done', failure: null, profileId: null } as const;
    await change({
      job: {
        kind: 'enable',
        isRunning: false,
        mailboxes: [done, { ...done, address: club.address, step: 'waiting', profileId: place.profileId }],
      },
    });
    await expect(page.getByRole('status')).toHaveText('One is ready, one goes on when Thunderbird is closed.');
    await change({ job: { kind: 'reconcile', isRunning: false, mailboxes: [{ ...done, address: club.address }] } });
    await expect(page.getByRole('heading', { name: 'Two mailboxes are set up' })).toBeVisible();
    await page.getByRole('button', { name: 'Open Thunderbird again' }).click();
    await expect
      .poll(async () => (await calls()).find(({ name }) => name === 'openClient')?.args)
      .toEqual([place.profileId]);
  });

  test('says what failed at the mailbox that it failed for', async ({ openScene }) => {
    const { page } = await openScene('progress-failed');
    const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /treasurer/ }) });
    await expect(item.getByRole('alert')).toContainText('primary password');
    await expect(item.getByText('Needs you')).toBeVisible();
  });
});

test.describe('nothing found', () => {
  test('offers to look again, another folder, and Thunderbird where that is what is missing', async ({ openScene }) => {
    const { page, calls } = await openScene('nothing-no-client');
    await expect(page.getByRole('heading', { name: 'No Thunderbird on this computer' })).toBeFocused();
    for (const name of ['Look again', 'Other folder…', 'Get Thunderbird']) {
      await page.getByRole('button', { name }).click();
    }
    await expect
      .poll(async () => (await calls()).map(({ name }) => name))
      .toEqual(['lookAgain', 'addFolder', 'openPage']);
  });

  test('shows the mailboxes as soon as there are some', async ({ openScene }) => {
    const found = await openScene('choose');
    const mailboxes = await found.page.evaluate(() => window.fake?.view().mailboxes);
    if (mailboxes === undefined) throw new Error('The scene has mailboxes.');
    const { page, change } = await openScene('nothing-unused');
    await change({ mailboxes });
    await expect(page.getByRole('heading', { name: 'Choose your mailboxes' })).toBeFocused();
  });
});
