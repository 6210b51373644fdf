import { strict, emitPreventable, StrictEmitter } from '../strict.ts';
import { record } from '../records.ts';
import { AppPaths } from './app-paths.ts';
import { endBrowsers, removeLeftBrowsers } from './browsers.ts';
import { complain, hostSettings } from './host.ts';
import { SingleInstanceLock } from './single-instance.ts';
import { windowList } from './window-list.ts';

const EVENTS = [
  'ready',
  'second-instance',
  'activate',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'open-url',
];

interface LoginItem {
  readonly openAtLogin?: boolean;
}

/** Electron's `app`. */
class HostApp extends StrictEmitter {
  readonly isPackaged = false;
  /** The dock of a Mac; Electron has it on a Mac alone. */
  readonly dock = undefined;
  readonly commandLine = strict('app.commandLine', {
    /** Chromium has been configured by the host; what the app adds here is for Electron's. */
    appendSwitch: (): void => undefined,
  });
  private readonly paths = new AppPaths();
  private readonly readiness = Promise.withResolvers<undefined>();
  private lock: SingleInstanceLock | null = null;
  private ownName: string | null = null;
  private loginItem: LoginItem = { openAtLogin: false };
  private isQuitting = false;
  private hasEnded = false;

  constructor() {
    super('app', EVENTS);
    windowList.onEmpty(() => {
      this.allWindowsClosed();
    });
  }

  /** The host's own: the app's main module has run. */
  becomeReady(): void {
    this.readiness.resolve(undefined);
    this.emit('ready', {}, {});
  }

  whenReady(): Promise<undefined> {
    return this.readiness.promise;
  }

  getName(): string {
    return this.ownName ?? hostSettings().name;
  }

  setName(name: string): void {
    this.ownName = name;
  }

  getVersion(): string {
    return hostSettings().version;
  }

  getAppPath(): string {
    return hostSettings().appFolder;
  }

  getLocale(): string {
    return new Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getPath(name: string): string {
    return this.paths.get(name, this.getName());
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    this.lock ??= new SingleInstanceLock(this.getPath('userData'));
    const mine = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const isFirst = this.lock.take(mine, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData);
    });
    if (isFirst) removeLeftBrowsers(this.getPath('userData'));
    return isFirst;
  }

  setAppUserModelId(): void {
    // Windows groups its task bar by it; there is nothing to see of it here.
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    record({ kind: 'protocol-client', scheme });
    return true;
  }

  getLoginItemSettings(): LoginItem {
    return this.loginItem;
  }

  setLoginItemSettings(settings: LoginItem): void {
    record({ kind: 'login-item', settings });
    this.loginItem = settings;
  }

  setBadgeCount(count = 0): boolean {
    record({ kind: 'badge', count });
    return true;
  }

  quit(): void {
    if (this.isQuitting || emitPreventable(this, 'before-quit')) return;
    this.isQuitting = true;
    for (const window of windowList.all()) {
      window.close();
      if (!window.isDestroyed()) {
        this.isQuitting = false;
        return;
      }
    }
    if (emitPreventable(this, 'will-quit')) {
      this.isQuitting = false;
      return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.isQuitting = true;
    for (const window of windowList.all()) window.destroy();
    this.emit('quit', {}, code);
    void this.end(code);
  }

  private async end(code: number): Promise<void> {
    await endBrowsers().catch((error: unknown) => {
      complain('Chromium did not end', error);
    });
    this.lock?.release();
    process.exit(code);
  }

  private allWindowsClosed(): void {
    if (this.isQuitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const app = new HostApp();
