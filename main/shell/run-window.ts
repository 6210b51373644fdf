import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { env, platform } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { app, protocol } from 'electron';
import { defaultHomeFolder } from '../agent/client.ts';
import { composeApp } from './compose-app.ts';
import { desktopOf } from './desktop.ts';
import { LINK_SCHEMES } from './deep-link.ts';
import { autostartFile, systemLoginItem, type LoginItem, type StartCommand } from './login-item.ts';
import { PAGE_PRIVILEGES } from './page-protocol.ts';
import { APP_ID, homeDigest, startCommand, windowFolder } from './places.ts';
import { parseSecondStart, type SecondStart } from './second-start.ts';
import { openSettings } from './shell-settings.ts';
import type { WindowStart } from './start-options.ts';
import { TEXTS } from './texts.ts';

/** Runs the window app on one home, or hands over to the one that does. `bundle`: the folder of this program's files. */
export async function runWindow(start: WindowStart, bundle: string): Promise<void> {
  const defaultHome = resolve(defaultHomeFolder({ platform, homeDir: homedir(), env, now: () => new Date() }));
  const home = start.home === null ? defaultHome : resolve(start.home);
  if (!start.hasOwnUserData) app.setPath('userData', windowFolder(app.getPath('appData'), home));
  const userData = app.getPath('userData');
  protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES]);
  app.setAppUserModelId(APP_ID);

  const mine: SecondStart = { link: start.link, isHidden: start.isHidden };
  if (!app.requestSingleInstanceLock(mine)) {
    app.quit();
    return;
  }
  const wishes = listenForWishes(start);
  if (start.link !== null) forgetLinkOfStart(start.link);

  await app.whenReady();
  const desktop = desktopOf(platform, pause);
  const isDefaultHome = home === defaultHome;
  const command = startCommand({ isPackaged: app.isPackaged, program: process.execPath, env, home, isDefaultHome });
  const loginItem = command === null ? null : loginItemOf(command, home, isDefaultHome);
  const [settings, openAtLogin] = await Promise.all([
    openSettings(join(userData, 'window.json')),
    loginItem === null ? null : loginItem.isSet(),
  ]);
  // A checkout is no installed program: it takes no links away from one that is.
  if (app.isPackaged) for (const scheme of LINK_SCHEMES) app.setAsDefaultProtocolClient(scheme);
  const endymail = composeApp({
    bundle,
    home,
    settings,
    loginItem,
    openAtLogin,
    desktop,
    pause,
    mayPrompt: !start.isHidden || (await desktop.isKeychainOpen()),
  });
  wishes.fulfil((link) => {
    if (link === null) endymail.show();
    else endymail.openLink(link);
  });
}

/** A link may be a secret: it does not stay where every process of this computer may read how this one was started. */
function forgetLinkOfStart(link: string): void {
  process.argv = process.argv.filter((argument) => argument !== link);
  // Where the system keeps the arguments of a process, its title takes their place.
  process.title = TEXTS.appName;
}

/** A pause of the app does not keep its process. */
async function pause(ms: number): Promise<void> {
  await delay(ms, undefined, { ref: false });
}

/** What is asked for from outside: also before there is a window that it could be shown in. */
function listenForWishes(start: WindowStart) {
  let wish: { link: string | null } | null = start.isHidden ? null : { link: start.link };
  let show = (link: string | null): void => {
    wish = { link };
  };
  app.on('second-instance', (_event, _argv, _folder, told) => {
    const { link, isHidden } = parseSecondStart(told);
    if (!isHidden) show(link);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show(url);
  });
  app.on('activate', () => {
    show(null);
  });
  return {
    fulfil(how: (link: string | null) => void): void {
      show = how;
      if (wish) how(wish.link);
    },
  };
}

function loginItemOf(command: StartCommand, home: string, isDefaultHome: boolean): LoginItem {
  if (platform !== 'linux') return systemLoginItem(app, command);
  const name = isDefaultHome ? 'endymail' : `endymail-${homeDigest(home)}`;
  return autostartFile(env, homedir(), name, command);
}
