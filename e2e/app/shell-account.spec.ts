import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { ask, listen } from './shell-bridge.ts';

const SECRET = `${'A'.repeat(86)}.${'B'.repeat(22)}`;
const LINK = `mesh:alice@mesh.example.test#${SECRET}`;

test('[SEC-58] [SEC-135] an invitation that the system opens is named, not obeyed, and its secret stays with the shell', async ({
  launchApp,
}) => {
  const app = await launchApp({ args: [LINK] });
  const page = await app.firstWindow();
  await expect(page.getByText('alice@mesh.example.test').first()).toBeVisible();
  const snapshot = await ask(page, 'snapshot');
  expect(snapshot).toMatchObject({ value: { invitedTo: { name: 'alice@mesh.example.test' }, joining: null } });
  expect(JSON.stringify(snapshot)).not.toContain('AAAA');
  expect(await page.content()).not.toContain('AAAA');
  expect(app.output()).not.toContain('AAAA');
  expect(await app.evaluate(() => process.argv.join(' '))).not.toContain('AAAA');
  if (process.platform === 'linux') {
    const { pid } = app.process();
    expect(readFileSync(`/proc/${pid ?? 0}/cmdline`, 'utf8')).not.toContain('AAAA');
  }
  expect(await ask(page, 'forgetLink')).toEqual({ ok: true, value: undefined });
  expect(await ask(page, 'snapshot')).toMatchObject({ value: { invitedTo: null } });
  expect(await ask(page, 'joinByLink')).toMatchObject({ error: { code: 'invitation-invalid' } });
});

test('[SEC-57] what the contract does not allow of account and devices is refused', async ({ launchApp }) => {
  const page = await (await launchApp()).firstWindow();
  const refused = { ok: false, error: { code: 'call-malformed' } };
  expect(await ask(page, 'accountCreate', { name: 'a@b.test', where: 'elsewhere' })).toMatchObject(refused);
  expect(await ask(page, 'accountConfirmWords', [{ position: 1, word: 'a' }])).toMatchObject(refused);
  expect(await ask(page, 'approve', '../x', '123456', { mayApprove: true })).toMatchObject(refused);
  expect(await ask(page, 'approve', 'a'.repeat(64), '123456', {})).toMatchObject(refused);
  expect(await ask(page, 'removeDevice', 'a'.repeat(64))).toMatchObject(refused);
  expect(await ask(page, 'accountWords')).toMatchObject({ ok: false });
  const heard = await listen(page);
  expect(await ask(page, 'saveWords')).toEqual({ ok: true, value: null });
  expect(await heard()).toEqual([]);
});
