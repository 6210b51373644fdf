import type { BrowserWindow, BrowserWindowConstructorOptions, Display, NativeTheme } from 'electron';
import type { ScreenLink } from '@endymail/shared/ipc';
import { hardenContents, SAFE_WEB_PREFERENCES } from './hardening.ts';
import { PAGE_URL } from './page-protocol.ts';
import type { SettingsFile, WindowBounds } from './shell-settings.ts';
import { TEXTS } from './texts.ts';

const SIZE_PX = Object.freeze({ width: 960, height: 640, minWidth: 480, minHeight: 420 });

/** So much of a remembered window must be seen on a display, in pixels each way, that a person can take hold of it. */
const SEEN_MIN_PX = 80;

/** The page's own colours (renderer/styles/tokens.css, --surface-window), so that nothing flashes before it paints. */
const BACKGROUND = Object.freeze({ light: '#ffffff', dark: '#1a1e1f' });

export interface WindowParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly preload: string;
  readonly icon: string;
  readonly displays: () => readonly Pick<Display, 'workArea'>[];
  readonly theme: Pick<NativeTheme, 'shouldUseDarkColors' | 'on'>;
  readonly settings: SettingsFile;
  /** Whether the window is to be hidden instead of closed. */
  readonly staysOpen: () => boolean;
  readonly onHidden: () => void;
  /** The page has failed and was loaded anew once already. Resolves true: once more. */
  readonly onFailedTwice: () => Promise<boolean>;
  readonly sendLink: (window: BrowserWindow, link: ScreenLink) => void;
}

/** The one window of the app. */
export interface AppWindow {
  /** Opens it, or brings it to the front; and leads to a screen. */
  readonly show: (link?: ScreenLink) => void;
  /** The windows that there are now. */
  readonly open: () => readonly BrowserWindow[];
  /** The page has asked for what it shows: from now on it hears where to lead. */
  readonly isListening: (window: BrowserWindow) => void;
  /** Whether a person has it before them. */
  readonly isSeen: () => boolean;
}

export function appWindow(parts: WindowParts): AppWindow {
  let window: BrowserWindow | null = null;
  let isListening = false;
  let pending: ScreenLink | null = null;

  const background = (): string => (parts.theme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light);
  parts.theme.on('updated', () => window?.setBackgroundColor(background()));

  function make(): BrowserWindow {
    const { bounds, isMaximized } = parts.settings.get();
    const made = parts.create({
      ...SIZE_PX,
      ...boundsOnDisplays(bounds, parts.displays()),
      show: false,
      title: TEXTS.appName,
      icon: parts.icon,
      backgroundColor: background(),
      webPreferences: { ...SAFE_WEB_PREFERENCES, preload: parts.preload },
    });
    hardenContents(made.webContents);
    made.once('ready-to-show', () => {
      if (isMaximized) made.maximize();
      made.show();
    });
    for (const event of ['resize', 'move'] as const)
      made.on(event as 'resize', () => {
        remember(made);
      });
    made.on('close', (event) => {
      remember(made);
      if (!parts.staysOpen()) return;
      event.preventDefault();
      made.hide();
      parts.onHidden();
    });
    made.on('closed', () => {
      window = null;
      isListening = false;
    });
    followFailures(made);
    void made.loadURL(PAGE_URL);
    return made;
  }

  function followFailures(made: BrowserWindow): void {
    let hasFailed = false;
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      isListening = false;
      if (reason === 'clean-exit' || made.isDestroyed()) return;
      if (!hasFailed) {
        hasFailed = true;
        made.webContents.reload();
        return;
      }
      void parts.onFailedTwice().then((again) => {
        if (again && !made.isDestroyed()) made.webContents.reload();
      });
    });
  }

  function remember(from: BrowserWindow): void {
    if (from.isDestroyed() || from.isMinimized()) return;
    parts.settings.change({ bounds: from.getNormalBounds(), isMaximized: from.isMaximized() });
  }

  return {
    show(link) {
      pending = link ?? pending;
      if (window === null) {
        window = make();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (isListening && link) {
        pending = null;
        parts.sendLink(window, link);
      }
    },

    open: () => (window === null || window.isDestroyed() ? [] : [window]),

    isListening(which) {
      isListening = true;
      if (pending) parts.sendLink(which, pending);
      pending = null;
    },

    isSeen: () => window !== null && !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
  };
}

/** The remembered bounds where a display shows enough of them, cut to what the window may be; else nothing. */
export function boundsOnDisplays(
  bounds: WindowBounds | null,
  displays: readonly Pick<Display, 'workArea'>[],
): WindowBounds | Record<string, never> {
  if (bounds === null) return {};
  const width = Math.max(bounds.width, SIZE_PX.minWidth);
  const height = Math.max(bounds.height, SIZE_PX.minHeight);
  const isSeen = displays.some(({ workArea }) => {
    const seenX = Math.min(bounds.x + width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const seenY = Math.min(bounds.y + height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    // The title bar, which is at the top, is what it is moved by.
    return seenX >= SEEN_MIN_PX && seenY >= SEEN_MIN_PX && bounds.y >= workArea.y;
  });
  return isSeen ? { x: bounds.x, y: bounds.y, width, height } : {};
}
