/* global Response */
/** An app that uses what the host offers, and nothing of Endymail: the host is proved with it. */
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu, protocol, session, Tray, nativeImage } from 'electron';

const PAGE = `<!doctype html><html lang="en"><title>Host test</title><h1>Ready</h1>
<a href="https://elsewhere.example/">away</a> <a href="https://elsewhere.example/new" target="_blank">new</a>`;
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'";

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);

/** What happened, for the tests to read. */
globalThis.events = [];
const note = (...what) => globalThis.events.push(what);

function openWindow(options = {}) {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    show: false,
    ...options,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      ...options.webPreferences,
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
}
globalThis.openWindow = openWindow;

if (app.requestSingleInstanceLock({ from: 'first' })) {
  app.on('second-instance', (_event, argv, folder, data) => note('second-instance', argv.slice(2), data));
  app.on('before-quit', () => note('before-quit'));
  await Promise.resolve();
  app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
      note('permission', permission);
      answer(false);
    });
    session.defaultSession.setPermissionCheckHandler(() => false);
    protocol.handle('app', (request) => {
      note('request', request.url);
      return request.url === 'app://test/index.html'
        ? new Response(PAGE, { headers: { 'content-type': 'text/html', 'content-security-policy': CSP } })
        : new Response('', { status: 404 });
    });
    ipcMain.handle('echo', (_event, ...values) => values);
    ipcMain.handle('who-am-i', ({ sender, senderFrame }) => ({
      url: senderFrame.url,
      origin: senderFrame.origin,
      parent: senderFrame.parent?.url ?? null,
      isMainFrame: senderFrame === sender.mainFrame,
    }));
    ipcMain.handle('fail', () => {
      throw new TypeError('not so');
    });
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'File',
          submenu: [
            { label: 'New', click: () => note('menu') },
            { role: 'quit', label: 'Quit' },
          ],
        },
      ]),
    );
    const tray = new Tray(nativeImage.createEmpty());
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open', click: () => note('tray') }]));
    openWindow();
  });
} else {
  app.quit();
}
