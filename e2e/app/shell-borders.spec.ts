import { join } from 'node:path';
import type { Page } from 'playwright';
import { WINDOW_CALLS } from '@endymail/shared/ipc';
import { expect, test } from './fixtures.ts';
import { ask } from './shell-bridge.ts';

/** The page tries something; what it comes to, in words. */
const tries = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);

test('[SEC-52] [SEC-53] the page has the calls of the contract, no Node, and no code but its own', async ({
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.firstWindow();
  expect(await tries(page, 'Object.keys(window.endymail).sort()')).toEqual([...Object.keys(WINDOW_CALLS), 'on'].sort());
  expect(
    await tries(page, '[typeof require, typeof process, typeof module, typeof Buffer, window.isSecureContext]'),
  ).toEqual(['undefined', 'undefined', 'undefined', 'undefined', true]);
  // After a turn: what the tests evaluate by themselves may use `eval` whatever the policy says.
  const refusals = `(async () => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
    await new Promise((resolve) => setTimeout(resolve));
    const attempt = (work) => { try { work(); return 'done'; } catch { return 'refused'; } };
    const inline = document.createElement('style');
    inline.textContent = 'body { color: red }';
    document.head.append(inline);
    const image = new Image();
    image.src = 'https://elsewhere.example/x.png';
    const frame = document.createElement('iframe');
    frame.src = '/index.html';
    document.body.append(frame);
    const html = attempt(() => { document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'; });
    const script = attempt(() => { document.createElement('script').src = 'https://elsewhere.example/x.js'; });
    const evaluated = attempt(() => new Function('return 1')());
    const fetched = await fetch('/index.html').then(() => 'done', () => 'refused');
    return { html, script, evaluated, fetched };
  })()`;
  expect(await tries(page, refusals)).toEqual({
    html: 'refused',
    script: 'refused',
    evaluated: 'refused',
    fetched: 'refused',
  });
  await expect
    .poll(() => tries(page, 'violations'))
    .toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'style-src-elem']));
});

test('[SEC-55] the page goes nowhere, opens nothing, and leaves the window as it is', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.firstWindow();
  const address = app.addressOf(page);
  await tries(page, "window.open('https://elsewhere.example/'); window.open('/index.html'); undefined");
  await tries(page, "location.href = 'https://elsewhere.example/'; undefined");
  await tries(page, "location.href = 'file:///etc/passwd'; undefined");
  await expect.poll(() => ask(page, 'snapshot')).toMatchObject({ ok: true });
  expect(app.addressOf(page)).toBe(address);
  await expect.poll(() => app.windows().length).toBe(1);
  expect((await app.records()).filter(({ kind }) => kind === 'open-external')).toEqual([]);
});

test('[SEC-54] what a page asks Chromium for is refused', async ({ launchApp }) => {
  const page = await (await launchApp()).firstWindow();
  expect(await tries(page, 'Notification.requestPermission().then((answer) => answer)')).toBe('denied');
  const place =
    'new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve(0), ({ code }) => resolve(code)))';
  expect(await tries(page, place)).toBe(1);
});

test('[SEC-56] our own page with our own preload is answered nothing in a window that is not ours', async ({
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.firstWindow();
  const opened = app.waitForEvent('window');
  const preload = join(await app.evaluate(({ app: electronApp }) => electronApp.getAppPath()), 'shell', 'preload.cjs');
  await app.evaluate(async ({ BrowserWindow }, path) => {
    const foreign = new BrowserWindow({ webPreferences: { preload: path, sandbox: true, contextIsolation: true } });
    await foreign.loadURL('app://endymail/index.html');
  }, preload);
  const foreign = await opened;
  expect(app.addressOf(foreign)).toBe(app.addressOf(page));
  for (const call of ['snapshot', 'lookAgain', 'quit']) {
    expect(await ask(foreign, call)).toMatchObject({ ok: false, error: { code: 'call-malformed' } });
  }
  expect(await ask(page, 'snapshot')).toMatchObject({ ok: true });
});

test('[SEC-57] what is no call of the contract is refused in one and the same way', async ({ launchApp }) => {
  const page = await (await launchApp()).firstWindow();
  const refused = { ok: false, error: { code: 'call-malformed' } };
  expect(await ask(page, 'copyText', 7)).toMatchObject(refused);
  expect(await ask(page, 'copyText', 'x'.repeat(2 * 1024 * 1024))).toMatchObject(refused);
  expect(await ask(page, 'quit', 'now')).toMatchObject(refused);
  expect(await ask(page, 'openPage', 'https://elsewhere.example/')).toMatchObject(refused);
  expect(await ask(page, 'snapshot')).toMatchObject({ ok: true });
});

test('[SEC-63] the browser is opened for the page that was named, from the table of the program', async ({
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.firstWindow();
  expect(await ask(page, 'openPage', 'thunderbird-download')).toEqual({ ok: true, value: undefined });
  expect((await app.records()).filter(({ kind }) => kind === 'open-external')).toEqual([
    { kind: 'open-external', url: 'https://www.thunderbird.net/download/' },
  ]);
});
