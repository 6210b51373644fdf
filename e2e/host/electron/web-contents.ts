import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import * as v from 'valibot';
import { schemeOf, toAppAddress, toPageAddress } from '../addresses.ts';
import type { HostFrame } from '../chromium/frames.ts';
import { PageSession, type PageListener, type PreloadSource } from '../chromium/page-session.ts';
import type { Question, QuestionAnswer } from '../page/dialog.ts';
import { record } from '../records.ts';
import { emitPreventable, knownOptions, notOffered, StrictEmitter } from '../strict.ts';
import { complain } from './host.ts';
import { callHandler } from './ipc-main.ts';
import { pressMenuKey } from './menu.ts';
import { allowAtOnce, allowAfterAsking } from './permissions.ts';
import { schemeNames } from './protocol.ts';

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'render-process-gone',
  'did-finish-load',
];

/** What the app's handler of new windows answers; the host opens none. */
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' };

/** Of a window, what its contents are run with. */
export interface ContentsOptions {
  readonly preload: string | null;
  readonly javascript: boolean;
  readonly nodeIntegrationInSubFrames: boolean;
  readonly additionalArguments: readonly string[];
  readonly placed: PageListener['placed'];
  readonly theme: (dark: boolean) => void;
  readonly setZoom: (factor: number) => void;
}

const PdfOptions = v.object({ pageSize: v.literal('A4'), printBackground: v.literal(false) });

let count = 0;

/** Electron's `webContents` of a window. */
export class HostWebContents extends StrictEmitter {
  readonly id = ++count;
  private readonly options: ContentsOptions;
  private readonly opened = Promise.withResolvers<{ readonly page: Page; readonly session: PageSession }>();
  private page: Page | null = null;
  private session: PageSession | null = null;
  private openHandler: OpenHandler = () => ({ action: 'allow' });
  /** The address that the app itself has sent the page to, until it is there. */
  private sentTo: string | null = null;
  private zoom = 1;
  private sending: Promise<void> = Promise.resolve();
  private isGone = false;

  constructor(options: ContentsOptions) {
    super('webContents', EVENTS);
    this.options = options;
  }

  /** The host's own: takes over a page that shows nothing yet. */
  async adopt(page: Page): Promise<void> {
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('load', () => this.emit('did-finish-load'));
    const session = await PageSession.connect(page, this.preloadSource(), this.listener());
    if (!this.options.javascript) await session.runNothing();
    this.page = page;
    this.session = session;
    this.opened.resolve({ page, session });
  }

  /** The host's own: the page has gone, or never came. */
  abandon(): void {
    this.isGone = true;
  }

  /** The host's own: the page wants to go somewhere. Whether it may. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && url === this.sentTo) return true;
    if (emitPreventable(this, 'will-frame-navigate', { url, isMainFrame })) return false;
    return !isMainFrame || !emitPreventable(this, 'will-navigate', { url, isMainFrame }, url);
  }

  /** The host's own: resolves when the page has loaded. */
  async goTo(url: string): Promise<void> {
    const { page, session } = await this.opened.promise;
    const isFirst = page.url() === 'about:blank' || page.url().startsWith('data:');
    session.expectDocument();
    this.sentTo = url;
    const hasLoaded = page.waitForEvent('load', { timeout: 0 }).then(
      () => true,
      () => false,
    );
    try {
      await allowAtOnce(page, this, toPageAddress(url, schemeNames));
      await page.goto(toPageAddress(url, schemeNames), { waitUntil: 'load' });
      if (isFirst) await session.forgetHistory();
    } catch (error) {
      // A window that is closed once its page has loaded has been where it was sent, as in Electron.
      if (!page.isClosed() || !(await hasLoaded)) throw error;
    } finally {
      this.sentTo = null;
    }
  }

  /** The host's own: asks the person in the page. */
  async ask(question: Question): Promise<QuestionAnswer> {
    const { session } = await this.opened.promise;
    return session.ask(question);
  }

  get mainFrame(): HostFrame {
    if (this.session === null) throw notOffered('webContents.mainFrame before a page was loaded');
    return this.session.main;
  }

  send(channel: string, ...values: unknown[]): void {
    this.sending = this.sending
      .then(async () => {
        const { session } = await this.opened.promise;
        await session.send(channel, values);
      })
      .catch((error: unknown) => {
        if (!this.isGone) complain(`sending on ${channel}`, error);
      });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  async printToPDF(options: object = {}): Promise<Buffer> {
    const { pageSize } = v.parse(PdfOptions, knownOptions('printToPDF', options, ['pageSize', 'printBackground']));
    const { page } = await this.opened.promise;
    return page.pdf({ format: pageSize });
  }

  /** There is no printer: the person is taken to have left the dialogue. */
  print(options: object, onEnd: (success: boolean, failureReason: string) => void): void {
    record({ kind: 'print', options });
    setImmediate(onEnd, false, 'Print job canceled');
  }

  getURL(): string {
    const url = toAppAddress(this.page?.url() ?? '');
    return url === 'about:blank' ? '' : url;
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor;
    this.options.setZoom(factor);
  }

  getZoomFactor(): number {
    return this.zoom;
  }

  reload(): void {
    const again = this.goTo(this.getURL());
    again.catch((error: unknown) => {
      if (!this.isGone) complain('reload', error);
    });
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  private preloadSource(): PreloadSource | null {
    const { preload, nodeIntegrationInSubFrames, additionalArguments } = this.options;
    if (preload === null) return null;
    const argv = [process.execPath, ...additionalArguments];
    return { code: readFileSync(preload, 'utf8'), inSubFrames: nodeIntegrationInSubFrames, argv };
  }

  private listener(): PageListener {
    return {
      invoke: (senderFrame, channel, values) => callHandler(channel, { sender: this, senderFrame }, values),
      permission: async (frame, name) =>
        this.page !== null && frame !== null && (await allowAfterAsking(this.page, this, name, frame)),
      placed: (inner, outer) => {
        this.options.placed(inner, outer);
      },
      theme: (dark) => {
        this.options.theme(dark);
      },
      key: pressMenuKey,
      opensWindow: (url) => {
        const address = toAppAddress(url);
        record({ kind: 'window-open', url: address });
        if (this.openHandler({ url: address }).action !== 'deny') {
          complain('a new window', notOffered('windows that a page opens: the handler must say deny'));
        }
      },
      requestsNavigation: (url) => {
        // What Chromium asks for over http comes to the host as a request; the rest is known here alone.
        if (['http', 'https', 'about', 'javascript', 'blob'].includes(schemeOf(url))) return;
        if (this.mayNavigate(url, true)) complain(url, notOffered('navigation to this scheme'));
      },
    };
  }
}
