/**
 * Loaded by a real Electron before the app: puts a test in the place of the person at the desktop, with the functions
 * of host/desktop-control.ts. What the system itself would show (dialogs, notifications, another program) is recorded
 * and not shown.
 */
const electron = require('electron');

const records = [];
const record = (entry) => void records.push(entry);
const answers = new Map();
const notifications = new Set();
const trays = new Map();

const replace = (object, name, how) => {
  const own = object[name];
  object[name] = function (...values) {
    return how.call(this, own.bind(this), ...values);
  };
};

const DISMISSED = {
  showOpenDialog: () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: () => ({ canceled: true, filePath: '' }),
  showMessageBox: ({ cancelId, defaultId }) => ({ response: cancelId ?? defaultId ?? 0, checkboxChecked: false }),
};
for (const [method, dismissed] of Object.entries(DISMISSED)) {
  electron.dialog[method] = async (...given) => {
    const options = given.at(-1);
    record({ kind: 'dialog', method, options });
    return answers.get(method) ?? dismissed(options);
  };
}
electron.dialog.showErrorBox = (title, content) => {
  record({ kind: 'dialog', method: 'showErrorBox', options: { title, content } });
};
electron.shell.openExternal = async (url) => record({ kind: 'open-external', url });
electron.shell.showItemInFolder = (path) => record({ kind: 'show-item', path });
electron.clipboard.writeText = (text) => record({ kind: 'clipboard', text });
replace(electron.app, 'setBadgeCount', (own, count = 0) => {
  record({ kind: 'badge', count });
  return own(count);
});
electron.app.setLoginItemSettings = (settings) => record({ kind: 'login-item', settings });
electron.app.setAsDefaultProtocolClient = (scheme) => {
  record({ kind: 'protocol-client', scheme });
  return true;
};

electron.Notification.prototype.show = function () {
  record({ kind: 'notification', title: this.title, body: this.body });
  notifications.add(this);
  this.emit('show', {});
};

const trayOf = (tray) => trays.get(tray) ?? trays.set(tray, { toolTip: '', menu: null }).get(tray);
const noteTray = ({ toolTip, menu }) => {
  const labels = (menu?.items ?? []).filter(({ visible }) => visible).map(({ label }) => label);
  record({ kind: 'tray', toolTip, menu: labels });
};
replace(electron.Tray.prototype, 'setContextMenu', function (own, menu) {
  trayOf(this).menu = menu;
  noteTray(trayOf(this));
  own(menu);
});
replace(electron.Tray.prototype, 'setToolTip', function (own, toolTip) {
  trayOf(this).toolTip = toolTip;
  noteTray(trayOf(this));
  own(toolTip);
});
replace(electron.Tray.prototype, 'destroy', function (own) {
  trays.delete(this);
  own();
});

const click = (items, [label, ...rest]) => {
  const item = items.find((entry) => entry.label === label && entry.visible);
  if (item === undefined) throw new Error(`No entry "${label}" among ${items.map((entry) => entry.label).join(', ')}.`);
  if (!item.enabled) throw new Error(`The entry "${label}" can not be clicked.`);
  if (rest.length === 0) item.click();
  else click(item.submenu?.items ?? [], rest);
};
const theTray = () => {
  const [tray] = trays;
  if (tray === undefined) throw new Error('There is no tray icon.');
  return tray;
};

Object.defineProperty(globalThis, Symbol.for('endymail.desktop'), {
  value: {
    records: () => [...records],
    clickMenu: (labels) => click(electron.Menu.getApplicationMenu()?.items ?? [], labels),
    clickTray: (labels) => click(theTray()[1].menu?.items ?? [], labels),
    clickTrayIcon: () => theTray()[0].emit('click', {}),
    clickNotification: (title) => {
      const notification = [...notifications].find((shown) => shown.title === title);
      if (notification === undefined) throw new Error(`No notification "${title}" is shown.`);
      notifications.delete(notification);
      notification.emit('click', {});
    },
    answerDialog: (method, answer) => answers.set(method, answer),
  },
});
