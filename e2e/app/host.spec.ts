import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { runProgram } from '../harness/child.ts';
import { expect, test } from './fixtures.ts';
import type { Application } from './launch.ts';

/** An app that is made to prove the host (host/testing/app). */
const appFolder = fileURLToPath(new URL('../host/testing/app', import.meta.url));
const HOST_TEST = Object.freeze({ appFolder, runtime: 'host' });
const HOST = fileURLToPath(new URL('../host/run.ts', import.meta.url));
const UTILITY = fileURLToPath(new URL('../host/testing/utility.mjs', import.meta.url));

/** Evaluates in the page's own world, with what the preload of that app gives it. */
const inPage = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);

const eventsOf = (app: Application): Promise<unknown> => app.evaluate((): unknown => Reflect.get(globalThis, 'events'));

test.describe('between page and main process', () => {
  test('values cross both ways, errors with their words', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    await expect(page.getByRole('heading')).toHaveText('Ready');
    expect(app.addressOf(page)).toBe('app://test/index.html');
    expect(await inPage(page, 'test.echo(new Uint8Array([1, 2]), new Date(0), undefined, [-0, NaN])')).toEqual([
      Uint8Array.of(1, 2),
      new Date(0),
      undefined,
      [-0, NaN],
    ]);
    const reason = (call: string): Promise<unknown> => inPage(page, `${call}.catch((error) => error.message)`);
    expect(await reason('test.fail()')).toBe("Error invoking remote method 'fail': TypeError: not so");
    expect(await reason('test.unknown()')).toContain("No handler registered for 'unknown'");
    expect(await reason('test.notCloneable()')).toContain('could not be cloned');
    expect(await reason('test.echo(() => 1)')).toContain('could not be cloned');
  });

  test('the bridge gives copies, calls functions where they are from, and passes promises and errors', async ({
    launchApp,
  }) => {
    const page = await (await launchApp(HOST_TEST)).firstWindow();
    expect(
      await inPage(page, 'test.callBack(({ list, twice }) => [Object.isFrozen(list), ...list, twice(4)])'),
    ).toEqual([true, 1, 'two', 8]);
    expect(await inPage(page, 'test.later({ a: 1 })')).toEqual({ a: 1 });
    expect(await inPage(page, '(() => { try { test.throws(); } catch (error) { return error.message; } })()')).toBe(
      'too far',
    );
    expect(await inPage(page, 'Object.isFrozen(test)')).toBe(true);
    expect(await inPage(page, '{ window.test = 1; typeof test }')).toBe('object');
  });

  test('messages arrive in their order until nobody listens any more', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    await inPage(page, 'window.heard = []; window.stop = test.onNews((news) => heard.push(news)); undefined');
    const tell = (...news: readonly unknown[]): Promise<void> =>
      app.evaluate(({ BrowserWindow }, all) => {
        for (const one of all) BrowserWindow.getAllWindows()[0]?.webContents.send('news', one);
      }, news);
    await tell(1, { two: new Map([[1, 2]]) }, 3);
    await expect.poll(() => inPage(page, 'heard.length')).toBe(3);
    expect(await inPage(page, '[heard[0], heard[1].two.get(1), heard[2]]')).toEqual([1, 2, 3]);
    await inPage(page, 'stop()');
    await tell(4);
    expect(await inPage(page, 'test.echo(heard.length)')).toEqual([3]);
  });

  test('the page reaches nothing of Node, of the host, or of the preload', async ({ launchApp }) => {
    const page = await (await launchApp(HOST_TEST)).firstWindow();
    const names = [
      'require',
      'module',
      'process',
      'Buffer',
      'electron',
      'ipcRenderer',
      'contextBridge',
      'endymailHost',
    ];
    expect(await inPage(page, `${JSON.stringify(names)}.filter((name) => name in window)`)).toEqual([]);
    expect(await inPage(page, 'Object.keys(window).filter((name) => /host/i.test(name))')).toEqual([]);
    expect(await inPage(page, 'test.processNames')).toEqual(['platform', 'argv', 'versions']);
  });

  test('a call says which frame it comes from', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    expect(await inPage(page, 'test.whoAmI()')).toEqual({
      url: 'app://test/index.html',
      origin: 'app://test',
      parent: null,
      isMainFrame: true,
    });
    const inner = page.frames()[1];
    expect(await inner?.evaluate('typeof test')).toBe('undefined');

    const opened = app.waitForEvent('window');
    await app.evaluate(() => {
      const open: unknown = Reflect.get(globalThis, 'openWindow');
      if (typeof open === 'function') Reflect.apply(open, undefined, [{ nodeIntegrationInSubFrames: true }]);
    });
    const second = await opened;
    await expect(second.frameLocator('iframe').getByText('Inside')).toBeVisible();
    expect(await second.frames()[1]?.evaluate('test.whoAmI()')).toEqual({
      url: 'app://test/frame.html',
      origin: 'app://test',
      parent: 'app://test/index.html',
      isMainFrame: false,
    });
  });
});

test.describe('what is not offered', () => {
  const reasons: Readonly<Record<string, (app: Application) => Promise<unknown>>> = {
    'app.relaunch': (app) => app.evaluate(({ app: electronApp }) => Reflect.get(electronApp, 'relaunch') as unknown),
    'electron.safeStorage': (app) => app.evaluate((electron) => typeof electron.safeStorage),
    "app.getPath('pepperFlashSystemPlugin')": (app) =>
      app.evaluate(({ app: electronApp }) => {
        const get: unknown = Reflect.get(electronApp, 'getPath');
        if (typeof get === 'function') Reflect.apply(get, electronApp, ['pepperFlashSystemPlugin']);
      }),
    "the event 'browser-window-created' of app": (app) =>
      app.evaluate(({ app: electronApp }) => {
        electronApp.on('browser-window-created', () => undefined);
      }),
    'BrowserWindow: { kiosk }': (app) =>
      app.evaluate(({ BrowserWindow }) => {
        new BrowserWindow({ kiosk: true });
      }),
    webPreferences: (app) =>
      app.evaluate(({ BrowserWindow }) => {
        new BrowserWindow({ webPreferences: { sandbox: false } });
      }),
    'app.foo to be set': (app) =>
      app.evaluate(({ app: electronApp }) => {
        Object.assign(electronApp, { foo: 1 });
      }),
    'a menu item: { sublabel }': (app) =>
      app.evaluate(({ Menu }) => {
        Menu.buildFromTemplate([{ label: 'A', sublabel: 'B' }]);
      }),
  };

  test('is refused by name, in the main process and in the preload', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    for (const [name, work] of Object.entries(reasons)) {
      await expect(work(app), name).rejects.toThrow(`The host does not offer ${name}`);
    }
    expect(await inPage(page, 'test.refusals')).toEqual([
      'The host does not offer ipcRenderer.sendSync.',
      'The host does not offer electron in a preload.webFrame.',
      'module not found: node:fs',
      'The host does not offer process in a preload.env.',
    ]);
  });
});

test.describe('a page that wants to go elsewhere', () => {
  test('is asked about, stays, opens nothing, and its requests do not leave the computer', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    await page.getByRole('link', { name: 'away' }).click();
    await expect.poll(() => eventsOf(app)).toContainEqual(['will-navigate', 'https://elsewhere.example/']);
    await page.getByRole('link', { name: 'new' }).click();
    await expect.poll(() => eventsOf(app)).toContainEqual(['window-open', 'https://elsewhere.example/new']);
    await inPage(page, "{ location.href = 'mailto:somebody@example.test'; undefined }");
    await expect.poll(() => eventsOf(app)).toContainEqual(['will-navigate', 'mailto:somebody@example.test']);
    expect(app.addressOf(page)).toBe('app://test/index.html');
    expect(app.windows()).toHaveLength(1);
    expect(await inPage(page, "fetch('https://elsewhere.example/').then(() => 'went', () => 'refused')")).toBe(
      'refused',
    );
  });

  test('has the permissions that the app gives it, which are asked for', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    const position =
      'new Promise((done) => navigator.geolocation.getCurrentPosition(() => done(0), (e) => done(e.code)))';
    expect(await inPage(page, position)).toBe(1);
    expect(await inPage(page, 'Notification.requestPermission()')).toBe('denied');
    expect(await inPage(page, 'navigator.clipboard.readText().catch((error) => error.name)')).toBe('NotAllowedError');
    expect(await app.records()).toEqual(
      expect.arrayContaining([
        { kind: 'permission', permission: 'geolocation', granted: false },
        { kind: 'permission', permission: 'notifications', granted: false },
        { kind: 'permission', permission: 'clipboard-read', granted: false },
      ]),
    );
  });
});

test.describe('the desktop', () => {
  test('has a person who clicks and answers', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    await app.firstWindow();
    await app.clickMenu('File', 'New');
    await app.clickTray('Open');
    await app.clickTrayIcon();
    await app.clickNotification('Hello');
    expect(await eventsOf(app)).toEqual(expect.arrayContaining([['menu'], ['tray'], ['tray icon'], ['notification']]));
    await expect(app.clickMenu('File', 'Old')).rejects.toThrow('No entry "Old" among New, Quit.');

    const choose = (): Promise<unknown> => app.evaluate(({ dialog }) => dialog.showOpenDialog({ title: 'Which one?' }));
    expect(await choose()).toEqual({ canceled: true, filePaths: [] });
    await app.answerDialog('showOpenDialog', { canceled: false, filePaths: ['/a'] });
    expect(await choose()).toEqual({ canceled: false, filePaths: ['/a'] });
    expect(await app.records()).toContainEqual({
      kind: 'dialog',
      method: 'showOpenDialog',
      options: { title: 'Which one?' },
    });
  });

  test('has the keys of the menu', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    await page.keyboard.press('ControlOrMeta+Shift+Equal');
    await expect.poll(() => eventsOf(app)).toContainEqual(['menu']);
  });

  test('shows the window in the theme, size and zoom that the app gives it', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const page = await app.firstWindow();
    const isDark = "matchMedia('(prefers-color-scheme: dark)').matches";
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect.poll(() => inPage(page, isDark)).toBe(true);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ width: 700, height: 500 });
    });
    await expect.poll(() => inPage(page, '[innerWidth, innerHeight]')).toEqual([700, 500]);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2);
    });
    await expect.poll(() => inPage(page, '[innerWidth, innerHeight]')).toEqual([350, 250]);
    expect(
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
    ).toMatchObject({
      width: 700,
      height: 500,
    });
  });
});

test.describe('the process', () => {
  test('is one for a folder: a second one tells the first and ends', async ({ home, launchApp }) => {
    const app = await launchApp(HOST_TEST);
    await app.firstWindow();
    const second = await runProgram(process.execPath, [HOST, appFolder, 'mesh:a-link'], { env: home.env });
    expect(second.code).toBe(0);
    await expect.poll(() => eventsOf(app)).toContainEqual(['second-instance', ['mesh:a-link'], { from: 'the second' }]);
    await app.close();
    const next = await launchApp(HOST_TEST);
    await expect((await next.firstWindow()).getByRole('heading')).toHaveText('Ready');
  });

  test('ends with its last window, and as the menu says', async ({ launchApp }) => {
    const closed = await launchApp(HOST_TEST);
    await (await closed.firstWindow()).close();
    expect(await closed.waitForExit()).toBe(0);
    const quit = await launchApp(HOST_TEST);
    await quit.firstWindow();
    // The answer may come no more.
    await quit.clickMenu('File', 'Quit').catch(() => undefined);
    expect(await quit.waitForExit()).toBe(0);
  });

  test('starts itself anew as Electron’s program does', async ({ home, launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const command = await app.evaluate(({ app: electronApp }) => [process.execPath, electronApp.getAppPath()]);
    const env = await app.evaluate(() => ({ ...process.env }));
    const [program = '', ...args] = command;
    const run = await runProgram(program, [...args, '--print-version'], {
      env: { ...home.env, NODE_OPTIONS: env['NODE_OPTIONS'] ?? '', ENDYMAIL_HOST_APP: env['ENDYMAIL_HOST_APP'] ?? '' },
    });
    expect([run.code, run.stdout.toString(), run.stderr.toString()]).toEqual([7, '1.2.3\n', '']);
  });

  test('has others without a window, with which it speaks', async ({ launchApp }) => {
    const app = await launchApp(HOST_TEST);
    const heard = await app.evaluate(async ({ utilityProcess }, path) => {
      const child = utilityProcess.fork(path, ['--a'], { serviceName: 'test', stdio: 'pipe' });
      const messages: unknown[] = [];
      const before = child.pid;
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.on('message', (message: unknown) => {
        messages.push(message);
        child.postMessage(messages.length === 1 ? new Map([[1, Uint8Array.of(2)]]) : 'end');
      });
      const code = await new Promise<number>((done) => child.once('exit', done));
      return { messages, code, printed, before, after: child.pid };
    }, UTILITY);
    expect(heard).toEqual({
      messages: [{ type: 'utility', send: 'undefined', argv: ['--a'] }, { heard: new Map([[1, Uint8Array.of(2)]]) }],
      code: 3,
      printed: 'printed by the utility process\n',
      before: undefined,
      after: undefined,
    });
  });
});

test('a page that runs nothing is put on paper, and a printer that is not there is left by the person', async ({
  launchApp,
}) => {
  const app = await launchApp(HOST_TEST);
  await app.firstWindow();
  const printed = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { javascript: false } });
    await window.loadURL('app://test/index.html');
    const file = await window.webContents.printToPDF({ pageSize: 'A4', printBackground: false });
    const why = await new Promise((resolve) => {
      window.webContents.print({ silent: false }, (_success, reason) => {
        resolve(reason);
      });
    });
    window.destroy();
    return [file.subarray(0, 5).toString(), why];
  });
  expect(printed).toEqual(['%PDF-', 'Print job canceled']);
  expect(await app.records()).toContainEqual({ kind: 'print', options: { silent: false } });
});
