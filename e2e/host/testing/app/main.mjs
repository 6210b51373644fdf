/* global Response */
/** An app that uses what the host offers, and nothing of Endymail: the host is proved with it. */
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu, nativeImage, Notification, protocol, session, Tray } from 'electron';

const PAGES = {
  'app://test/index.html': `<!doctype html><html lang="en"><title>Host test</title><h1>Ready</h1>
<a href="https://elsewhere.example/">away</a>
<a href="https://elsewhere.example/new" target="_blank" rel="opener">new</a>
<iframe src="frame.html" title="inner"></iframe>`,
  'app://test/frame.html': '<!doctype html><html lang="en"><title>Frame</title><p>Inside</p>',
};
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; script-src 'self'; frame-src 'self'",
};

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);

/** What happened, for the tests to read. */
globalThis.events = [];
const note = (...what) => globalThis.events.push(what);

globalThis.openWindow = (webPreferences = {}) => {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      ...webPreferences,
    },
  });
  window.once('ready-to-show', () => window.show());
  for (const event of ['close', 'closed', 'resize', 'show']) window.on(event, () => note(event));
  window.webContents.setWindowOpenHandler(({ url }) => {
    note('window-open', url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event, url) => {
    note('will-navigate', url);
    event.preventDefault();
  });
  void window.loadURL('app://test/index.html');
  return window;
};

function becomeReady() {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    note('permission', permission);
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  protocol.handle(
    'app',
    ({ url }) => new Response(PAGES[url] ?? '', { status: url in PAGES ? 200 : 404, headers: HEADERS }),
  );
  ipcMain.handle('echo', (_event, ...values) => values);
  ipcMain.handle('fail', () => {
    throw new TypeError('not so');
  });
  ipcMain.handle('not-cloneable', () => () => undefined);
  ipcMain.handle('who-am-i', ({ sender, senderFrame }) => ({
    url: senderFrame.url,
    origin: senderFrame.origin,
    parent: senderFrame.parent?.url ?? null,
    isMainFrame: senderFrame === sender.mainFrame,
  }));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'File',
        submenu: [
          { label: 'New', accelerator: 'CmdOrCtrl+Plus', click: () => note('menu') },
          { label: 'Quit', role: 'quit' },
        ],
      },
    ]),
  );
  const tray = new Tray(nativeImage.createEmpty());
  tray.on('click', () => note('tray icon'));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open', click: () => note('tray') }]));
  const notification = new Notification({ title: 'Hello', body: 'from the test' });
  notification.on('click', () => note('notification'));
  notification.show();
  globalThis.openWindow();
}

if (process.argv.includes('--print-version')) {
  console.log(app.getVersion());
  app.exit(7);
} else if (app.requestSingleInstanceLock({ from: 'the second' })) {
  app.on('second-instance', (_event, argv, _folder, data) => note('second-instance', argv.slice(2), data));
  app.on('before-quit', () => note('before-quit'));
  void app.whenReady().then(becomeReady);
} else {
  app.quit();
}
