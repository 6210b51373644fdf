import type { ChildProcess } from 'node:child_process';
import type * as Electron from 'electron';
import type { BrowserContext, Page } from 'playwright';
import { electronProgram } from '../../app/start/electron-runtime.mjs';
import { upToDateWindow } from '../../app/build/window.mjs';
import type { DialogMethod, DesktopRecord } from '../host/records.ts';
import { launchElectron } from './electron-application.ts';
import { launchHost } from './host-application.ts';

/** What Electron's main process imports; on the host, as much of it as the host offers. */
export type ElectronModule = typeof Electron;

/** A running app, on either runtime. */
export interface Application {
  readonly runtime: 'electron' | 'host';
  /** Runs a function in the main process. It is sent as text: nothing around it is there, only `value`. */
  evaluate<R, V>(work: (electron: ElectronModule, value: V) => R | Promise<R>, value: V): Promise<R>;
  evaluate<R>(work: (electron: ElectronModule) => R | Promise<R>): Promise<R>;
  /** The first window, when it shows a page of the app. */
  firstWindow(): Promise<Page>;
  windows(): readonly Page[];
  /** The next window that is opened, when it shows a page of the app. */
  waitForEvent(event: 'window'): Promise<Page>;
  /** The address of a page as the app knows it, e.g. "app://endymail/index.html". */
  addressOf(page: Page): string;
  context(): BrowserContext;
  process(): ChildProcess;
  /** Everything that the main process and what it started have printed. */
  output(): string;
  /** Waits until the main process has ended by itself; its exit code. */
  waitForExit(): Promise<number | null>;
  /** Quits the app, as the end of the person's session does, and waits for it. */
  close(): Promise<void>;

  /** What the app did to the desktop so far. */
  records(): Promise<readonly DesktopRecord[]>;
  clickMenu(...labels: readonly string[]): Promise<void>;
  clickTray(...labels: readonly string[]): Promise<void>;
  clickTrayIcon(): Promise<void>;
  clickNotification(title: string): Promise<void>;
  /** What the next dialogs of this kind answer; they are not shown. */
  answerDialog(method: Exclude<DialogMethod, 'showErrorBox'>, answer: object): Promise<void>;
}

export interface LaunchOptions {
  /** The folder with the app's package.json; the window of the sources as they are, unless given. */
  readonly appFolder?: string;
  readonly args?: readonly string[];
  /** `host`: what is tested is the host itself. */
  readonly runtime?: 'host';
  /** All of the environment: the one of a test home, with what else the app shall find in it. */
  readonly env: Readonly<Record<string, string>>;
}

/** What an app is started with, on either runtime. */
export type StartOptions = Required<Omit<LaunchOptions, 'runtime'>>;

/** Starts the app on Electron where its runtime is, else on the host. */
export async function launch(options: LaunchOptions): Promise<Application> {
  const started: StartOptions = {
    appFolder: options.appFolder ?? (await upToDateWindow()),
    args: options.args ?? [],
    env: options.env,
  };
  return options.runtime !== 'host' && usesElectron() ? launchElectron(started) : launchHost(started);
}

/** `ENDYMAIL_E2E_RUNTIME` chooses, and fails where what it names is not there. */
function usesElectron(): boolean {
  const chosen = process.env['ENDYMAIL_E2E_RUNTIME'];
  return chosen === undefined ? electronProgram() !== null : chosen === 'electron';
}
