import { argv } from 'node:process';
import { app, BrowserWindow, protocol } from 'electron';
import { SAFE_WEB_PREFERENCES } from '../../../main/shell/hardening.ts';
import { PAGE_ORIGIN, PAGE_PRIVILEGES, PAGE_SCHEME, servePage } from '../../../main/shell/page-protocol.ts';

/**
 * The least that an app with a window can be: the same window, scheme and headers as Endymail's, and a page from a
 * folder. No preload, no agent, nothing of the shell.
 */
const [folder = '.', path = 'index.html'] = argv.slice(2);

protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES]);
// Not awaited: the app is ready only after this file has been run to its end.
void app.whenReady().then(() => {
  protocol.handle(PAGE_SCHEME, servePage(folder));
  const window = new BrowserWindow({ width: 960, height: 640, show: false, webPreferences: SAFE_WEB_PREFERENCES });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${PAGE_ORIGIN}/${path}`);
});
app.on('window-all-closed', () => {
  app.quit();
});
