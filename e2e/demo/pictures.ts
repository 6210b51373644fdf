import type { Display, Thunderbird } from '../harness/index.ts';

/** A window has painted what it knows when nothing in it changed for this long. */
const STILL_MS = 400;

/** A picture of the compose window as it stands there. */
export async function pictureCompose(thunderbird: Thunderbird, display: Display, file: string): Promise<void> {
  await thunderbird.run(fill('msgcompose'));
  await take(display, file);
}

/** A picture of the compose window with the menu open that says what it will do. */
export async function pictureComposeMenu(thunderbird: Thunderbird, display: Display, file: string): Promise<void> {
  await thunderbird.run(OPEN_COMPOSE_MENU);
  await take(display, file);
  await thunderbird.run(CLOSE_COMPOSE_MENU);
}

/** A picture of the main window with the message that is open in it, and what Thunderbird says of its security. */
export async function pictureReader(thunderbird: Thunderbird, display: Display, file: string): Promise<void> {
  await thunderbird.run(fill('mail:3pane'));
  await thunderbird.run(OPEN_SECURITY_PANEL);
  await take(display, file);
  await thunderbird.run(CLOSE_SECURITY_PANEL);
}

async function take(display: Display, file: string): Promise<void> {
  await display.waitUntilStill('root', STILL_MS);
  await display.takePicture(file);
}

/** There is no window manager that would do it. */
const fill = (windowType: 'msgcompose' | 'mail:3pane'): string => `
  const window = Services.wm.getMostRecentWindow('${windowType}');
  window.moveTo(0, 0);
  window.resizeTo(window.screen.width, window.screen.height);`;

const shown = (element: string): string => `
  await new Promise(resolve => {
    if (${element}.state === 'open') resolve();
    else ${element}.addEventListener('popupshown', resolve, { once: true });
  });`;

const COMPOSE_MENU = `
  const { document } = Services.wm.getMostRecentWindow('msgcompose');
  const menu = document.getElementById('encryptionToolbarMenu');`;

const OPEN_COMPOSE_MENU = `${COMPOSE_MENU}
  menu.openPopup(document.getElementById('button-encryption-options'), 'after_start');${shown('menu')}`;

const CLOSE_COMPOSE_MENU = `${COMPOSE_MENU}
  menu.hidePopup();`;

const SECURITY_PANEL = `
  const main = Services.wm.getMostRecentWindow('mail:3pane');
  const pane = main.document.getElementById('tabmail').currentAbout3Pane;
  const reader = pane.document.getElementById('messageBrowser').contentWindow;
  const panel = reader.document.getElementById('messageSecurityPanel');`;

const OPEN_SECURITY_PANEL = `${SECURITY_PANEL}
  reader.showMessageReadSecurityInfo();${shown('panel')}`;

const CLOSE_SECURITY_PANEL = `${SECURITY_PANEL}
  panel.hidePopup();`;
