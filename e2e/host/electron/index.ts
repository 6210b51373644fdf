import { strict } from '../strict.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, nativeImage, Notification, screen, shell } from './desktop.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, Tray } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { utilityProcess } from './utility-process.ts';

/** What `import … from 'electron'` gives the app's main process; a name that is not here does not link. */
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
};

/** The module as one object, of which tests are given what they ask for. */
export const electron = strict<object>('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
});
