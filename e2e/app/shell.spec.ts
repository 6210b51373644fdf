import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { upToDateWindow } from '../../app/build/window.mjs';
import { createThunderbirdProfile } from '../harness/thunderbird-profile.ts';
import { processesOf } from '../harness/processes.ts';
import type { TestHome } from '../harness/test-home.ts';
import { expect, test } from './fixtures.ts';
import { ask, listen, withTrayHost } from './shell-bridge.ts';

const ALICE = 'alice@example.test';
const HOST = fileURLToPath(new URL('../host/run.ts', import.meta.url));

function alicesProfile(home: TestHome, address = ALICE): void {
  createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address, name: 'Alice' }] });
}

/** The agent's processes of this home. */
const agentsOf = (home: TestHome): readonly number[] => processesOf(`--home=${home.endymailFolder}`);

test('a window shows the mailboxes that the agent finds in a process of its own', async ({ home, launchApp }) => {
  alicesProfile(home);
  const app = await launchApp();
  const page = await app.firstWindow();
  expect(app.addressOf(page)).toBe('app://endymail/index.html');
  await expect(page.getByText(ALICE).first()).toBeVisible();
  expect(await ask(page, 'snapshot')).toMatchObject({
    ok: true,
    value: { agent: { state: 'ready' }, mailboxes: { rows: [{ address: ALICE, state: 'off' }] } },
  });
});

test('what changes on the disk is told to the page, slice by slice, and once', async ({ home, launchApp }) => {
  alicesProfile(home);
  const page = await (await launchApp()).firstWindow();
  await expect(page.getByText(ALICE).first()).toBeVisible();
  const heard = await listen(page);
  alicesProfile(home, 'new@example.test');
  expect(await ask(page, 'lookAgain')).toEqual({ ok: true, value: undefined });
  await expect(page.getByText('new@example.test').first()).toBeVisible();
  const changes = (await heard()).filter(([event]) => event === 'changed').map(([, payload]) => payload);
  expect(changes).toContainEqual({ mailboxes: expect.objectContaining({ problems: [] }) as unknown });
  for (const change of changes) expect(change).not.toHaveProperty('people');
});

test('an agent that is killed is started anew, and the window goes on', async ({ home, launchApp }) => {
  alicesProfile(home);
  const page = await (await launchApp()).firstWindow();
  await expect(page.getByText(ALICE).first()).toBeVisible();
  const [first = 0, ...others] = agentsOf(home);
  expect(others).toEqual([]);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => agentsOf(home).filter((pid) => pid !== first).length).toBe(1);
  expect(await ask(page, 'plan', [ALICE], {})).toMatchObject({ ok: true });
  expect(await ask(page, 'snapshot')).toMatchObject({ value: { agent: { state: 'ready' } } });
});

test('an agent that dies again and again is said to be gone, until it is tried again', async ({ home, launchApp }) => {
  alicesProfile(home);
  const page = await (await launchApp()).firstWindow();
  await expect(page.getByText(ALICE).first()).toBeVisible();
  const isGone = async (): Promise<boolean> => {
    for (const pid of agentsOf(home)) process.kill(pid, 'SIGKILL');
    const snapshot = JSON.stringify(await ask(page, 'snapshot'));
    return snapshot.includes('"state":"closed"') && snapshot.includes('"code":"agent-gone"');
  };
  await expect.poll(isGone, { timeout: 45_000 }).toBe(true);
  expect(await ask(page, 'lookAgain')).toMatchObject({ ok: true });
  expect(await ask(page, 'unlock', { passphrase: null })).toMatchObject({ ok: true });
  await expect(page.getByText(ALICE).first()).toBeVisible();
});

test('quitting ends the agent', async ({ home, launchApp }) => {
  const app = await launchApp();
  const page = await app.firstWindow();
  await expect.poll(() => agentsOf(home).length).toBe(1);
  void ask(page, 'quit').catch(() => undefined);
  expect(await app.waitForExit()).toBe(0);
  expect(agentsOf(home)).toEqual([]);
});

test('quitting leaves an agent that somebody else has started', async ({ home, launchApp }) => {
  alicesProfile(home);
  const first = await launchApp();
  const page = await first.firstWindow();
  await expect(page.getByText(ALICE).first()).toBeVisible();
  const agents = agentsOf(home);
  const second = await launchApp({ args: [`--user-data-dir=${join(home.scratchFolder, 'second-window')}`] });
  const guest = await second.firstWindow();
  await expect(guest.getByText(ALICE).first()).toBeVisible();
  void ask(guest, 'quit').catch(() => undefined);
  expect(await second.waitForExit()).toBe(0);
  expect(agentsOf(home)).toEqual(agents);
  expect(agents).toHaveLength(1);
  expect(await ask(page, 'plan', [ALICE], {})).toMatchObject({ ok: true });
});

test('a page that has crashed is loaded anew once; after that the person is asked', async ({ home, launchApp }) => {
  alicesProfile(home);
  const app = await launchApp();
  const page = await app.firstWindow();
  await expect(page.getByText(ALICE).first()).toBeVisible();
  /** What the runtime says of a page whose process has gone. */
  const crash = () =>
    app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
  const asked = async () => (await app.records()).filter(({ kind }) => kind === 'dialog');
  /** Once it is there again, it shows what it showed. */
  const crashAndComeBack = async () => {
    const loaded = page.waitForEvent('load');
    await crash();
    await loaded;
    await expect(page.getByText(ALICE).first()).toBeVisible();
  };

  await crashAndComeBack();
  expect(await asked()).toEqual([]);

  await app.answerDialog('showMessageBox', { response: 0, checkboxChecked: false });
  await crashAndComeBack();
  expect(await asked()).toMatchObject([{ options: { message: 'The window of Endymail has failed twice' } }]);

  await app.answerDialog('showMessageBox', { response: 1, checkboxChecked: false });
  // The answer may come no more.
  await crash().catch(() => undefined);
  expect(await app.waitForExit()).toBe(0);
  expect(agentsOf(home)).toEqual([]);
});

test('closing the window quits where nobody chose that Endymail stays', async ({ home, launchApp }) => {
  const app = await launchApp();
  await app.firstWindow();
  await expect.poll(() => agentsOf(home).length).toBe(1);
  await app.clickMenu('&File', '&Close window');
  expect(await app.waitForExit()).toBe(0);
  expect(agentsOf(home)).toEqual([]);
});

test.describe('where Endymail stays', () => {
  const COMMAND = ['/usr/bin/true', '/a path/with "quotes", $dollar and 100%'];
  const entryOf = (home: TestHome): string => join(home.folder, '.config', 'autostart', 'endymail.desktop');
  const envOf = (home: TestHome) => ({ ...withTrayHost(home), ENDYMAIL_START_COMMAND: JSON.stringify(COMMAND) });

  test('a closed window goes on in the tray, says so once, and comes back from there', async ({ home, launchApp }) => {
    const app = await launchApp({ env: envOf(home) });
    const page = await app.firstWindow();
    expect(await ask(page, 'changeSettings', { openAtLogin: true })).toMatchObject({ ok: true });
    const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
    const said = async () => (await app.records()).filter(({ kind }) => kind === 'notification').length;
    await expect.poll(async () => (await app.records()).some(({ kind }) => kind === 'tray')).toBe(true);

    await app.clickMenu('&File', '&Close window');
    await expect.poll(isVisible).toBe(false);
    expect(await said()).toBe(1);
    await app.clickTrayIcon();
    await expect.poll(isVisible).toBe(true);
    await app.clickMenu('&File', '&Close window');
    await expect.poll(isVisible).toBe(false);
    expect(await said()).toBe(1);
    expect(agentsOf(home)).toHaveLength(1);

    await app.clickTray('Quit Endymail');
    expect(await app.waitForExit()).toBe(0);
    expect(agentsOf(home)).toEqual([]);
  });

  test('it is started with the computer by an entry that goes again', async ({ home, launchApp }) => {
    const app = await launchApp({ env: envOf(home) });
    const page = await app.firstWindow();
    expect(await ask(page, 'snapshot')).toMatchObject({ value: { settings: { openAtLogin: false } } });
    expect(await ask(page, 'changeSettings', { openAtLogin: true })).toMatchObject({ ok: true });
    expect(readFileSync(entryOf(home), 'utf8')).toContain('Type=Application');
    expect(await ask(page, 'snapshot')).toMatchObject({ value: { settings: { openAtLogin: true } } });
    expect(await ask(page, 'changeSettings', { openAtLogin: false })).toMatchObject({ ok: true });
    expect(existsSync(entryOf(home))).toBe(false);
  });

  test('[SEC-67] such a start opens no window, and asks the keychain nothing', async ({ home, launchApp }) => {
    const app = await launchApp({ env: envOf(home), args: ['--hidden'] });
    await expect.poll(() => agentsOf(home).length).toBe(1);
    const [agent = 0] = agentsOf(home);
    expect(app.windows()).toEqual([]);
    expect(readFileSync(`/proc/${agent}/cmdline`, 'utf8').split('\0')).toContain('--quiet');
    await expect.poll(async () => (await app.records()).some(({ kind }) => kind === 'tray')).toBe(true);
    await app.clickTray('Open Endymail');
    const page = await app.firstWindow();
    await expect.poll(() => ask(page, 'snapshot')).toMatchObject({ value: { agent: { state: 'ready' } } });
  });
});

test.describe('a second start', () => {
  /** Starts Endymail once more, on the same home. */
  async function startAgain(home: TestHome, ...args: readonly string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [HOST, await upToDateWindow(), ...args], { env: home.env, stdio: 'ignore' });
    await once(child, 'exit');
    return child;
  }

  test('[SEC-58] shows the window of the first, on the screen of its link, and ends', async ({ home, launchApp }) => {
    const app = await launchApp();
    const page = await app.firstWindow();
    await ask(page, 'snapshot');
    const heard = await listen(page);
    for (const link of ['endymail:settings', 'endymail:remove-everything', 'mesh:approve/123456']) {
      expect((await startAgain(home, link)).exitCode).toBe(0);
    }
    await expect
      .poll(async () => (await heard()).filter(([event]) => event === 'open'))
      .toEqual([
        ['open', { screen: 'settings' }],
        ['open', { screen: 'home' }],
      ]);
    expect(app.windows()).toHaveLength(1);
    expect(agentsOf(home)).toHaveLength(1);
  });

  test('opens its own window on another home', async ({ home, launchApp }) => {
    const other = join(home.scratchFolder, 'another home');
    const first = await launchApp();
    const second = await launchApp({ args: ['--home', other] });
    await Promise.all([first.firstWindow(), second.firstWindow()]);
    await expect.poll(() => [agentsOf(home).length, processesOf(`--home=${other}`).length]).toEqual([1, 1]);
  });
});

test('the window comes back as it was left', async ({ launchApp }) => {
  const bounds = { x: 40, y: 50, width: 700, height: 500 };
  const first = await launchApp();
  await first.firstWindow();
  await first.evaluate(({ BrowserWindow }, given) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(given);
  }, bounds);
  await first.close();
  const second = await launchApp();
  await second.firstWindow();
  expect(await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())).toEqual(
    bounds,
  );
});
