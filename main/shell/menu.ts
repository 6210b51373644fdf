import type { MenuItemConstructorOptions } from 'electron';
import { TEXTS } from './texts.ts';

export interface MenuActions {
  readonly quit: () => void;
  readonly close: () => void;
  readonly showHelp: () => void;
  readonly lookAgain: () => void;
  readonly zoom: (change: (factor: number) => number) => void;
}

/** How large the page can be made, and how small. */
const ZOOM_MIN = 0.5;
const ZOOM_MAX = 2;
const ZOOM_STEP = 0.1;

const zoomTo = (factor: number): number =>
  Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, Math.round(factor / ZOOM_STEP) * ZOOM_STEP));

/** The menu of the application. A page is not loaded anew by a key: it has nothing that this would mend. */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const words = TEXTS.menu;
  const quit: MenuItemConstructorOptions = {
    id: 'quit',
    label: words.quit,
    accelerator: 'CmdOrCtrl+Q',
    click: actions.quit,
  };
  const close: MenuItemConstructorOptions = {
    id: 'close',
    label: words.close,
    accelerator: 'CmdOrCtrl+W',
    click: actions.close,
  };
  const isMac = platform === 'darwin';
  return [
    ...(isMac
      ? [{ label: TEXTS.appName, submenu: [{ role: 'hide' as const }, { role: 'hideOthers' as const }, quit] }]
      : []),
    { label: words.file, submenu: isMac ? [close] : [close, { type: 'separator' }, quit] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: words.view, submenu: zoomItems(actions) },
    {
      label: words.help,
      role: 'help',
      submenu: [{ id: 'help', label: words.whatYouSee, accelerator: 'F1', click: actions.showHelp }],
    },
  ];
}

function zoomItems({ zoom, lookAgain }: MenuActions): MenuItemConstructorOptions[] {
  const words = TEXTS.menu;
  const zoomIn = (): void => {
    zoom((factor) => zoomTo(factor + ZOOM_STEP));
  };
  return [
    { id: 'look-again', label: words.lookAgain, accelerator: 'F5', click: lookAgain },
    { type: 'separator' },
    { id: 'zoom-in', label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: zoomIn },
    // The key of the plus sign without Shift, where that is another key.
    { id: 'zoom-in-also', label: words.zoomIn, accelerator: 'CmdOrCtrl+=', visible: false, click: zoomIn },
    {
      id: 'zoom-out',
      label: words.zoomOut,
      accelerator: 'CmdOrCtrl+-',
      click: () => {
        zoom((factor) => zoomTo(factor - ZOOM_STEP));
      },
    },
    {
      id: 'zoom-reset',
      label: words.zoomReset,
      accelerator: 'CmdOrCtrl+0',
      click: () => {
        zoom(() => 1);
      },
    },
  ];
}
