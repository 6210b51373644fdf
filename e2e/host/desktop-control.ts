import { dialogAnswers } from './electron/dialog.ts';
import { shownNotifications } from './electron/desktop.ts';
import { Menu, shownTrays, type HostMenuItem } from './electron/menu.ts';
import { recorded, type DialogMethod } from './records.ts';

/** A person at the desktop, as far as a test needs one. `e2e/app` installs the same in a real Electron. */
export interface DesktopControl {
  records(): readonly unknown[];
  /** Clicks an entry of the application's menu, by the labels on the way to it. */
  clickMenu(labels: readonly string[]): void;
  clickTray(labels: readonly string[]): void;
  clickTrayIcon(): void;
  /** Clicks the notification with this title. */
  clickNotification(title: string): void;
  /** What the next dialogs of this kind answer. */
  answerDialog(method: DialogMethod, answer: object): void;
}

/** Under this the tests find it in the main process. */
const DESKTOP = Symbol.for('endymail.desktop');

export function installDesktopControl(): void {
  const control: DesktopControl = {
    records: recorded,
    clickMenu: (labels) => {
      click(Menu.getApplicationMenu()?.items ?? [], labels);
    },
    clickTray: (labels) => {
      click(theTray().menu?.items ?? [], labels);
    },
    clickTrayIcon: () => theTray().emit('click', {}),
    clickNotification: (title) => {
      const notification = [...shownNotifications].find((shown) => shown.title === title);
      if (notification === undefined) throw new Error(`No notification "${title}" is shown.`);
      shownNotifications.delete(notification);
      notification.emit('click', {});
    },
    answerDialog: (method, answer) => {
      dialogAnswers.set(method, answer);
    },
  };
  Object.defineProperty(globalThis, DESKTOP, { value: control });
}

function theTray() {
  const [tray] = shownTrays;
  if (tray === undefined) throw new Error('There is no tray icon.');
  return tray;
}

function click(items: readonly HostMenuItem[], [label, ...rest]: readonly string[]): void {
  const item = items.find((entry) => entry.label === label && entry.visible);
  if (item === undefined)
    throw new Error(`No entry "${label ?? ''}" among ${items.map((entry) => entry.label).join(', ')}.`);
  if (!item.enabled) throw new Error(`The entry "${item.label}" can not be clicked.`);
  if (rest.length === 0) item.click();
  else click(item.submenu?.items ?? [], rest);
}
