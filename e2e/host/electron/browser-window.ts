import type { CDPSession, Page } from 'playwright';
import type { PageSize } from '../chromium/page-session.ts';
import type { Question, QuestionAnswer } from '../page/dialog.ts';
import { emitPreventable, knownOptions, strict, StrictEmitter } from '../strict.ts';
import { app } from './app.ts';
import { openPage, type OpenedPage } from './browsers.ts';
import { complain, hostSettings } from './host.ts';
import { nativeTheme } from './native-theme.ts';
import { ownPages } from './requests.ts';
import { HostWebContents } from './web-contents.ts';
import { windowList, type ListedWindow } from './window-list.ts';
import { readOptions, type Bounds, type WindowOptions } from './window-options.ts';

const EVENTS = [
  'close',
  'closed',
  'resize',
  'move',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'restore',
  'maximize',
  'unmaximize',
];

const windows = new Map<HostWindow, Page | null>();

/** Electron's `BrowserWindow`. */
class HostWindow extends StrictEmitter implements ListedWindow {
  readonly webContents: HostWebContents;
  private readonly options: WindowOptions;
  private readonly opened: Promise<OpenedPage | null>;
  private bounds: Bounds;
  private isShown: boolean;
  private isSmall = false;
  private isLarge = false;
  private isGone = false;
  private hasLoaded = false;

  static getAllWindows(): readonly HostWindow[] {
    return [...windows.keys()];
  }

  static fromWebContents(contents: HostWebContents): HostWindow | null {
    return HostWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static pageOf(window: HostWindow): Page | null {
    return windows.get(window) ?? null;
  }

  constructor(options: object = {}) {
    super('BrowserWindow', EVENTS);
    this.options = readOptions(options);
    this.bounds = this.options.bounds;
    this.isShown = this.options.show;
    this.webContents = new HostWebContents({
      ...this.options.webPreferences,
      placed: (inner, outer) => {
        if (hostSettings().visible) this.placedByPerson(outer);
        else this.resizedByTest(inner);
      },
      theme: (dark) => {
        nativeTheme.systemIsDark(dark);
      },
      setZoom: (factor) => {
        this.later('zoom', (page) => this.showZoom(page, factor));
      },
    });
    windows.set(this, null);
    windowList.add(this);
    this.opened = this.open();
  }

  async loadURL(url: string): Promise<void> {
    if ((await this.opened) === null) throw new Error(`ERR_FAILED (-2) loading '${url}'`);
    await this.webContents.goTo(url);
    if (this.hasLoaded || this.isGone) return;
    this.hasLoaded = true;
    this.emit('ready-to-show');
  }

  show(): void {
    this.isShown = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.isShown = false;
    this.inWindow('hide', { windowState: 'minimized' });
    this.emit('hide');
  }

  focus(): void {
    if (hostSettings().visible) this.later('focus', (page) => page.bringToFront());
    this.emit('focus');
  }

  isVisible(): boolean {
    return this.isShown && !this.isGone;
  }

  minimize(): void {
    this.isSmall = true;
    this.inWindow('minimize', { windowState: 'minimized' });
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.isSmall;
  }

  restore(): void {
    this.isSmall = false;
    this.inWindow('restore', { windowState: 'normal' });
    this.emit('restore');
  }

  maximize(): void {
    this.isLarge = true;
    this.inWindow('maximize', { windowState: 'maximized' });
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.isLarge;
  }

  getNormalBounds(): Bounds {
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    const before = this.bounds;
    this.bounds = { ...before, ...knownOptions('setBounds', bounds, ['x', 'y', 'width', 'height']) };
    const { x: left, y: top, width, height } = this.bounds;
    if (hostSettings().visible) this.inWindow('setBounds', { left, top, width, height });
    else this.later('setBounds', (page) => page.setViewportSize({ width, height }));
    if (left !== before.x || top !== before.y) this.emit('move');
    if (width !== before.width || height !== before.height) this.emit('resize');
  }

  setBackgroundColor(): void {
    // It is seen only until the page has painted.
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  close(): void {
    if (!this.isGone && !emitPreventable(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.webContents.abandon();
    windows.delete(this);
    this.emit('closed');
    windowList.remove(this);
    void this.opened
      .then((opened) => opened?.close())
      .catch((error: unknown) => {
        complain('closing a window', error);
      });
  }

  /** The host's own. */
  showScheme(scheme: 'light' | 'dark' | null): void {
    this.later('colour scheme', (page) => page.emulateMedia({ colorScheme: scheme }));
  }

  /** The host's own. */
  ask(question: Question): Promise<QuestionAnswer> {
    return this.webContents.ask(question);
  }

  private async open(): Promise<OpenedPage | null> {
    try {
      const shape = { ...this.bounds, hasPlace: this.options.hasPlace, background: this.options.background };
      const opened = await openPage(app.getPath('userData'), shape);
      if (!this.isGone) windows.set(this, opened.page);
      opened.page.on('close', () => {
        this.closedByPerson();
      });
      await opened.page.emulateMedia({ colorScheme: nativeTheme.scheme() });
      await this.webContents.adopt(opened.page);
      return opened;
    } catch (error) {
      if (!this.isGone) complain('a window', error);
      this.destroy();
      return null;
    }
  }

  /** A window of Chromium that was closed can not be kept, whatever the app says to `close`. */
  private closedByPerson(): void {
    if (this.isGone) return;
    emitPreventable(this, 'close');
    this.destroy();
  }

  private placedByPerson(place: Bounds): void {
    if (this.isLarge || this.isSmall) return;
    const before = this.bounds;
    this.bounds = place;
    if (place.x !== before.x || place.y !== before.y) this.emit('move');
    if (place.width !== before.width || place.height !== before.height) this.emit('resize');
  }

  private resizedByTest({ width, height }: PageSize): void {
    const zoom = this.webContents.getZoomFactor();
    const isAsKnown = [width * zoom - this.bounds.width, height * zoom - this.bounds.height].every(
      (difference) => Math.abs(difference) <= zoom,
    );
    if (isAsKnown) return;
    this.bounds = { ...this.bounds, width: Math.round(width * zoom), height: Math.round(height * zoom) };
    this.emit('resize');
  }

  private async showZoom(page: Page, factor: number): Promise<void> {
    if (!hostSettings().visible) {
      // A page at 200 % has half the room.
      const { width, height } = this.bounds;
      await page.setViewportSize({ width: Math.round(width / factor), height: Math.round(height / factor) });
      return;
    }
    await page.evaluate(`document.documentElement.style.zoom = ${factor}`);
  }

  /** Does something with the real window of a visible host; there is nothing to do without one. */
  private inWindow(what: string, bounds: Parameters<typeof setWindowBounds>[2]): void {
    if (!hostSettings().visible) return;
    this.later(what, async (page) => {
      const session = await page.context().newCDPSession(page);
      await setWindowBounds(session, await windowIdOf(session), bounds).finally(() => session.detach());
    });
  }

  private later(what: string, work: (page: Page) => Promise<unknown>): void {
    void this.opened
      .then(async (opened) => {
        if (opened !== null && !this.isGone) await work(opened.page);
      })
      .catch((error: unknown) => {
        if (!this.isGone) complain(what, error);
      });
  }
}

async function windowIdOf(session: CDPSession): Promise<number> {
  return (await session.send('Browser.getWindowForTarget')).windowId;
}

async function setWindowBounds(
  session: CDPSession,
  windowId: number,
  bounds: {
    readonly windowState?: 'normal' | 'minimized' | 'maximized';
    readonly left?: number;
    readonly top?: number;
    readonly width?: number;
    readonly height?: number;
  },
): Promise<void> {
  await session.send('Browser.setWindowBounds', { windowId, bounds });
}

const windowOf = (page: Page): HostWindow | undefined =>
  HostWindow.getAllWindows().find((window) => HostWindow.pageOf(window) === page);

ownPages({
  isOwn: (page) => windowOf(page) !== undefined,
  mayNavigate: (page, url, isMainFrame) => windowOf(page)?.webContents.mayNavigate(url, isMainFrame) ?? false,
});

export const BrowserWindow = strict('BrowserWindow', HostWindow);
